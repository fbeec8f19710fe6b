import { badRequest } from '#errors';
import { amount, one, plain } from './decimal.ts';

export interface PowerFactor {
  /** cosφ, two places, half up. */
  factor: string;
  /** What the charge is adjusted by: «0.025» adds 2.5 %, below zero takes off. */
  rate: string;
}

const hundredth = one / 100n;
/** 0.1 % */
const thousandth = one / 1000n;

/** Best cosφ that still lowers the bill; above it nothing more is gained. By standard, in hundredths. */
const best = new Map([
  [90, 95],
  [85, 94],
  [80, 92],
]);

/** The largest f with f − ½ ≤ 100·P/√(P² + Q²), compared in squares, so that no root is rounded; floating point only says where to begin. */
function hundredths(kwh: bigint, kvarh: bigint): number {
  if (kwh === 0n) return kvarh === 0n ? 100 : 0;
  const square = kwh * kwh + kvarh * kvarh;
  const about = Math.round((100 * Number(kwh)) / Math.hypot(Number(kwh), Number(kvarh)));
  let factor = BigInt(Math.min(100, about + 1));
  while (factor > 0n && (2n * factor - 1n) ** 2n * square > (200n * kwh) ** 2n) factor -= 1n;
  return Number(factor);
}

/** Above the standard: 0.1 % a hundredth up to 0.90, 0.15 % a hundredth beyond. */
function reward(factor: number, standard: number, most: number): bigint {
  const counted = Math.min(factor, most);
  const below = Math.max(0, Math.min(counted, 90) - standard);
  const above = Math.max(0, counted - 90);
  return -(BigInt(below * 10 + above * 15) * thousandth) / 10n;
}

/** Below it: 0.5 % a hundredth for the first twenty, 1 % for the next five, then 2 %. */
function penalty(missing: number): bigint {
  const first = Math.min(missing, 20) * 5;
  const next = Math.max(0, Math.min(missing, 25) - 20) * 10;
  const last = Math.max(0, missing - 25) * 20;
  return BigInt(first + next + last) * thousandth;
}

/** 功率因数调整电费: the month's average cosφ and the rate of its table. Standards are 0.90, 0.85 and 0.80. */
export function powerFactor({ kwh, kvarh, standard }: { kwh: string; kvarh: string; standard: string }): PowerFactor {
  const factor = hundredths(amount(kwh, 'kWh'), amount(kvarh, 'kvarh'));
  return { factor: (factor / 100).toFixed(2), rate: rateOf(factor, standard) };
}

/** The rate of a cosφ that is told, «0.85», by the table of its standard. */
export const rateFor = (factor: string, standard: string): string => rateOf(Math.round(Number(factor) * 100), standard);

function rateOf(factor: number, standard: string): string {
  const wanted = Number(amount(standard, 'The standard of the power factor') / hundredth);
  const most = best.get(wanted);
  if (most === undefined)
    throw badRequest(
      `There is no table for a power factor of ${standard}.`,
      'Give 0.90, 0.85 or 0.80.',
      'NoSuchStandard',
    );
  return plain(factor < wanted ? penalty(wanted - factor) : reward(factor, wanted, most));
}
