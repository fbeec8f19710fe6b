import { useSyncExternalStore } from 'react';
import type { WorkOrder } from '#wire';
import { texts } from './texts.ts';

// The utility's clock, whatever the clock of the machine at the desk says.
const zone = { timeZone: 'Asia/Shanghai', hourCycle: 'h23' } as const;
const minute = new Intl.DateTimeFormat('zh-CN', {
  ...zone,
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const clock = new Intl.DateTimeFormat('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('zh-CN', { ...zone, month: 'long', day: 'numeric' });
const hour = new Intl.DateTimeFormat('zh-CN', { ...zone, month: 'long', day: 'numeric', hour: 'numeric' });
const part = new Intl.DateTimeFormat('zh-CN', { ...zone, hour: 'numeric', dayPeriod: 'long', hour12: true });

export const clockTime = (iso: string) => clock.format(new Date(iso));
export const isToday = (iso: string, now: number) => day.format(new Date(iso)) === day.format(now);
/** Within today the day says nothing. */
export const shortTime = (iso: string, now: number) =>
  isToday(iso, now) ? clockTime(iso) : minute.format(new Date(iso));
export const fullTime = (iso: string) => minute.format(new Date(iso));

/** A day without a time, «2026-12-01». */
export const dayText = (date: string) => day.format(new Date(`${date}T00:00:00+08:00`));

/** As exactly as the customer said it: «昨晚» must not become 18:00. */
export function startedText({ startedAt, startedGrain }: WorkOrder): string | undefined {
  if (!startedAt) return undefined;
  const at = new Date(startedAt);
  if (startedGrain === 'day') return day.format(at);
  if (startedGrain === 'part') return `${day.format(at)}${part.format(at).replace(/\d+时?/, '')}`;
  return startedGrain === 'hour' ? `${hour.format(at)}${texts.around}` : minute.format(at);
}

export function spanText(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes < 60) return texts.span.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return texts.span.hours(hours, minutes % 60);
  return texts.span.days(Math.floor(hours / 24), hours % 24);
}

export function agoText(iso: string, now: number): string {
  const passed = now - Date.parse(iso);
  return passed < 60_000 ? texts.span.now : texts.span.ago(spanText(passed));
}

const step = 5_000;
const watchers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  ticking ??= setInterval(() => {
    for (const each of watchers) each();
  }, step);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

/** The time, for clocks on the page: one timer for all of them. */
export const useNow = () => useSyncExternalStore(watch, () => Math.floor(Date.now() / step) * step);
