import type { Application, Outage } from '../port.ts';
import { dayOf, dayText, moment, workingDay } from './calendar.ts';
import { inProgress, type PlannedOutage, plannedOutages } from './data.ts';

const minute = 60_000;
const minutesIn = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function times({ minutes, day = 0, hours = ['08:00', '17:00'] }: PlannedOutage, now: Date): [Date, Date | undefined] {
  if (!minutes) {
    const from = dayOf(now) + day;
    return [moment(from, minutesIn(hours[0])), moment(from, minutesIn(hours[1]))];
  }
  const half = Math.floor(now.getTime() / (30 * minute)) * 30 * minute;
  const [start, end] = minutes;
  return [new Date(half + start * minute), end === undefined ? undefined : new Date(half + end * minute)];
}

/** The outages that touch a transformer area. */
export function outagesIn(area: string | undefined, now: Date): Outage[] {
  return plannedOutages()
    .filter(({ areas }) => area !== undefined && areas.includes(area))
    .map((planned) => {
      const { id, kind, where, cause, stage } = planned;
      const [start, end] = times(planned, now);
      return { id, kind, where, cause, stage, startsAt: start.toISOString(), endsAt: end?.toISOString() };
    });
}

/** Applications of an account; their days go with the clock, so that one under way is always under way. */
export function applicationsOf(account: string, now: Date): Application[] {
  const today = dayOf(now);
  return inProgress()
    .filter((each) => each.account === account)
    .map(({ number, intent, name, steps, customerMust }) => ({
      number,
      intent,
      name,
      steps: steps.map(([step, days]) => {
        const planned = dayText(workingDay(today, days));
        return days <= 0 ? { name: step, planned, done: planned } : { name: step, planned };
      }),
      customerMust,
    }));
}
