import { phrases, simplified, traditional } from '../data/script.ts';

const from = Array.from(traditional);
const to = Array.from(simplified);
const simplifiedOf = new Map(from.map((character, i) => [character, to[i]!]));
const PHRASE = new RegExp(Object.keys(phrases).join('|'), 'g');

/** Traditional script into simplified, character by character but for a few words. */
export function simplify(text: string): string {
  let simple = '';
  for (const character of text.replace(PHRASE, (phrase) => phrases[phrase]!))
    simple += simplifiedOf.get(character) ?? character;
  return simple;
}
