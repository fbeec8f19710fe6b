import type { Texts } from './texts.ts';

/** How this language writes days and times; 24 hours, as timetables and notices do. */
export function openCalendar(locale: string, texts: Texts) {
  const safe = Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0 ? locale : 'zh-CN';
  const time = new Intl.DateTimeFormat(safe, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(safe, { month: 'long', day: 'numeric', weekday: 'short' });
  const dayOf = (at: number) => new Date(at).toDateString();
  return {
    time: (at: number) => time.format(at),
    sameDay: (one: number, other: number) => dayOf(one) === dayOf(other),
    sameMinute: (one: number, other: number) => Math.floor(one / 60_000) === Math.floor(other / 60_000),
    day(at: number, now: number) {
      if (dayOf(at) === dayOf(now)) return texts.today;
      return dayOf(at) === dayOf(now - 86_400_000) ? texts.yesterday : day.format(at);
    },
  };
}

export type Calendar = ReturnType<typeof openCalendar>;
