import type { DailyUse, DailyUses, Neighbours } from '../port.ts';
import { billsOf, kwhOf, lastBilled } from './bills.ts';
import { dayNumber, dayOf, dayText, firstDay, monthNumber, monthOf, monthText } from './calendar.ts';
import type { Customer } from './data.ts';
import { cutOn, type DayRecord, lastRead, periodOf, readAt, recordOf } from './meter.ts';
import { bookOf, partsOn, sharesOf } from './periods.ts';
import { openedOn } from './use.ts';

/** How far back the utility keeps daily readings. */
export const keptMonths = 24;

function shown(customer: Customer, { day, energy, quality }: DayRecord): DailyUse {
  if (energy === undefined) return { day: dayText(day), quality };
  const use = { day: dayText(day), kwh: kwhOf(energy), quality };
  if (customer.pricing === 'flat') return use;
  const month = monthOf(day);
  const parts = partsOn(customer, day, energy, sharesOf(customer, bookOf(customer, month), month));
  const of = (...periods: Parameters<typeof parts.get>[0][]) =>
    kwhOf(periods.reduce((sum, period) => sum + (parts.get(period) ?? 0), 0));
  return { ...use, peak: of('peak', 'sharp'), valley: of('valley', 'deep_valley') };
}

export function dailyOf(customer: Customer, from: string, to: string, now: Date): DailyUses {
  const first = Math.max(dayNumber(from), firstDay(monthOf(dayOf(now)) - keptMonths), openedOn(customer));
  const last = Math.min(dayNumber(to), lastRead(customer, now));
  const cut = cutOn(customer, now);
  const days: DailyUse[] = [];
  for (let day = first; day <= last; day += 1) days.push(shown(customer, recordOf(customer, day, cut)));
  return { asOf: readAt(customer, now).toISOString(), number: customer.number, days };
}

function median(sorted: readonly number[]): string {
  const half = sorted.length >> 1;
  return String(sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1]! + sorted[half]!) / 2);
}

/** Below so many homes a median would tell too much of each. */
const enough = 20;

const comparable = ({ kind, supply, life }: Customer) => kind === 'residential' && supply === 'on' && !life.since;

/** Other homes of the same transformer area; each billing period is made by itself, so that no whole history is needed. */
export function neighboursOf(customer: Customer, all: Iterable<Customer>, month: string, now: Date): Neighbours {
  const wanted = monthNumber(month);
  const others = [...all].filter((each) => each !== customer && each.area === customer.area && comparable(each));
  const billed = wanted <= lastBilled(customer, now) && billsOf(customer, now).some((each) => each.month === wanted);
  const answer = { asOf: now.toISOString(), month: monthText(wanted), homes: others.length };
  if (others.length < enough || !billed) return answer;
  const kwh = others.map((each) => periodOf(each, wanted).kwh).sort((one, other) => one - other);
  return { ...answer, median: median(kwh) };
}
