import type { NoticeSettings } from './settings.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** China has one time zone. */
const china = 8 * 60 * minute;

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** When the quiet hours that it is in now end, in milliseconds since 1970; undefined outside of them and for kinds that are exempt. */
export function quietUntil({ quiet, exempt }: NoticeSettings, kind: string, now: number): number | undefined {
  if (exempt.includes(kind)) return undefined;
  const midnight = Math.floor((now + china) / day) * day - china;
  const at = (now - midnight) / minute;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  if (from <= to) return at >= from && at < to ? midnight + to * minute : undefined;
  if (at >= from) return midnight + day + to * minute;
  return at < to ? midnight + to * minute : undefined;
}
