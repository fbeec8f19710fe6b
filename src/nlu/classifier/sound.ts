import { hashText } from './hash.ts';

/**
 * How a character sounds to an ear (or an input method) that does not tell z from zh, n from l, an from ang: the slips that
 * southern speakers and voice input make. Two characters share a sound when they may be mistaken for one another.
 */
export function fuzzy(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouv])/, 'l')
    .replace(/([aei])ng$/, '$1n');
}

export type SoundOf = (codePoint: number) => number;

/** Remembers each character's sound: the reading of a character is a table, asked thousands of times over. */
export function soundReader(pinyin: (character: string) => string): SoundOf {
  const known = new Map<number, number>();
  return (codePoint) => {
    let sound = known.get(codePoint);
    if (sound === undefined) {
      sound = isHan(codePoint) ? hashText(fuzzy(pinyin(String.fromCodePoint(codePoint)))) : codePoint;
      known.set(codePoint, sound);
    }
    return sound;
  };
}

export const isHan = (codePoint: number) =>
  (codePoint >= 0x4e00 && codePoint <= 0x9fff) ||
  (codePoint >= 0x3400 && codePoint <= 0x4dbf) ||
  (codePoint >= 0x20000 && codePoint <= 0x323af);
