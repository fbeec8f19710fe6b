import type { BilledMonth, DailyUse } from '../port.ts';
import { dayOf, firstDay, lastDay, minuteOf, moment, monthOf, monthText } from './calendar.ts';
import { chance, purposes } from './chance.ts';
import type { Customer, Life } from './data.ts';
import { energyOn, openedOn, seedOfCustomer } from './use.ts';

/** A day's record before it is written as the port has it; energy in hundredths of a kWh, absent where it is missing. */
export interface DayRecord {
  day: number;
  energy?: number;
  quality: DailyUse['quality'];
}

const counts = (months: Life['late'], month: number): boolean => {
  const text = monthText(month);
  return months.some((each) => each === text || each === text.slice(5));
};

const readingsAt = 360;

/** The newest day of which the utility has the reading: they come in at six in the morning, those of some meters a day late. */
export function lastRead({ life }: Customer, now: Date): number {
  return dayOf(now) - (minuteOf(now) < readingsAt ? 2 : 1) - (life.slow ? 1 : 0);
}

/** When it came in. */
export const readAt = (customer: Customer, now: Date): Date =>
  moment(lastRead(customer, now) + (customer.life.slow ? 2 : 1), readingsAt);

/** Someone in arrears was cut off on the last eighteenth at ten in the morning; that day counts as dark. */
export function cutOn(customer: Customer, now: Date): number | undefined {
  if (customer.supply === 'on') return undefined;
  const today = dayOf(now);
  const eighteenth = firstDay(monthOf(today)) + 17;
  return eighteenth < today ? eighteenth : firstDay(monthOf(today) - 1) + 17;
}

/** What the utility's system has of a day. Only what was read there is told; nothing is filled in silently. */
export function recordOf(customer: Customer, day: number, cut?: number): DayRecord {
  const { life } = customer;
  const energy = energyOn(customer, day, cut);
  const luck = chance(seedOfCustomer(customer), day, purposes.gap);
  if (life.byHand) return luck < 0.3 ? { day, energy, quality: 'M' } : { day, quality: '-' };
  const stuck = stuckOn(customer, day, cut);
  if (stuck) return stuck;
  if (estimatedEnd(life, day)) return { day, energy: usual(customer, day, cut), quality: 'E' };
  if (luck >= life.gaps) return { day, energy, quality: 'A' };
  return luck < life.gaps / 3 ? { day, energy: usual(customer, day, cut), quality: 'E' } : { day, quality: '-' };
}

/** An estimate is the mean of the days before and after. */
const usual = (customer: Customer, day: number, cut?: number) =>
  Math.round((energyOn(customer, day - 1, cut) + energyOn(customer, day + 1, cut)) / 2);

/** The last three days of a month whose end was not read. */
function estimatedEnd(life: Life, day: number): boolean {
  if (life.estimated.length === 0) return false;
  const month = monthOf(day);
  return day > lastDay(month) - 3 && counts(life.estimated, month);
}

/** A meter that stands still for days shows the same reading, then jumps by all of them. */
function stuckOn(customer: Customer, day: number, cut?: number): DayRecord | undefined {
  const { stuck } = customer.life;
  if (!stuck) return undefined;
  const month = monthOf(day);
  if (!stuck.months.includes((month % 12) + 1)) return undefined;
  const inMonth = day - firstDay(month) + 1;
  if (inMonth < stuck.from || inMonth > stuck.to + 1) return undefined;
  if (inMonth <= stuck.to) return { day, energy: 0, quality: 'S' };
  let jump = 0;
  for (let back = day - (stuck.to - stuck.from) - 1; back <= day; back += 1) jump += energyOn(customer, back, cut);
  return { day, energy: jump, quality: 'S' };
}

export interface Period {
  month: number;
  from: number;
  to: number;
  kwh: number;
  quality: BilledMonth['quality'];
}

const lateBy = 5;
const endOf = (life: Life, month: number) => lastDay(month) + (counts(life.late, month) ? lateBy : 0);

export function energyBetween(customer: Customer, from: number, to: number, cut?: number): number {
  let sum = 0;
  for (let day = from; day <= to; day += 1) sum += energyOn(customer, day, cut);
  return sum;
}

/** Whole kWh that an estimated end reading lies above the true one; the next month has them less. */
function overestimate(customer: Customer, month: number, cut?: number): number {
  if (!counts(customer.life.estimated, month)) return 0;
  return Math.round((energyBetween(customer, firstDay(month), lastDay(month), cut) * 0.3) / 100);
}

/** A billing period by itself: from the end reading before to its own, in whole kWh as the register shows. */
export function periodOf(customer: Customer, month: number, cut?: number): Period {
  const from = Math.max(openedOn(customer), endOf(customer.life, month - 1) + 1);
  const to = endOf(customer.life, month);
  const over = overestimate(customer, month, cut);
  const kwh = Math.round(energyBetween(customer, from, to, cut) / 100) + over - overestimate(customer, month - 1, cut);
  return { month, from, to, kwh: Math.max(0, kwh), quality: over > 0 ? 'estimated' : 'actual' };
}
