import type { Account, Backend, BilledMonth } from '#backends';
import { type PriceBook, position, type Usage } from '#tariff';
import { localDay, localMonth } from './show.ts';

/** What was billed in a month, as #tariff takes it. */
export function usageOf(account: Account, billed: BilledMonth): Usage {
  const { month, kwh, parts, peak, valley, before, demandKw, kvarh } = billed;
  const split = parts ?? (peak !== undefined && valley !== undefined ? { peak, valley } : undefined);
  const { pricing, household, lowIncome, capacityKva } = account;
  const used = pricing === 'time_of_use' && split ? split : { flat: kwh };
  return { month, pricing, kwh: used, before, household, lowIncome, capacityKva, demandKw, kvarh };
}

interface Asking {
  backend: Backend;
  now: Date;
}

export interface LastYear {
  from: string;
  to: string;
  usages: Usage[];
  kwh: number;
  /** Of 1, what was used in the valley; unknown where the meter tells no periods. */
  valley?: number;
}

/** The last twelve months that were billed; undefined where nothing was. */
export async function lastYear({ backend, now }: Asking, account: Account): Promise<LastYear | undefined> {
  const { months } = await backend.bills.months(account.number, localMonth(now, -12), localMonth(now, -1));
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return undefined;
  const sum = (of: (month: BilledMonth) => string | undefined) =>
    months.reduce((all, month) => all + Number(of(month) ?? 0), 0);
  const kwh = sum((month) => month.kwh);
  const told = months.every(({ valley }) => valley !== undefined) && kwh > 0;
  return {
    from: first.month,
    to: last.month,
    usages: months.map((month) => usageOf(account, month)),
    kwh,
    valley: told ? sum((month) => month.valley) / kwh : undefined,
  };
}

export interface Standing {
  /** kWh in this tier year or month, and the last day that is in it. */
  used: number;
  until: string;
  tier: number;
  /** kWh until the next tier; none in the last. */
  left?: number;
  /** kWh a day of late, from the days that were read. */
  daily: number;
}

/** Where an account stands in the tiers: what was billed in this tier time, and the days read since. */
export async function standingOf({ backend, now }: Asking, account: Account, book: PriceBook): Promise<Standing> {
  const today = localDay(now);
  const begins = book.basis === 'annual' ? `${today.slice(0, 4)}-01-01` : `${today.slice(0, 7)}-01`;
  const { months } = await backend.bills.months(account.number, begins.slice(0, 7), localMonth(now, -1));
  const billed = months.at(-1);
  const from = billed ? dayAfter(billed.to) : begins;
  const { days } = await backend.bills.daily(account.number, dayBefore(from < today ? from : today, 30), today);
  const read = days.filter(({ kwh }) => kwh !== undefined);
  const since = read.filter(({ day }) => day >= from).reduce((all, { kwh }) => all + Number(kwh), 0);
  const lately = read.slice(-30);
  const used = Number((Number(billed?.before ?? 0) + Number(billed?.kwh ?? 0) + since).toFixed(2));
  const at = position(book, { month: today, used: String(used), household: account.household });
  return {
    used,
    until: read.at(-1)?.day ?? billed?.to ?? today,
    tier: at.tier,
    left: at.left === undefined ? undefined : Number(at.left),
    daily: lately.length > 0 ? lately.reduce((all, { kwh }) => all + Number(kwh), 0) / lately.length : 0,
  };
}

const day = 86_400_000;
const dayAfter = (text: string) => new Date(Date.parse(text) + day).toISOString().slice(0, 10);
const dayBefore = (text: string, days: number) => new Date(Date.parse(text) - days * day).toISOString().slice(0, 10);
