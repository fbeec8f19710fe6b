import { mix } from './hash.ts';

export interface Neighbour {
  /** The position of the training text. */
  row: number;
  /** Cosine over pairs of neighbouring characters, weighed by rarity. */
  likeness: number;
}

/** Finds the training text most like a message, by an inverted index of character pairs: has anyone ever said such a thing? */
export class Nearest {
  private readonly postings = new Map<number, number[]>();
  private readonly norms: Float64Array;
  private readonly sums: Float64Array;

  constructor(texts: readonly string[]) {
    texts.forEach((text, row) => {
      for (const pair of new Set(pairsOf(text))) {
        const list = this.postings.get(pair);
        if (list) list.push(row);
        else this.postings.set(pair, [row]);
      }
    });
    this.norms = new Float64Array(texts.length);
    this.sums = new Float64Array(texts.length);
    for (const rows of this.postings.values()) {
      const weight = this.weight(rows.length) ** 2;
      for (const row of rows) this.norms[row]! += weight;
    }
  }

  private weight(frequency: number): number {
    return Math.log((1 + this.norms.length) / frequency);
  }

  /** The best `count`, most alike first; `admit` can leave rows out. */
  find(text: string, count: number, admit: (row: number) => boolean = () => true): Neighbour[] {
    const touched: number[] = [];
    let norm = 0;
    for (const pair of new Set(pairsOf(text))) {
      const rows = this.postings.get(pair);
      const weight = this.weight(rows?.length ?? 1) ** 2;
      norm += weight;
      for (const row of rows ?? []) {
        if (this.sums[row] === 0) touched.push(row);
        this.sums[row]! += weight;
      }
    }
    const best: Neighbour[] = [];
    for (const row of touched) {
      const likeness = this.sums[row]! / Math.sqrt(norm * this.norms[row]!);
      this.sums[row] = 0;
      if (best.length === count && likeness <= best[count - 1]!.likeness) continue;
      if (admit(row)) insert(best, { row, likeness }, count);
    }
    return best;
  }
}

function insert(best: Neighbour[], one: Neighbour, count: number): void {
  let place = best.length;
  while (place > 0 && best[place - 1]!.likeness < one.likeness) place--;
  best.splice(place, 0, one);
  if (best.length > count) best.pop();
}

function pairsOf(text: string): number[] {
  const pairs: number[] = [];
  let before = 2;
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    pairs.push(mix(before, codePoint));
    before = codePoint;
  }
  pairs.push(mix(before, 2));
  return pairs;
}
