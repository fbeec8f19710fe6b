import type { Period } from '#nlu';
import { localMonth, monthAfter } from './show.ts';
import type { Slot } from './slot.ts';

/** «去年这个时候» names no whole year, and nothing but what it is counted from. */
export const isShift = /去年的?(?:同|这)|\bsame (?:month|time|period) last year\b/i;
const before = /再(?:上个?月|往前|前一个?月|早一个月)|往前一个月|前一个月|\bmonth before\b/i;

type Shift = 'year_ago' | 'before';

/** Months told by how far they are from those that the last answer was about: «再上个月呢», «去年同期». */
export const shift = (): Slot<Shift> => ({
  asking: 'never',
  read: ({ text }) => (isShift.test(text) ? 'year_ago' : before.test(text) ? 'before' : undefined),
});

/** «跟去年六月比呢» names what the months of before are held against. */
export const isBeside = /(?:跟|和|与|同).{1,12}(?:比|差多少|差几)|相比|对比|\bcompared? (?:to|with)\b/i;

/** The months meant, where they are so told: `held` are those of the last answer; a whole year is one that only seemed to be named. */
export function shifted(how: Shift | undefined, held: Period | undefined, now: Date) {
  const known =
    held && !(how === 'year_ago' && held.from.endsWith('-01') && held.to.endsWith('-12')) ? held : undefined;
  if (how === 'year_ago') {
    const { from, to } = known ?? { from: localMonth(now), to: localMonth(now) };
    return { from: monthAfter(from, -12), to: monthAfter(to, -12) };
  }
  const earlier = monthAfter(known?.from ?? localMonth(now, -1), -1);
  return how === 'before' ? { from: earlier, to: earlier } : held;
}
