import { mix, SEED } from './hash.ts';

/** What jieba takes for one run of words: Chinese characters, Latin letters, figures and the signs within numbers and names. */
const RUN =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ebef}\u{2f800}-\u{2fa1f}a-zA-Z0-9+#&._%-]+|./gsu;
const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Cuts a text into words as jieba does without its model of new words: of all ways through the dictionary the likeliest. In the
 * library itself the dictionary took 23 MB, here it is four; tests/nlu/cutter.test.ts holds the two side by side.
 * @param dictionary lines «word frequency», each word once
 */
export function cutterOf(dictionary: string): (text: string) => string[] {
  const words = new Words(dictionary);
  return (text) => (text.match(RUN) ?? []).flatMap((run) => (run.length > 1 ? cutRun(run, words) : run));
}

/** The words stay in the text of the dictionary; a table of hashes says where each begins. */
class Words {
  private readonly text: string;
  private readonly starts: Int32Array;
  private readonly slots: Int32Array;
  /** The logarithm of each word's probability. */
  readonly weights: Float64Array;
  /** That of a character the dictionary does not have. */
  readonly stranger: number;
  /** The length of the longest word that begins with a UTF-16 unit. */
  readonly longest = new Uint8Array(0x10000);

  constructor(text: string) {
    let count = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
    this.text = text;
    this.starts = new Int32Array(count);
    this.weights = new Float64Array(count);
    this.slots = new Int32Array(1 << (33 - Math.clz32(count)));
    let total = 0;
    for (let word = 0, at = 0; word < count; word++) {
      this.starts[word] = at;
      at = this.add(word, at);
      total += this.weights[word]!;
    }
    this.stranger = -Math.log(total);
    for (let word = 0; word < count; word++) this.weights[word] = Math.log(this.weights[word]!) + this.stranger;
  }

  /** Answers where the next line begins. */
  private add(word: number, start: number): number {
    let hash = SEED;
    let at = start;
    for (let unit = this.text.charCodeAt(at); unit !== SPACE; unit = this.text.charCodeAt(++at)) hash = mix(hash, unit);
    const first = this.text.charCodeAt(start);
    this.longest[first] = Math.max(this.longest[first]!, at - start);
    let slot = this.home(hash);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
    this.slots[slot] = word + 1;
    let frequency = 0;
    for (let unit = this.text.charCodeAt(++at); unit !== NEWLINE; unit = this.text.charCodeAt(++at))
      frequency = frequency * 10 + unit - 0x30;
    this.weights[word] = frequency;
    return at + 1;
  }

  private home(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.slots.length - 1);
  }

  /** The number of the word that `text` has from `from` to `to`, or -1. */
  find(hash: number, text: string, from: number, to: number): number {
    for (let slot = this.home(hash); ; slot = (slot + 1) & (this.slots.length - 1)) {
      const word = this.slots[slot]! - 1;
      if (word < 0 || this.isAt(this.starts[word]!, text, from, to)) return word;
    }
  }

  private isAt(start: number, text: string, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.text.charCodeAt(start + i - from) !== text.charCodeAt(i)) return false;
    return this.text.charCodeAt(start + to - from) === SPACE;
  }
}

function cutRun(run: string, words: Words): string[] {
  const ends = likeliestEnds(run, words);
  const found: string[] = [];
  // Letters and figures that are no words each stay together.
  let loose = -1;
  for (let at = 0; at < run.length; at = ends[at]!) {
    if (ends[at] === at + 1 && isAlphanumeric(run.charCodeAt(at))) {
      if (loose < 0) loose = at;
      continue;
    }
    if (loose >= 0) found.push(run.slice(loose, at));
    loose = -1;
    found.push(run.slice(at, ends[at]));
  }
  if (loose >= 0) found.push(run.slice(loose));
  return found;
}

const isAlphanumeric = (unit: number) =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Where the word that begins at each place ends, on the likeliest way to the end of the run: worked out from there. */
function likeliestEnds(run: string, words: Words): Int32Array {
  const ends = new Int32Array(run.length);
  const scores = new Float64Array(run.length + 1);
  for (let at = run.length - 1; at >= 0; at--) {
    const character = at + (run.codePointAt(at)! > 0xffff ? 2 : 1);
    ends[at] = character;
    scores[at] = words.stranger + scores[character]!;
    let known = false;
    const limit = Math.min(run.length, at + words.longest[run.charCodeAt(at)]!);
    for (let end = at + 1, hash = SEED; end <= limit; end++) {
      hash = mix(hash, run.charCodeAt(end - 1));
      const word = words.find(hash, run, at, end);
      if (word < 0) continue;
      const score = words.weights[word]! + scores[end]!;
      if (known && score < scores[at]!) continue;
      known = true;
      ends[at] = end;
      scores[at] = score;
    }
  }
  return ends;
}
