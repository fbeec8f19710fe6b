import { HashIndex, mix } from './hash.ts';

/** Stands before the first character of a text and after its last. */
const EDGE = 2;

/** Every pair of neighbouring characters in many texts, numbered: what has stood side by side. */
export class Pairs {
  readonly texts: readonly string[];
  readonly index: HashIndex;
  /** The numbers of each text's pairs, text after text, and where each text's end. */
  readonly numbers: Int32Array;
  readonly ends: Int32Array;

  constructor(texts: readonly string[]) {
    let most = 0;
    for (const text of texts) most += text.length + 1;
    this.texts = texts;
    this.index = new HashIndex(most >> 2);
    this.numbers = new Int32Array(most);
    this.ends = new Int32Array(texts.length);
    let count = 0;
    for (let row = 0; row < texts.length; row++) {
      count = this.read(texts[row]!, count);
      this.ends[row] = count;
    }
  }

  private read(text: string, at: number): number {
    let before = EDGE;
    for (let i = 0; i < text.length; i++) {
      const codePoint = text.codePointAt(i)!;
      if (codePoint > 0xffff) i++;
      this.numbers[at++] = this.index.add(mix(before, codePoint));
      before = codePoint;
    }
    this.numbers[at++] = this.index.add(mix(before, EDGE));
    return at;
  }
}

/** The distinct pairs of one text. */
export function pairsOf(codePoints: readonly number[]): Set<number> {
  const pairs = new Set<number>();
  let before = EDGE;
  for (const codePoint of codePoints) {
    pairs.add(mix(before, codePoint));
    before = codePoint;
  }
  return pairs.add(mix(before, EDGE));
}
