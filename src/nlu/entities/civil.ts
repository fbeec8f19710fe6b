/** Wall-clock arithmetic in the zone that `now` is written in; China has no daylight saving, so an offset is enough. */
export interface Now {
  /** Milliseconds as if the wall clock were UTC. */
  wall: number;
  offset: string;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const CHINA = '+08:00';

/** Undefined when it is no date: the readers then find no times, and everything else as ever. */
export function parseNow(now: Date | string): Now | undefined {
  const epoch = typeof now === 'string' ? Date.parse(now) : now.getTime();
  if (!Number.isFinite(epoch)) return undefined;
  const offset = typeof now === 'string' ? offsetOf(now) : CHINA;
  return { wall: epoch + minutesOf(offset) * MINUTE, offset };
}

function offsetOf(iso: string): string {
  if (/z$/i.test(iso)) return '+00:00';
  const match = /([+-]\d{2}):?(\d{2})$/.exec(iso);
  return match ? `${match[1]}:${match[2]}` : CHINA;
}

function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}

export const toIso = (wall: number, offset: string) => `${new Date(wall).toISOString().slice(0, 19)}${offset}`;
export const startOfDay = (wall: number) => Math.floor(wall / DAY) * DAY;
/** Monday is 1, Sunday 7. */
export const weekdayOf = (wall: number) => new Date(wall).getUTCDay() || 7;
export const yearOf = (wall: number) => new Date(wall).getUTCFullYear();
/** 1 to 12. */
export const monthOf = (wall: number) => new Date(wall).getUTCMonth() + 1;

/** Undefined for the 31st of June. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  const wall = Date.UTC(year, month - 1, day);
  const date = new Date(wall);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? wall : undefined;
}
