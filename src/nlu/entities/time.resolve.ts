import { DAY, dayOf, HOUR, MINUTE, monthOf, type Now, startOfDay, toIso, weekdayOf, yearOf } from './civil.ts';
import type { DateTold, Phrase } from './time.phrases.ts';
import { FEASTS } from './time.tables.ts';
import type { Moment } from './types.ts';

/** The moment on the clock, or undefined when it lies ahead or cannot be: trouble has begun before it is reported. */
export function resolve(phrase: Phrase, now: Now): Moment | undefined {
  const wall = wallOf(phrase, now);
  if (wall === undefined || wall > now.wall) return undefined;
  return { start: toIso(wall, now.offset), grain: grainOf(phrase) };
}

function grainOf(phrase: Phrase): Moment['grain'] {
  if (phrase.ago) return phrase.ago.grain;
  if (phrase.just) return 'minute';
  if (phrase.hour !== undefined) return phrase.minute === undefined ? 'hour' : 'minute';
  return phrase.part === undefined ? 'day' : 'part';
}

function wallOf(phrase: Phrase, now: Now): number | undefined {
  if (phrase.ago) return agoOf(phrase.ago, now);
  if (phrase.just) return now.wall;
  const today = startOfDay(now.wall);
  const day = phrase.date ? resolveDay(phrase.date, now.wall) : today;
  if (day === undefined) return undefined;
  if (phrase.hour !== undefined) return withHour(phrase, day, now.wall);
  if (phrase.part === undefined) return phrase.date ? day : undefined;
  return latestPast(day + phrase.part * HOUR, phrase, now.wall);
}

function agoOf(ago: NonNullable<Phrase['ago']>, now: Now): number {
  const wall = now.wall - ago.minutes * MINUTE;
  return ago.grain === 'day' ? startOfDay(wall) : wall;
}

/** Without a date «晚上» at ten in the morning was yesterday's. */
const latestPast = (wall: number, phrase: Phrase, now: number) => (!phrase.date && wall > now ? wall - DAY : wall);

/** Midnight of the day that is meant; dates without a year or month are the last ones gone by. */
export function resolveDay(told: DateTold, now: number): number | undefined {
  const today = startOfDay(now);
  if (told.kind === 'offset') return today + told.days * DAY;
  if (told.kind === 'week') {
    const back = today + (told.weekday - weekdayOf(today)) * DAY;
    return told.weeks === undefined ? (back > now ? back - 7 * DAY : back) : back + told.weeks * 7 * DAY;
  }
  if (told.kind === 'feast') return feastDay(told.name, now);
  if (told.month !== undefined) return dated(told.year, told.month, told.day, now);
  const shift = told.lastMonth || told.day > new Date(now).getUTCDate() ? 1 : 0;
  const month = monthOf(now) - shift;
  return month === 0 ? dayOf(yearOf(now) - 1, 12, told.day) : dayOf(yearOf(now), month, told.day);
}

/** The last time that the feast came round. */
function feastDay(name: string, now: number): number | undefined {
  for (const year of [yearOf(now), yearOf(now) - 1]) {
    const told = FEASTS[name]?.(year);
    const day = told === undefined ? undefined : Date.parse(`${year}-${told}T00:00:00Z`);
    if (day !== undefined && Number.isFinite(day) && day <= now)
      return name === '除夕' || name === '大年三十' ? day - DAY : day;
  }
  return undefined;
}

function dated(year: number | undefined, month: number, day: number, now: number): number | undefined {
  if (year !== undefined) return dayOf(year > 0 ? year : yearOf(now) + year, month, day);
  const thisYear = dayOf(yearOf(now), month, day);
  // A date a few weeks ahead is a plan, not last year's trouble.
  if (thisYear !== undefined && thisYear > now + 60 * DAY) return dayOf(yearOf(now) - 1, month, day);
  return thisYear;
}

function withHour(phrase: Phrase, day: number, now: number): number | undefined {
  const { hour = 0, minute = 0 } = phrase;
  if (hour > 24 || minute > 59) return undefined;
  if (phrase.part !== undefined) return pastOrUndated(day + inPart(phrase) * HOUR + minute * MINUTE, phrase, now);
  const told = day + hour * HOUR + minute * MINUTE;
  if (phrase.exact24 || hour > 12 || hour === 0) return pastOrUndated(told, phrase, now);
  const later = told + (hour === 12 ? 0 : 12 * HOUR);
  if (phrase.date && day < startOfDay(now)) return hour < 6 ? later : told;
  if (later <= now) return later;
  return told <= now || phrase.date ? told : later - DAY;
}

const pastOrUndated = (wall: number, phrase: Phrase, now: number) => (!phrase.date && wall > now ? wall - DAY : wall);

/** The hour on a 24-hour clock, past 24 where the night runs into the next day. */
function inPart(phrase: Phrase): number {
  const { hour = 0, part = 0 } = phrase;
  return hour > 12 ? hour : (IN_PART[part]?.(hour, phrase) ?? hour);
}

/** «昨晚一点» was today's small hours; «今天半夜两点» was today's as well. */
const nextDay = ({ date }: Phrase) => (date?.kind === 'offset' && date.days === 0 ? 0 : 24);

const IN_PART: Record<number, (hour: number, phrase: Phrase) => number> = {
  0: (hour, { partWord = '' }) => (hour === 12 ? 0 : hour) + (/昨晚|昨夜|前晚/.test(partWord) ? 24 : 0),
  12: (hour) => (hour < 6 ? hour + 12 : hour),
  13: (hour) => (hour === 12 ? 12 : hour + 12),
  17: (hour) => (hour === 12 ? 12 : hour + 12),
  18: (hour, phrase) => (hour === 12 ? 24 : hour < 5 ? hour + nextDay(phrase) : hour + 12),
  22: (hour, phrase) => (hour === 12 || hour < 6 ? (hour % 12) + (phrase.date ? nextDay(phrase) : 0) : hour + 12),
};
