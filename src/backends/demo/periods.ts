import { bookFor, type Period, type PriceBook, pricesOf } from '#tariff';
import { monthText } from './calendar.ts';
import { chance, purposes } from './chance.ts';
import { type Customer, prices } from './data.ts';
import { profiles, seedOfCustomer } from './use.ts';

/** The book that a bill of a month is made by; before the first known version, the first. */
export function bookOf(customer: Customer, month: number): PriceBook {
  const { books } = prices();
  const book = bookFor(books, customer, monthText(month).concat('-01')) ?? earliest(books, customer);
  if (!book)
    throw new Error(`No price book in prices/ is for ${customer.region} ${customer.kind} ${customer.voltage}.`);
  return book;
}

function earliest(books: readonly PriceBook[], customer: Customer): PriceBook | undefined {
  const days = books.map(({ effectiveFrom }) => effectiveFrom).sort();
  return days.map((day) => bookFor(books, customer, day)).find(Boolean);
}

export interface Share {
  period: Period;
  share: number;
}

const shares = new Map<string, Share[]>();

/** How a customer's day lies in the periods of a book, the largest first. */
export function sharesOf(customer: Customer, book: PriceBook, month: number): Share[] {
  const { profile, valley } = customer.life;
  const key = `${book.id} ${month % 12} ${profile} ${valley}`;
  const known =
    shares.get(key) ?? computeShares(pricesOf(book, monthText(month)).hours, profiles[profile].hours, valley);
  shares.set(key, known);
  return known;
}

const slotOf = (clock: string) => Number(clock.slice(0, 2)) * 2 + Number(clock.slice(3)) / 30;
const isNight = (slot: number) => slot < 16 || slot >= 44;

/** By half hours; `valley` sets what lies between 22:00 and 08:00, whatever the book calls it. */
function computeShares(hours: ReturnType<typeof pricesOf>['hours'], curve: string, valley?: number): Share[] {
  const weights = Array.from({ length: 48 }, (_, slot) => Number(curve[slot >> 1]));
  const sum = (night: boolean) => weights.reduce((all, each, slot) => (isNight(slot) === night ? all + each : all), 0);
  const [day, night] = [sum(false), sum(true)];
  const target = valley ?? night / (day + night);
  const found = new Map<Period, number>();
  weights.forEach((weight, slot) => {
    const part = isNight(slot) ? (weight / night) * target : (weight / day) * (1 - target);
    const inside = hours.find(({ from, to }) => holds(slotOf(from), slotOf(to), slot));
    const period = inside?.period ?? 'flat';
    found.set(period, (found.get(period) ?? 0) + part);
  });
  return [...found].map(([period, share]) => ({ period, share })).sort((a, b) => b.share - a.share);
}

const holds = (from: number, to: number, slot: number) =>
  from < to ? slot >= from && slot < to : slot >= from || slot < to;

/** A day's energy by period, in hundredths of a kWh; the parts add up to the day. */
export function partsOn(customer: Customer, day: number, energy: number, of: readonly Share[]): Map<Period, number> {
  const parts = new Map<Period, number>();
  const luck = 1 + 0.2 * (2 * chance(seedOfCustomer(customer), day, purposes.night) - 1);
  let left = energy;
  for (const { period, share } of of.slice(1)) {
    const part = Math.min(left, Math.round(energy * share * luck));
    parts.set(period, part);
    left -= part;
  }
  const [largest] = of;
  if (largest) parts.set(largest.period, left);
  return parts;
}
