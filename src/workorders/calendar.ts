const hours8 = 8 * 3_600_000;
const day = 86_400_000;

/**
 * Statutory holidays and the weekend days worked in exchange (调休), by the State Council's notice for 2026 of 2025-11-04. A year
 * that is not listed has plain weekends; add each year's notice when it is published.
 */
const daysOff = new Set([
  ...range('2026-01-01', 3),
  ...range('2026-02-15', 9),
  ...range('2026-04-04', 3),
  ...range('2026-05-01', 5),
  ...range('2026-06-19', 3),
  ...range('2026-09-25', 3),
  ...range('2026-10-01', 7),
]);
const daysWorked = new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);

function range(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * day).toISOString().slice(0, 10));
}

function isWorked(date: string): boolean {
  if (daysWorked.has(date)) return true;
  const weekday = new Date(date).getUTCDay();
  return !daysOff.has(date) && weekday !== 0 && weekday !== 6;
}

/** The date in China `count` working days after today; with 0 the very day, working or not. */
export function workingDay(now: Date, count: number): string {
  let at = now.getTime() + hours8;
  for (let left = count; left > 0; ) {
    at += day;
    if (isWorked(new Date(at).toISOString().slice(0, 10))) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}
