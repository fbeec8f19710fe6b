import { badRequest } from '#errors';
import type { BillLine, Period, PriceBook, Usage } from './book.ts';
import { type Column, limitsFor, type Price, type Season } from './compiled.ts';
import { amount, centOfProduct, divided, lesser, plain, sharedCents, yuan } from './decimal.ts';

/** kWh of one tier and period; `share` over `Split.of` are the kWh, since a part of a bill need not be a finite decimal. */
interface Part {
  kind: 'energy' | 'free';
  tier: number;
  period?: Period;
  share: bigint;
  price: Price;
}

interface Split {
  parts: Part[];
  of: bigint;
}

interface Used {
  column: Column;
  kwh: bigint;
}

const noPrices = (book: PriceBook, pricing: string) =>
  badRequest(
    `Price book «${book.id}» has no ${pricing} prices for this month.`,
    'Bill with the other pricing or another book.',
    'NoSuchPricing',
  );

function allKwh(usage: Usage): bigint {
  let sum = 0n;
  for (const period in usage.kwh) sum += amount(usage.kwh[period as Period] ?? '0', 'kWh used');
  return sum;
}

/** The columns this customer is billed by, with the kWh of each. */
function usedBy(usage: Usage, book: PriceBook, season: Season): Used[] {
  if (usage.pricing === 'flat') {
    if (!season.flat) throw noPrices(book, 'flat');
    return [{ column: season.flat, kwh: allKwh(usage) }];
  }
  if (!season.timeOfUse) throw noPrices(book, 'time-of-use');
  for (const period in usage.kwh)
    if (!season.timeOfUse.some((column) => column.period === period))
      throw badRequest(
        `kWh of ${period} are billed, but price book «${book.id}» has no such period this month.`,
        'Give the kWh by the periods of the book.',
        'NoSuchPeriod',
      );
  return season.timeOfUse.map((column) => ({ column, kwh: amount(usage.kwh[column.period!] ?? '0', 'kWh used') }));
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

function split(book: PriceBook, season: Season, used: readonly Used[], tiers: readonly bigint[], all: bigint): Split {
  const at = tiers.indexOf(all);
  if (at >= 0) return whole(used, at);
  const [only] = used;
  if (used.length === 1)
    return { parts: tiers.flatMap((tier, at) => (tier > 0n ? [part(only!.column, at, tier)] : [])), of: 1n };
  return book.crossing === 'proportional' ? proportional(used, tiers, all) : dearestFirst(used, tiers, season);
}

/** Free kWh come off at the first tier's prices, in the bill's own mix of periods. */
function withFree(found: Split, used: readonly Used[], all: bigint, free: bigint): Split {
  const given = lesser(free, all);
  if (given === 0n) return found;
  const parts = found.of === all ? found.parts : found.parts.map((each) => ({ ...each, share: each.share * all }));
  const of = found.of === all ? all : found.of * all;
  for (const { column, kwh } of used) if (kwh > 0n) parts.push(part(column, 0, -given * kwh, 'free'));
  return { parts, of };
}

/** kWh of each part to eight places, so that the parts of a period add up to its kWh. */
function quantities({ parts, of }: Split): bigint[] {
  if (of === 1n) return parts.map(({ share }) => share);
  const exact = new Map<string, bigint>();
  return parts.map(({ kind, period, share }) => {
    const column = `${kind} ${period}`;
    const above = exact.get(column) ?? 0n;
    exact.set(column, above + share);
    return divided(above + share, of) - divided(above, of);
  });
}

function lineOf({ kind, tier, period, price }: Part, kwh: bigint, cents: bigint, tiered: boolean): BillLine {
  const line: BillLine = { kind, quantity: plain(kwh), price: price.text, amount: yuan(cents) };
  if (tiered) line.tier = tier;
  if (period) line.period = period;
  return line;
}

export interface Energy {
  lines: BillLine[];
  kwh: bigint;
  cents: bigint;
}

/** What the kWh cost. All lines are one charge, rounded once: `sharedCents`. */
export function energy(usage: Usage, book: PriceBook, season: Season): Energy {
  const used = usedBy(usage, book, season);
  let kwh = 0n;
  for (const each of used) kwh += each.kwh;
  const counted = book.basis === 'annual' ? usage.before : usage.monthBefore;
  const before = counted === undefined || book.basis === 'none' ? 0n : amount(counted, 'kWh billed before');
  let found = split(book, season, used, byTier(limitsFor(book, season, usage), before, kwh), kwh);
  if (usage.lowIncome && book.freeKwh) found = withFree(found, used, kwh, amount(book.freeKwh, 'Free kWh'));
  const shares = sharedCents(
    found.parts.map(({ share, price }) => share * price.exact),
    found.of * centOfProduct,
  );
  const kwhs = quantities(found);
  const lines = found.parts.map((each, at) => lineOf(each, kwhs[at]!, shares[at]!, book.basis !== 'none'));
  return { lines, kwh, cents: shares.reduce((sum, share) => sum + share, 0n) };
}
