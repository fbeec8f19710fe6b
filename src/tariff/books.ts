import type { Period, PriceBook } from './book.ts';
import { type Home, limitsFor, monthOf, seasonOf } from './compiled.ts';
import { decimal, plain } from './decimal.ts';

/** What decides which books can be a customer's; an account of the utility has these fields. */
export interface Customer {
  region: string;
  kind: PriceBook['kind'];
  voltage?: string;
  /** Whether the customer chose the two-part price; obligatory from a capacity that the book names. */
  twoPart?: boolean;
  capacityKva?: string;
}

/** Supply voltage of nearly all who don't know theirs. */
const usualVoltage = '<1kV';

const inForce = (book: PriceBook, day: string) =>
  book.effectiveFrom <= day && (book.effectiveTo === undefined || day < book.effectiveTo);

function obliged({ basic }: PriceBook, { twoPart, capacityKva }: Customer): boolean {
  if (twoPart !== undefined || capacityKva === undefined || basic?.from === undefined) return twoPart ?? false;
  return decimal(capacityKva, 'The capacity') >= decimal(basic.from, 'The capacity of a two-part price');
}

/** How well a book fits; below zero not at all. */
function fit(book: PriceBook, customer: Customer): number {
  const wanted = customer.voltage ?? usualVoltage;
  if (book.voltage !== undefined && book.voltage !== wanted) return -1;
  if (book.basic && !obliged(book, customer)) return -1;
  return (book.voltage === undefined ? 0 : 1) + (book.basic ? 2 : 0);
}

/**
 * The book in force for a customer on a day; of several that would do, the two-part price of those who must or want to have it,
 * then the one for their voltage, then the newest.
 */
export function bookFor(books: readonly PriceBook[], customer: Customer, day: string): PriceBook | undefined {
  let best: PriceBook | undefined;
  for (const book of books) {
    if (book.region !== customer.region || book.kind !== customer.kind || !inForce(book, day)) continue;
    const better = fit(book, customer) - (best ? fit(best, customer) : 0);
    if (best ? better > 0 || (better === 0 && book.effectiveFrom > best.effectiveFrom) : better >= 0) best = book;
  }
  return best;
}

export interface PriceTable {
  tiers: {
    tier: number;
    /** kWh, a year or a month; absent in the last tier. */
    upTo?: string;
    /** Yuan a kWh without time of use. */
    flat?: string;
    timeOfUse?: Partial<Record<Period, string>>;
  }[];
  /** Of that month, as the day goes. */
  hours: { period: Period; from: string; to: string }[];
}

/** What a book charges in a month, for display. */
export function pricesOf(book: PriceBook, month: string, home: Home = {}): PriceTable {
  const at = monthOf(month);
  const season = seasonOf(book, at);
  const limits = limitsFor(book, season, home);
  const tiers = Array.from({ length: limits.length + 1 }, (_, tier) => ({
    tier: tier + 1,
    ...(limits[tier] !== undefined && { upTo: plain(limits[tier]) }),
    ...(season.flat && { flat: season.flat.prices[tier]!.text }),
    ...(season.timeOfUse && {
      timeOfUse: Object.fromEntries(season.timeOfUse.map(({ period, prices }) => [period, prices[tier]!.text])),
    }),
  }));
  const hours = book.hours
    .filter(({ months }) => months === undefined || months.includes(at))
    .map(({ period, from, to }) => ({ period, from, to }))
    .sort((a, b) => a.from.localeCompare(b.from));
  return { tiers, hours };
}
