import { hashText } from './hash.ts';

/**
 * How a character sounds to an ear (or an input method) that does not tell z from zh, n from l, an from ang: the slips that
 * southern speakers and voice input make. Two characters share a sound when they may be mistaken for one another.
 */
function fuzzy(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/([aei])ng$/, '$1n');
}

export type SoundOf = (codePoint: number) => number;

/** From the characters of each syllable. A character that nobody reads sounds like itself alone, and so does every other sign. */
export function soundReader(syllables: Readonly<Record<string, string>>): SoundOf {
  const sounds = new Int32Array(END - FIRST);
  const rare = new Map<number, number>();
  for (const [syllable, characters] of Object.entries(syllables)) {
    const sound = hashText(fuzzy(syllable));
    for (const character of characters) {
      const codePoint = character.codePointAt(0)!;
      if (codePoint < END) sounds[codePoint - FIRST] = sound;
      else rare.set(codePoint, sound);
    }
  }
  return (codePoint) => {
    if (!isHan(codePoint)) return codePoint;
    const sound = codePoint < END ? sounds[codePoint - FIRST]! : (rare.get(codePoint) ?? 0);
    return sound !== 0 ? sound : hashText(String.fromCodePoint(codePoint));
  };
}

/** The first plane's characters. */
const FIRST = 0x3400;
const END = 0xa000;

export const isHan = (codePoint: number) =>
  (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
  (codePoint >= 0x3400 && codePoint <= 0x4dbf) ||
  (codePoint >= 0x20000 && codePoint <= 0x323af);
