import { dayNumber, firstDay, lastDay, monthOf, weekday } from './calendar.ts';
import { chance, purposes, seedOf } from './chance.ts';
import type { Customer, Life } from './data.ts';

/** How much of the year's mean each month takes, January first. */
const seasons = {
  hangzhou: [1.35, 1.2, 0.9, 0.75, 0.78, 1.02, 1.6, 1.65, 1.15, 0.78, 0.82, 1.2],
  guangzhou: [0.75, 0.72, 0.75, 0.9, 1.15, 1.4, 1.6, 1.6, 1.4, 1.1, 0.85, 0.75],
  work: [1.05, 0.75, 1, 0.95, 0.95, 1.08, 1.25, 1.25, 1.05, 0.95, 0.95, 1.05],
  fields: [0.25, 0.3, 0.7, 1, 1.1, 1.3, 2.3, 2.5, 1.4, 0.8, 0.5, 0.3],
  even: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
};

interface Profile {
  season: keyof typeof seasons;
  /** How the day's energy lies in its hours, midnight first. */
  hours: string;
  /** Saturdays and Sundays against working days. */
  weekend: number;
  /** How far a day may lie from the mean. */
  spread: number;
}

const evening = '443334566654666666789987';
export const profiles: Record<Life['profile'], Profile> = {
  family: { season: 'hangzhou', hours: evening, weekend: 1.14, spread: 0.22 },
  couple: { season: 'hangzhou', hours: evening, weekend: 1.1, spread: 0.24 },
  single: { season: 'hangzhou', hours: evening, weekend: 1.05, spread: 0.3 },
  elderly: { season: 'hangzhou', hours: '222235776667666667775432', weekend: 1, spread: 0.15 },
  ev: { season: 'even', hours: '999885200000000000001479', weekend: 0.9, spread: 0.95 },
  shop: { season: 'work', hours: '444444567788887788998765', weekend: 1.08, spread: 0.1 },
  restaurant: { season: 'work', hours: '222222234588853346999852', weekend: 1.2, spread: 0.15 },
  factory: { season: 'work', hours: '333333358999699997443333', weekend: 0.45, spread: 0.08 },
  farm: { season: 'fields', hours: '333355777777777777654333', weekend: 1, spread: 0.4 },
  shared: { season: 'work', hours: '333346777777767777765433', weekend: 1, spread: 0.08 },
};

const known = new Map<readonly number[], Map<number, number>>();

function seasonAt(curve: readonly number[], day: number): number {
  let days = known.get(curve);
  if (!days) {
    days = new Map();
    known.set(curve, days);
  }
  let factor = days.get(day);
  if (factor === undefined) {
    factor = seasonOf(curve, day);
    days.set(day, factor);
  }
  return factor;
}

/** Between the middles of the months the season moves in a straight line. */
function seasonOf(curve: readonly number[], day: number): number {
  const month = monthOf(day);
  const middle = (firstDay(month) + lastDay(month)) / 2;
  const other = day < middle ? month - 1 : month + 1;
  const away = Math.abs(day - middle) / 30.5;
  return curve[month % 12]! * (1 - away) + curve[((other % 12) + 12) % 12]! * away;
}

/** Customers were here before the demo's histories begin, unless told otherwise; those who pay ahead got their meters later. */
const beginning = { postpaid: dayNumber('2022-01-01'), prepaid: dayNumber('2024-05-01') };
export const openedOn = ({ life, paying }: Customer): number =>
  life.since ? dayNumber(life.since) : beginning[paying];

const seeds = new WeakMap<Customer, number>();
export function seedOfCustomer(customer: Customer): number {
  let seed = seeds.get(customer);
  if (seed === undefined) {
    seed = seedOf(customer.number);
    seeds.set(customer, seed);
  }
  return seed;
}

const growths = new WeakMap<Life, number>();
function grown(life: Life, day: number): number {
  if (!life.growth) return 1;
  let from = growths.get(life);
  if (from === undefined) {
    from = dayNumber(life.growth.from);
    growths.set(life, from);
  }
  return day < from ? 1 : life.growth.times;
}

/** What really went through the meter on a day, in hundredths of a kWh. */
export function energyOn(customer: Customer, day: number, cutOn = Number.POSITIVE_INFINITY): number {
  if (day < openedOn(customer) || day >= cutOn) return 0;
  const { life, region } = customer;
  const { season, weekend, spread } = profiles[life.profile];
  const curve = seasons[season === 'hangzhou' && region === '广东' ? 'guangzhou' : season];
  const free = weekday(day) % 6 === 0 ? weekend : 1;
  const luck = 1 + spread * (2 * chance(seedOfCustomer(customer), day, purposes.energy) - 1);
  return Math.round(life.daily * 100 * seasonAt(curve, day) * free * luck * grown(life, day));
}
