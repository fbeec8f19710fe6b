import type { Votes } from './ensemble.ts';

export interface ScopeFacts {
  probabilities: Float64Array;
  votes: Votes;
  /** Cosine to the nearest training text. */
  likeness: number;
  /** The share of its features that were met in training. */
  known: number;
  /** The intent that means «not for us», or -1. */
  outside: number;
}

/**
 * What tells a message that no intent is for from one that fits: how sure the classifier is, how far ahead, whether anyone
 * has said such a thing before, the raw strength of the best score, how much of it is known, and how much it looks like the
 * examples of what is outside.
 */
export function scopeMeasures({ probabilities, votes, likeness, known, outside }: ScopeFacts): number[] {
  let [best, second, strongest] = [0, 0, Number.NEGATIVE_INFINITY];
  probabilities.forEach((p, k) => {
    if (k === outside) return;
    if (p > best) [best, second] = [p, best];
    else if (p > second) second = p;
    strongest = Math.max(strongest, votes.margins[k]!);
  });
  const apart = outside < 0 ? 0 : probabilities[outside]!;
  return [best, best - second, likeness, strongest, known, logOdds(apart), logOdds(best)];
}

const logOdds = (p: number) => Math.log((p + 1e-3) / (1 - p + 1e-3));
