import { type Bill, bill, type Period, type Usage } from '#tariff';
import { dayOf, firstDay, monthOf, monthText, yearOf } from './calendar.ts';
import { chance, purposes } from './chance.ts';
import type { Customer } from './data.ts';
import { cutOn, energyBetween, lastRead, type Period as Metered, periodOf } from './meter.ts';
import { bookOf, partsOn, sharesOf } from './periods.ts';
import { energyOn, openedOn, seedOfCustomer } from './use.ts';

/** A billing period with where it stands in the ledger; what it came to is computed when first looked at. */
export interface Billed extends Metered {
  start: number;
  /** kWh billed before in the year. */
  before: number;
  readonly made: Made;
}

interface Made {
  usage: Usage;
  bill: Bill;
  cents: number;
}

export const centsOf = (yuan: string): number => Math.round(Number(yuan) * 100);
export const yuanOf = (cents: number): string => (cents / 100).toFixed(2);
export const kwhOf = (hundredths: number): string => (hundredths / 100).toFixed(2);

/** The day on which a month's bill is made: the first, or the day after a late reading. */
const billedOn = (customer: Customer, month: number) => periodOf(customer, month).to + 1;

/** The newest month that has a bill. */
export function lastBilled(customer: Customer, now: Date): number {
  const before = monthOf(dayOf(now)) - 1;
  return billedOn(customer, before) <= dayOf(now) ? before : before - 1;
}

/** kWh of each period of a billing period, in whole kWh that add up to it. */
function partsBetween(customer: Customer, { month, from, to, kwh }: Metered, cut?: number) {
  const shares = sharesOf(customer, bookOf(customer, month), month);
  const sums = new Map<Period, number>();
  for (let day = from; day <= to; day += 1)
    for (const [period, energy] of partsOn(customer, day, energyOn(customer, day, cut), shares))
      sums.set(period, (sums.get(period) ?? 0) + energy);
  const all = [...sums.values()].reduce((sum, each) => sum + each, 0);
  const [largest, ...others] = shares.map(({ period }) => period);
  const parts: Usage['kwh'] = {};
  let left = kwh;
  for (const period of others) {
    const part = all === 0 ? 0 : Math.min(left, Math.round((kwh * (sums.get(period) ?? 0)) / all));
    parts[period] = String(part);
    left -= part;
  }
  if (largest) parts[largest] = String(left);
  return parts;
}

function usageOf(customer: Customer, period: Metered, before: number, cut?: number): Usage {
  const { pricing, household, lowIncome, capacityKva, life } = customer;
  const opened = monthOf(openedOn(customer));
  const yearMonths = yearOf(opened) === yearOf(period.month) ? 12 - (opened % 12) : undefined;
  const book = bookOf(customer, period.month);
  const kwh = pricing === 'flat' ? { flat: String(period.kwh) } : partsBetween(customer, period, cut);
  const kvarh = book.powerFactor && life.reactive ? String(Math.round(period.kwh * life.reactive)) : undefined;
  const month = monthText(period.month);
  return { month, pricing, kwh, before: String(before), yearMonths, household, lowIncome, capacityKva, kvarh };
}

interface Ledger {
  key: string;
  bills: Billed[];
}

const ledgers = new WeakMap<Customer, Ledger>();

/** Every bill of an account up to the newest. Made once and kept: an account's past does not change while the month lasts. */
export function billsOf(customer: Customer, now: Date): Billed[] {
  const last = lastBilled(customer, now);
  const cut = cutOn(customer, now);
  const key = `${last} ${cut}`;
  const known = ledgers.get(customer);
  if (known?.key === key) return known.bills;
  const bills = makeBills(customer, last, cut);
  ledgers.set(customer, { key, bills });
  return bills;
}

function makeBills(customer: Customer, last: number, cut?: number): Billed[] {
  const bills: Billed[] = [];
  let start = 100 + Math.floor(chance(seedOfCustomer(customer), 0, purposes.reading) * 4000);
  let before = 0;
  for (let month = monthOf(openedOn(customer)); month <= last; month += 1) {
    if (month % 12 === 0) before = 0;
    const period = periodOf(customer, month, cut);
    bills.push(oneBill(customer, period, start, before, cut));
    start += period.kwh;
    before += period.kwh;
  }
  return bills;
}

function make(customer: Customer, period: Metered, before: number, cut?: number): Made {
  const usage = usageOf(customer, period, before, cut);
  const made = bill(usage, bookOf(customer, period.month));
  return { usage, bill: made, cents: centsOf(made.total) };
}

function oneBill(customer: Customer, period: Metered, start: number, before: number, cut?: number): Billed {
  let made: Made | undefined;
  return {
    ...period,
    start,
    before,
    get made() {
      made ??= make(customer, period, before, cut);
      return made;
    },
  };
}

/** What has been used since the newest bill, as it would cost now: prepaid accounts are settled by it every day. */
export function sinceBilled(customer: Customer, now: Date): number {
  const bills = billsOf(customer, now);
  const newest = bills.at(-1);
  const from = newest ? newest.to + 1 : openedOn(customer);
  const to = lastRead(customer, now);
  const cut = cutOn(customer, now);
  if (to < from) return 0;
  const month = monthOf(Math.max(from, firstDay(monthOf(to))));
  const before = newest && month % 12 !== 0 ? newest.before + newest.kwh : 0;
  const kwh = Math.round(energyBetween(customer, from, to, cut) / 100);
  const period = { month, from, to, kwh, quality: 'actual' as const };
  return make(customer, period, before, cut).cents;
}
