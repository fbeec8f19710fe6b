import { badRequest } from '#errors';

const day = 86_400_000;

/** Days since 1970 of «2026-11-23»; days of the calendar, so that no time zone can move them. */
export function dayNumber(text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at) || dayText(at / day) !== text)
    throw badRequest(`«${text}» is no day.`, 'Give a day like "2026-11-23".', 'NoDay');
  return at / day;
}

export const dayText = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

/** The last day of the year or month in which a day lies. */
export function lastDay(text: string, of: 'year' | 'month'): number {
  const [year, month] = text.split('-').map(Number) as [number, number];
  return (of === 'year' ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)) / day - 1;
}
