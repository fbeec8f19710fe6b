import type { OrderType, WorkOrder } from '#wire';
import { workingDay } from './calendar.ts';

/**
 * How soon the crew is there and the supply is back, as averages that a utility promises («一般为»): 国家电网供电服务十项承诺, as published
 * by Yantai city government, 2023-12-08. A utility of another operator sets its own here.
 */
export const promises = {
  urban: { arriveMinutes: 45, restoreHours: 3 },
  rural: { arriveMinutes: 90, restoreHours: 4 },
  remote: { arriveMinutes: 120, restoreHours: 4 },
} as const;

export type Setting = keyof typeof promises;

const village =
  /[镇乡屯寨]|牧场|林场|(?<![新一二三四五六七八九十])村(?!路|街|西路|东路)|[\d一二三四五六七八九十](?:村民)?[组队](?![\u4e00-\u9fff])/;

/** Where no directory knows a place: a village gets the promise of the country, never the shorter one of the city. */
export const settingOf = (address = ''): Setting => (village.test(address) ? 'rural' : 'urban');

/**
 * Working days to the answer: service, dispute and complaint 5 (十项承诺, as above; 95598 business rules), reports of theft and
 * suggestions 10 (95598 business rules). The rest is 24 hours: 欠费复电 and 电器损坏核损 on site (95598 exam bank).
 */
const answerDays: Partial<Record<OrderType, number>> = {
  service: 5,
  dispute: 5,
  complaint: 5,
  theft: 10,
  feedback: 10,
};
const withinADay: ReadonlySet<string> = new Set(['supply.reconnect', 'claim.damage']);
const day = 86_400_000;

/** The promise of an order: a crew's arrival, or the day of an answer («2026-12-01»). */
export function promised(
  type: OrderType,
  intent: string,
  setting: Setting,
  now: Date,
): Pick<WorkOrder, 'arriveBy' | 'answerBy'> {
  if (type === 'fault' || type === 'hazard')
    return { arriveBy: new Date(now.getTime() + promises[setting].arriveMinutes * 60_000).toISOString() };
  const days = withinADay.has(intent) ? undefined : answerDays[type];
  return { answerBy: days ? workingDay(now, days) : workingDay(new Date(now.getTime() + day), 0) };
}
