import type { Votes } from './ensemble.ts';
import { softmaxInPlace } from './matrix.ts';

/** How much each member's word weighs: probabilities are the softmax of margins · margin + logits · logit. */
export interface Pooling {
  readonly margin: number;
  readonly logit: number;
}

/** The readings of one message (as written, and mended) as one: their mean, before any softmax. */
export function meanVotes(readings: readonly Votes[]): Votes {
  if (readings.length === 1) return readings[0]!;
  const mean = (of: (votes: Votes) => Float64Array) =>
    of(readings[0]!).map((_, k) => readings.reduce((sum, votes) => sum + of(votes)[k]!, 0) / readings.length);
  return { margins: mean(({ margins }) => margins), logits: mean(({ logits }) => logits) };
}

export const pool = ({ margins, logits }: Votes, { margin, logit }: Pooling): Float64Array =>
  softmaxInPlace(margins.map((value, k) => margin * value + logit * logits[k]!));

export interface Judged {
  votes: Votes;
  label: number;
}

/** More held-out answers than this make no better weights, only slower ones. */
const ENOUGH = 3000;

/**
 * The weights that make held-out answers most probable: temperature scaling (Guo et al. 2017) with one temperature a member, which
 * is stacking with two parameters. The loss is convex; ever shorter steps along each of them find its floor.
 */
export function fitPooling(held: readonly Judged[]): Pooling {
  const stride = Math.ceil(held.length / ENOUGH);
  const sample = held.filter((_, i) => i % stride === 0);
  let best: Pooling = { margin: 2, logit: 0.7 };
  let loss = surprise(sample, best);
  for (const factor of [1.4, 1.15, 1.05])
    for (let moved = true; moved; ) {
      moved = false;
      for (const next of neighbours(best, factor)) {
        const candidate = surprise(sample, next);
        if (candidate < loss - 1e-6) [best, loss, moved] = [next, candidate, true];
      }
    }
  return best;
}

/** A handful of easy examples would be answered with no doubt at all; nobody should be so sure. */
const MOST: Pooling = { margin: 8, logit: 2 };

const neighbours = ({ margin, logit }: Pooling, factor: number): Pooling[] =>
  [
    { margin: margin * factor, logit },
    { margin: margin / factor, logit },
    { margin, logit: logit * factor },
    { margin, logit: logit / factor },
  ].filter((next) => next.margin <= MOST.margin && next.logit <= MOST.logit);

function surprise(held: readonly Judged[], pooling: Pooling): number {
  let total = 0;
  for (const { votes, label } of held) total -= Math.log(Math.max(1e-9, pool(votes, pooling)[label]!));
  return total / Math.max(1, held.length);
}
