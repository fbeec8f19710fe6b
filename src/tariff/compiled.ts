import { badRequest } from '#errors';
import { type Period, type PriceBook, periodNames } from './book.ts';
import { amount, decimal } from './decimal.ts';

export interface Price {
  exact: bigint;
  text: string;
}

/** A column of the price matrix, a price a tier. Without a period it is the price without time of use. */
export interface Column {
  period?: Period;
  prices: Price[];
}

/** A book as it holds in one month. */
export interface Season {
  /** kWh up to which each tier but the last goes, for a household of usual size. */
  limits: bigint[];
  flat?: Column;
  timeOfUse?: Column[];
  /** Columns of time of use, cheapest period first. */
  cheapestFirst: Column[];
}

const cache = new WeakMap<PriceBook, (Season | undefined)[]>();

/** Compiled once a book and month: a bill must not parse prices. */
export function seasonOf(book: PriceBook, month: number): Season {
  let seasons = cache.get(book);
  if (!seasons) {
    seasons = [];
    cache.set(book, seasons);
  }
  seasons[month] ??= compile(book, month);
  return seasons[month];
}

/** «2026-07» or «2026-07-15» → 7. */
export function monthOf(text: string): number {
  const month = Number(text.slice(5, 7));
  if (!(month >= 1 && month <= 12))
    throw badRequest(`«${text}» is no month.`, 'Give a month like "2026-07".', 'NoMonth');
  return month;
}

const faulty = (book: PriceBook, fault: string) =>
  badRequest(`Price book «${book.id}»: ${fault}.`, 'Correct the price book.', 'PriceBookFault');

/** The row of a month: one that names it, else the one for all months. */
const rowOf = <Row extends { months?: number[] | undefined }>(rows: Row[], month: number) =>
  rows.find((row) => row.months?.includes(month)) ?? rows.find((row) => !row.months);

function limitsIn(book: PriceBook, month: number): bigint[] {
  if (book.basis === 'none') return [];
  const row = rowOf(book.thresholds, month);
  if (!row) throw faulty(book, `no thresholds for month ${month}`);
  const limits = row.upTo.map((limit) => amount(limit, 'A threshold'));
  if (limits.some((limit, at) => at > 0 && limit <= limits[at - 1]!)) throw faulty(book, 'thresholds that do not rise');
  return limits;
}

const priceOf = (text: string): Price => ({ text, exact: decimal(text, 'A price') });

function columnsOf(book: PriceBook, rows: Partial<Record<Period, string>>[]): Column[] {
  const periods = periodNames.filter((period) => rows[0]?.[period] !== undefined);
  return periods.map((period) => ({
    period,
    prices: rows.map((row, at) => {
      const price = row[period];
      if (price === undefined) throw faulty(book, `no price for ${period} in tier ${at + 1}`);
      return priceOf(price);
    }),
  }));
}

function compile(book: PriceBook, month: number): Season {
  const limits = limitsIn(book, month);
  const prices = rowOf(book.prices, month);
  if (!prices) throw faulty(book, `no prices for month ${month}`);
  for (const rows of [prices.flat, prices.time_of_use])
    if (rows && rows.length !== limits.length + 1)
      throw faulty(book, `${rows.length} rows of prices for ${limits.length + 1} tiers`);
  const timeOfUse = prices.time_of_use && columnsOf(book, prices.time_of_use);
  const flat = prices.flat && { prices: prices.flat.map(priceOf) };
  const dear = ({ prices: [first] }: Column) => first!.exact;
  const cheapestFirst = [...(timeOfUse ?? [])]
    .reverse()
    .sort((a, b) => (dear(a) < dear(b) ? -1 : dear(a) > dear(b) ? 1 : 0));
  return { limits, flat, timeOfUse, cheapestFirst };
}

/** Whose thresholds hold: people registered, and for an account opened in the year the months it has of it. */
export interface Home {
  household?: number;
  yearMonths?: number;
}

/** Thresholds of this customer: a large household's are higher, those of a year begun late are in proportion to its months. */
export function limitsFor(book: PriceBook, season: Season, { household, yearMonths = 12 }: Home): bigint[] {
  const annual = book.basis === 'annual';
  const large = book.household !== undefined && household !== undefined && household >= book.household.from;
  if (!large && (!annual || yearMonths === 12)) return season.limits;
  const extra = large ? decimal(book.household!.extra, 'The extra of a household') : 0n;
  if (!annual) return season.limits.map((limit) => limit + extra);
  return season.limits.map((limit) => ((limit + 12n * extra) * BigInt(yearMonths)) / 12n);
}
