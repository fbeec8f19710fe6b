import { codePointsOf, type HashIndex, mix } from './hash.ts';
import type { Pairs } from './pairs.ts';
import { isHan, type SoundOf } from './sound.ts';

const CHANGE = 3;
const CANDIDATES = 6;
const LONGEST = 120;

/**
 * Mends slips of the pinyin input method («电飞» → 电费): where characters stand together that no training text has side by side,
 * it looks for characters of the same sound that do, by Viterbi's algorithm. It is often wrong on words it has never met; so its
 * reading stands beside the text as written, never in its place.
 */
export class Corrector {
  private readonly index: HashIndex;
  /** How often each pair stands in the taught rows. */
  private readonly counts: Int32Array;
  private readonly sameSound = new Map<number, number[]>();
  private readonly soundOf: SoundOf;

  constructor(pairs: Pairs, soundOf: SoundOf, taught: readonly number[] = [...pairs.texts.keys()]) {
    this.soundOf = soundOf;
    this.index = pairs.index;
    this.counts = new Int32Array(pairs.index.size);
    for (const row of taught) this.count(pairs, row);
    for (const codePoint of mostCommon(taught.map((row) => pairs.texts[row]!))) {
      const peers = this.sameSound.get(soundOf(codePoint));
      if (!peers) this.sameSound.set(soundOf(codePoint), [codePoint]);
      else if (peers.length < CANDIDATES) peers.push(codePoint);
    }
  }

  private count({ numbers, ends }: Pairs, row: number): void {
    for (let i = row > 0 ? ends[row - 1]! : 0; i < ends[row]!; i++) this.counts[numbers[i]!]!++;
  }

  /** The corrected text, or the same text where nothing seems wrong. */
  correct(text: string): string {
    const written = codePointsOf(text);
    if (written.length > LONGEST || !this.hasStranger(written)) return text;
    return String.fromCodePoint(...this.bestPath(this.options(written), written));
  }

  private worth(before: number, after: number): number {
    const pair = this.index.find(mix(before, after));
    const count = pair < 0 ? 0 : this.counts[pair]!;
    return count === 0 ? 0 : 1 + Math.log(count);
  }

  private hasStranger(written: number[]): boolean {
    return written.some((c, i) => i > 0 && isHan(c) && this.worth(written[i - 1]!, c) === 0);
  }

  /** At a character with an unknown neighbour: itself and all that sound like it; elsewhere only itself. */
  private options(written: number[]): number[][] {
    const known = written.map((c, i) => i > 0 && this.worth(written[i - 1]!, c) > 0);
    return written.map((c, i) => {
      const settled = (i === 0 || known[i]) && (i === written.length - 1 || known[i + 1]);
      if (settled || !isHan(c)) return [c];
      return [c, ...(this.sameSound.get(this.soundOf(c)) ?? []).filter((peer) => peer !== c)];
    });
  }

  private bestPath(options: number[][], written: number[]): number[] {
    let scores = [0];
    let last = [0];
    const back: number[][] = [];
    options.forEach((candidates, i) => {
      const from: number[] = [];
      const next = candidates.map((candidate, c) => {
        let best = Number.NEGATIVE_INFINITY;
        last.forEach((before, b) => {
          const total = scores[b]! + (i === 0 ? 0 : this.worth(before, candidate));
          if (total > best) [best, from[c]] = [total, b];
        });
        return best - (candidate === written[i] ? 0 : CHANGE);
      });
      back.push(from);
      [scores, last] = [next, candidates];
    });
    let at = scores.indexOf(Math.max(...scores));
    const path: number[] = [];
    for (let i = options.length - 1; i >= 0; i--) {
      path.unshift(options[i]![at]!);
      at = back[i]![at]!;
    }
    return path;
  }
}

/** The Chinese characters of the texts, commonest first. */
function mostCommon(texts: readonly string[]): number[] {
  const counts = new Int32Array(0x110000);
  const met: number[] = [];
  for (const text of texts)
    for (let i = 0; i < text.length; i++) {
      const codePoint = text.codePointAt(i)!;
      if (codePoint > 0xffff) i++;
      if (counts[codePoint]!++ === 0) met.push(codePoint);
    }
  return met.filter(isHan).sort((a, b) => counts[b]! - counts[a]! || a - b);
}
