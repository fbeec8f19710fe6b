import { aligned } from './bytes.ts';
import { HashIndex, mix, SEED } from './hash.ts';

/** What is known of words before any lesson (scripts/build-words.js): a vector each, in which words that mean alike are near. */
export interface WordVectors {
  readonly dimensions: number;
  /** Adds the vectors of the text's words, weighed by how much each says, to `sum` from `at` on. */
  addTo(sum: Float32Array, at: number, codePoints: readonly number[]): void;
}

const HEAD = 8;
const LONGEST = 4;

/** The vectors stay in `bytes`, which must not change afterwards. */
export function readWords(bytes: Uint8Array): WordVectors {
  const { buffer, byteOffset } = aligned(bytes);
  const [count = 0, dimensions = 0] = new Int32Array(buffer, byteOffset, 2);
  const start = byteOffset + HEAD;
  const index = HashIndex.of(new Int32Array(buffer, start, count));
  const weights = new Uint8Array(buffer, start + 4 * count, count);
  const cells = new Int8Array(buffer, start + 5 * count, count * dimensions);
  return {
    dimensions,
    addTo(sum, at, codePoints) {
      for (const word of wordsIn(codePoints, index)) {
        const weight = weights[word]!;
        for (let d = 0; d < dimensions; d++) sum[at + d]! += weight * cells[word * dimensions + d]!;
      }
    },
  };
}

/** From the left, the longest word that is known; what is not is passed over. */
function wordsIn(codePoints: readonly number[], index: HashIndex): number[] {
  const words: number[] = [];
  for (let start = 0, next = 1; start < codePoints.length; start = next, next = start + 1) {
    let hash = SEED;
    let longest = -1;
    for (let end = start; end < Math.min(start + LONGEST, codePoints.length); end++) {
      hash = mix(hash, codePoints[end]!);
      const word = index.find(hash);
      if (word >= 0) [longest, next] = [word, end + 1];
    }
    if (longest >= 0) words.push(longest);
  }
  return words;
}
