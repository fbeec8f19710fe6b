import { badRequest } from '#errors';
import type { BillLine, Period, PriceBook, Usage } from './book.ts';
import { limitsFor, type Season } from './compiled.ts';
import { amount, centOfProduct, divided, plain, sharedCents, yuan } from './decimal.ts';
import { byTier, type Part, type Split, split, type Used, withFree } from './split.ts';

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

const noSuchPeriod = (book: PriceBook, period: string, { month }: Usage) =>
  badRequest(
    `kWh of ${period} are billed, but price book «${book.id}» has no such period in ${month}.`,
    'Give the kWh by the periods of the book.',
    'NoSuchPeriod',
  );

/** The columns this customer is billed by, with the kWh of each. A register of a period out of season may be there with nothing in it. */
function usedBy(usage: Usage, book: PriceBook, season: Season): Used[] {
  if (usage.pricing === 'flat') {
    if (!season.flat) throw noPrices(book, 'flat');
    return [{ column: season.flat, kwh: allKwh(usage) }];
  }
  const columns = season.timeOfUse;
  if (!columns) throw noPrices(book, 'time-of-use');
  for (const period in usage.kwh)
    if (
      !columns.some((column) => column.period === period) &&
      amount(usage.kwh[period as Period] ?? '0', 'kWh used') > 0n
    )
      throw noSuchPeriod(book, period, usage);
  return columns.map((column) => ({ column, kwh: amount(usage.kwh[column.period!] ?? '0', 'kWh used') }));
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
