import type { Account } from '#backends';
import { bill, bookFor, difference, nextTier, type PriceBook, position, ratio, sum } from '#tariff';
import { type Used, usedOn } from './bills.ts';
import type { Turn } from './declare.ts';
import { dayAfter, localDay } from './show.ts';

type Looking = Pick<Turn, 'backend' | 'now'>;

/** The price book in force today for an account of this customer. */
export async function bookOf({ backend, now }: Looking, number: string): Promise<PriceBook | undefined> {
  const [account, { books }] = await Promise.all([backend.accounts.find(number), backend.prices.all()]);
  return account && bookFor(books, account, localDay(now));
}

export interface InTier {
  tier: number;
  /** kWh used in this tier year or month, by bills and the days read since, up to `to`. */
  used: string;
  since: string;
  to: string;
  limit?: string;
  /** kWh to the next tier; absent in the last. */
  left?: string;
  /** When the next tier begins at the pace of the last thirty days, if before the count begins anew. */
  next?: { tier: number; day: string };
}

/** Where an account stands in its tiers; undefined where its price has none. */
export async function tierOf(turn: Looking, account: Account, book: PriceBook): Promise<InTier | undefined> {
  if (book.basis === 'none') return undefined;
  const today = localDay(turn.now);
  const since = book.basis === 'annual' ? `${today.slice(0, 4)}-01-01` : `${today.slice(0, 7)}-01`;
  const { bills } = turn.backend;
  const { months } = await bills.months(account.number, since.slice(0, 7), today.slice(0, 7));
  const from = months.at(-1) ? dayAfter(months.at(-1)?.to ?? since, 1) : since;
  const open = usedOn(await bills.daily(account.number, from, today));
  const used = sum([...months.map(({ kwh }) => kwh), open.kwh ?? '0']);
  const to = open.last ?? months.at(-1)?.to ?? today;
  const home = { household: account.household, yearMonths: yearMonthsOf(book, months[0]?.month) };
  const at = position(book, { month: today.slice(0, 7), used, ...home });
  const lately = usedOn(await bills.daily(account.number, dayAfter(today, -30), today));
  const daily = lately.kwh === undefined ? undefined : ratio(lately.kwh, String(lately.days), 2);
  const next = daily === undefined ? undefined : nextTier(book, { today: to, used, daily, ...home });
  return { tier: at.tier, used, since, to, limit: at.limits[at.tier - 1], left: at.left, next };
}

/**
 * What the kWh of a home read since its last bill come to so far at the present price; undefined where that can't be told: days are
 * missing, or the price has parts that only the meter's month decides.
 */
export async function costSoFar(turn: Looking, account: Account, used: Used): Promise<string | undefined> {
  const { kwh, peak, valley } = used;
  const book = await bookOf(turn, account.number);
  if (!book || kwh === undefined || account.kind !== 'residential' || used.missing.length > 0) return undefined;
  const split = account.pricing === 'time_of_use';
  if (split && (peak === undefined || valley === undefined)) return undefined;
  const at = await tierOf(turn, account, book);
  const before = at ? difference(at.used, kwh) : '0';
  const { household, lowIncome } = account;
  const month = localDay(turn.now).slice(0, 7);
  const made = { month, pricing: account.pricing, before, household, lowIncome };
  return bill({ ...made, kwh: split ? { peak, valley } : { flat: kwh } }, book).total;
}

/** Months of this year that an account opened in it has. */
const yearMonthsOf = ({ basis }: PriceBook, first: string | undefined) =>
  basis === 'annual' && first !== undefined && first.slice(5) > '01' ? 13 - Number(first.slice(5)) : undefined;
