import type { Period, PriceBook } from './book.ts';
import type { Column, Price, Season } from './compiled.ts';
import { lesser } from './decimal.ts';

/** kWh of one tier and period; `share` over `Split.of` are the kWh, since a part of a bill need not be a finite decimal. */
export interface Part {
  kind: 'energy' | 'free';
  tier: number;
  period?: Period;
  share: bigint;
  price: Price;
}

export interface Split {
  parts: Part[];
  of: bigint;
}

export interface Used {
  column: Column;
  kwh: bigint;
}

/** How many of the kWh after `before` fall into each tier. */
export function byTier(limits: readonly bigint[], before: bigint, kwh: bigint): bigint[] {
  let from = before;
  let left = kwh;
  const tiers = limits.map((limit) => {
    const room = limit > from ? limit - from : 0n;
    const taken = lesser(room, left);
    from += taken;
    left -= taken;
    return taken;
  });
  tiers.push(left);
  return tiers;
}

const part = (column: Column, at: number, share: bigint, kind: Part['kind'] = 'energy'): Part => ({
  kind,
  tier: at + 1,
  period: column.period,
  share,
  price: column.prices[at]!,
});

/** Every tier has the mix of periods of the whole bill. */
function proportional(used: readonly Used[], tiers: readonly bigint[], of: bigint): Split {
  const parts: Part[] = [];
  tiers.forEach((tier, at) => {
    if (tier > 0n) for (const { column, kwh } of used) if (kwh > 0n) parts.push(part(column, at, tier * kwh));
  });
  return { parts, of };
}

/** What lies beyond a threshold is taken from the dearest period first: the cheapest kWh fill the tiers from below. */
function dearestFirst(used: readonly Used[], tiers: readonly bigint[], season: Season): Split {
  const left = season.cheapestFirst.map((column) => ({
    column,
    kwh: used.find((one) => one.column === column)?.kwh ?? 0n,
  }));
  const parts: Part[] = [];
  tiers.forEach((tier, at) => {
    let room = tier;
    for (const each of left) {
      const taken = lesser(each.kwh, room);
      if (taken > 0n) parts.push(part(each.column, at, taken));
      each.kwh -= taken;
      room -= taken;
    }
  });
  return { parts, of: 1n };
}

function whole(used: readonly Used[], at: number): Split {
  const parts: Part[] = [];
  for (const { column, kwh } of used) if (kwh > 0n) parts.push(part(column, at, kwh));
  return { parts, of: 1n };
}

/** The kWh of a bill by tier and period, as the book says how periods cross a threshold. */
export function split(
  book: PriceBook,
  season: Season,
  used: readonly Used[],
  tiers: readonly bigint[],
  all: bigint,
): Split {
  const at = tiers.indexOf(all);
  if (at >= 0) return whole(used, at);
  const [only] = used;
  if (used.length === 1)
    return { parts: tiers.flatMap((tier, at) => (tier > 0n ? [part(only!.column, at, tier)] : [])), of: 1n };
  return book.crossing === 'proportional' ? proportional(used, tiers, all) : dearestFirst(used, tiers, season);
}

/** Free kWh come off at the first tier's prices, in the bill's own mix of periods. */
export function withFree(found: Split, used: readonly Used[], all: bigint, free: bigint): Split {
  const given = lesser(free, all);
  if (given === 0n) return found;
  const parts = found.of === all ? found.parts : found.parts.map((each) => ({ ...each, share: each.share * all }));
  const of = found.of === all ? all : found.of * all;
  for (const { column, kwh } of used) if (kwh > 0n) parts.push(part(column, 0, -given * kwh, 'free'));
  return { parts, of };
}
