import { codePointsOf, type HashIndex } from './hash.ts';
import { type Pairs, pairsOf } from './pairs.ts';

export interface Neighbour {
  /** The position of the training text. */
  row: number;
  /** Cosine over pairs of neighbouring characters, weighed by rarity. */
  likeness: number;
}

/** Finds the training text most like a message, by an inverted index of character pairs: has anyone ever said such a thing? */
export class Nearest {
  private readonly index: HashIndex;
  /** The rows that pair p stands in: postings[starts[p]] … postings[starts[p + 1]]. */
  private readonly starts: Int32Array;
  private readonly postings: Int32Array;
  private readonly norms: Float64Array;
  private readonly sums: Float64Array;

  constructor(pairs: Pairs) {
    this.index = pairs.index;
    const size = pairs.index.size;
    this.starts = new Int32Array(size + 1);
    eachOnce(pairs, (pair) => this.starts[pair + 1]!++);
    for (let pair = 0; pair < size; pair++) this.starts[pair + 1]! += this.starts[pair]!;
    this.postings = new Int32Array(this.starts[size]!);
    const next = this.starts.slice();
    eachOnce(pairs, (pair, row) => {
      this.postings[next[pair]!++] = row;
    });
    this.norms = new Float64Array(pairs.ends.length);
    this.sums = new Float64Array(pairs.ends.length);
    for (let pair = 0; pair < size; pair++) this.spread(pair, this.norms);
  }

  /** Adds the pair's weight to every row that has it. */
  private spread(pair: number, sums: Float64Array): void {
    const [start, end] = [this.starts[pair]!, this.starts[pair + 1]!];
    const weight = this.weight(end - start) ** 2;
    for (let p = start; p < end; p++) sums[this.postings[p]!]! += weight;
  }

  private weight(frequency: number): number {
    return Math.log((1 + this.norms.length) / frequency);
  }

  /** The best `count`, most alike first; `admit` can leave rows out. */
  find(text: string, count: number, admit: (row: number) => boolean = () => true): Neighbour[] {
    const touched: number[] = [];
    let norm = 0;
    for (const hash of pairsOf(codePointsOf(text))) {
      const pair = this.index.find(hash);
      const [start, end] = pair < 0 ? [0, 0] : [this.starts[pair]!, this.starts[pair + 1]!];
      const weight = this.weight(Math.max(1, end - start)) ** 2;
      norm += weight;
      for (let p = start; p < end; p++) {
        const row = this.postings[p]!;
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

/** Every pair of every row, but a pair that a row has twice only once. */
function eachOnce({ numbers, ends, index }: Pairs, visit: (pair: number, row: number) => void): void {
  const lastRow = new Int32Array(index.size).fill(-1);
  for (let row = 0, i = 0; row < ends.length; row++)
    for (; i < ends[row]!; i++) {
      const pair = numbers[i]!;
      if (lastRow[pair] !== row) visit(pair, row);
      lastRow[pair] = row;
    }
}
