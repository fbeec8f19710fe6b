import { mix } from './hash.ts';
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
  private readonly pairs = new Map<number, number>();
  private readonly sameSound = new Map<number, number[]>();
  private readonly soundOf: SoundOf;

  constructor(texts: Iterable<string>, soundOf: SoundOf) {
    this.soundOf = soundOf;
    const frequency = new Map<number, number>();
    for (const text of texts) this.learn(text, frequency);
    const ordered = [...frequency].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    for (const [codePoint] of ordered) {
      if (!isHan(codePoint)) continue;
      const peers = this.sameSound.get(soundOf(codePoint));
      if (!peers) this.sameSound.set(soundOf(codePoint), [codePoint]);
      else if (peers.length < CANDIDATES) peers.push(codePoint);
    }
  }

  private learn(text: string, frequency: Map<number, number>): void {
    let before = 0;
    for (const character of text) {
      const codePoint = character.codePointAt(0)!;
      frequency.set(codePoint, (frequency.get(codePoint) ?? 0) + 1);
      const pair = mix(before, codePoint);
      this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
      before = codePoint;
    }
  }

  /** The corrected text, or the same text where nothing seems wrong. */
  correct(text: string): string {
    const written = Array.from(text, (character) => character.codePointAt(0)!);
    if (written.length > LONGEST || !this.hasStranger(written)) return text;
    return String.fromCodePoint(...this.bestPath(this.options(written), written));
  }

  private worth(before: number, after: number): number {
    const count = this.pairs.get(mix(before, after));
    return count === undefined ? 0 : 1 + Math.log(count);
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
