import type { PriceBook } from './book.ts';
import { dayNumber, dayText, lastDay } from './calendar.ts';
import { type Home, limitsFor, monthOf, seasonOf } from './compiled.ts';
import { amount, plain } from './decimal.ts';

const limitsAt = (book: PriceBook, month: string, home: Home) => limitsFor(book, seasonOf(book, monthOf(month)), home);

/** kWh a year or a month (as the book's `basis` says) up to which each tier but the last goes; empty where there are no tiers. */
export function limitsOf(book: PriceBook, month: string, household?: number, yearMonths?: number): string[] {
  return limitsAt(book, month, { household, yearMonths }).map(plain);
}

export interface Position {
  /** 1 too where there are no tiers. */
  tier: number;
  limits: string[];
  /** kWh until the next tier: «0» when the next kWh is the first of it; absent in the last. */
  left?: string;
}

/** Where a customer stands who has used so many kWh in this tier year or month. The kWh at a threshold is still of the lower tier. */
export function position(book: PriceBook, { month, used, ...home }: Home & { month: string; used: string }): Position {
  const limits = limitsAt(book, month, home);
  const kwh = amount(used, 'kWh used');
  const at = limits.findIndex((limit) => kwh <= limit);
  const texts = limits.map(plain);
  if (at < 0) return { tier: limits.length + 1, limits: texts };
  return { tier: at + 1, limits: texts, left: plain(limits[at]! - kwh) };
}

export interface Pace extends Home {
  /** The last day that `used` contains. */
  today: string;
  /** kWh in this tier year or month. */
  used: string;
  /** kWh a day from now on. */
  daily: string;
}

/** When the first kWh of the next tier will be used at this pace; undefined if not before the tiers begin anew. */
export function nextTier(
  book: PriceBook,
  { today, used, daily, ...home }: Pace,
): { tier: number; day: string } | undefined {
  const { tier, left } = position(book, { month: today, used, ...home });
  const pace = amount(daily, 'kWh a day');
  const start = dayNumber(today);
  if (left === undefined || pace === 0n) return undefined;
  const days = amount(left, 'kWh left') / pace + 1n;
  const remaining = lastDay(today, book.basis === 'annual' ? 'year' : 'month') - start;
  return days > BigInt(remaining) ? undefined : { tier: tier + 1, day: dayText(start + Number(days)) };
}
