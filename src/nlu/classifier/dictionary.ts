/** Words that stood at least so often in the corpus of jieba's dictionary are kept: 138,000 of 349,000. */
const LEAST = 5;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * The dictionary's lines «word frequency tag» without its rare words, most of them names: they cost the process more memory than
 * anything else and change next to nothing of how customers' messages are cut. Read as bytes: the file as a text would cost as much again.
 */
export function commonWords(dictionary: Uint8Array): Uint8Array {
  const kept = new Uint8Array(dictionary.length);
  let size = 0;
  for (let start = 0; start < dictionary.length; ) {
    const found = dictionary.indexOf(NEWLINE, start);
    const end = found < 0 ? dictionary.length : found + 1;
    if (frequency(dictionary, start, end) >= LEAST) {
      kept.set(dictionary.subarray(start, end), size);
      size += end - start;
    }
    start = end;
  }
  return kept.slice(0, size);
}

function frequency(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(SPACE, start) + 1; at < end && bytes[at] !== SPACE; at++)
    count = count * 10 + bytes[at]! - 0x30;
  return count;
}
