/** China's civil time: eight hours ahead, without summer time. Days are counted from 1970, months from the year 0. */
const dayMs = 86_400_000;
const ahead = 8 * 3_600_000;

export const dayOf = (at: Date): number => Math.floor((at.getTime() + ahead) / dayMs);
export const minuteOf = (at: Date): number => Math.floor(((at.getTime() + ahead) % dayMs) / 60_000);

const written = new Map<number, string>();
/** Kept, since the same few years are written again and again. */
export function dayText(day: number): string {
  const text = written.get(day) ?? new Date(day * dayMs).toISOString().slice(0, 10);
  written.set(day, text);
  return text;
}

export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / dayMs;
/** 0 Sunday … 6 Saturday. */
export const weekday = (day: number): number => (day + 4) % 7;
export const moment = (day: number, minute: number): Date => new Date(day * dayMs - ahead + minute * 60_000);

export const monthOf = (day: number): number => {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
export const monthNumber = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
export const yearOf = (month: number): number => Math.floor(month / 12);
export const monthText = (month: number): string => `${yearOf(month)}-${String((month % 12) + 1).padStart(2, '0')}`;
export const firstDay = (month: number): number => Date.UTC(yearOf(month), month % 12, 1) / dayMs;
export const lastDay = (month: number): number => firstDay(month + 1) - 1;

/** So many working days after a day, or before it; holidays are not looked at. */
export function workingDay(from: number, days: number): number {
  const step = Math.sign(days);
  let day = from;
  for (let left = Math.abs(days); left > 0; ) {
    day += step;
    if (weekday(day) % 6 !== 0) left -= 1;
  }
  return day;
}
