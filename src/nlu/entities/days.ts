import { DAY, type Now, parseNow, startOfDay, weekdayOf } from './civil.ts';
import { inChinesePhrases } from './english/phrases.ts';
import { bounded, fold } from './fold.ts';
import { parseNumber } from './numerals.ts';
import { timePhrases } from './time.phrases.ts';
import { resolve } from './time.resolve.ts';
import type { Period } from './types.ts';

const COUNTED =
  /(?:最近|近|这|过去|前|头)(?<count>[一二两三四五六七八九十几]{1,3}|\d{1,2})(?<unit>天|日|周|个?星期|个?礼拜)/;
const WEEK = /(?<which>上上个?|上个?|这个?|本|这一)(?:整个)?(?:周|星期|礼拜)(?![一二三四五六日天末1-7])/;
const AND = /^(?:那天)?(?:的)?[ ]?(?:跟|和|与|、|还有|以及)[ ]?$/;
const TO = /^(?:那天|那日|当天)?(?:开始|起)?(?:一直)?[ ]?(?:到|至|-|~|—|～)+[ ]?$/;

/** The days of a use of energy that the message names, both included: «昨天», «上周», «最近三天», «7月1号到15号». */
export function readDays(text: string, now: Date | string): Period | undefined {
  const clock = parseNow(now);
  const folded = inChinesePhrases(fold(bounded(text)));
  return clock && (counted(folded, clock) ?? week(folded, clock) ?? named(folded, clock));
}

const written = (wall: number) => new Date(wall).toISOString().slice(0, 10);
const daysBack = (first: number, last: number, { wall }: Now): Period => ({
  from: written(startOfDay(wall) - first * DAY),
  to: written(startOfDay(wall) - last * DAY),
});

/** Today is not read yet: the last days are those up to yesterday. */
function counted(text: string, now: Now): Period | undefined {
  const groups = COUNTED.exec(text)?.groups;
  if (!groups) return undefined;
  const count = groups.count === '几' ? 7 : (parseNumber(groups.count!) ?? 0);
  const days = /天|日/.test(groups.unit!) ? count : count * 7;
  return days > 0 && days <= 62 ? daysBack(days, 1, now) : undefined;
}

function week(text: string, now: Now): Period | undefined {
  const which = WEEK.exec(text)?.groups?.which;
  if (!which) return undefined;
  const monday = weekdayOf(now.wall) - 1;
  const back = which.startsWith('上上') ? 14 : which.startsWith('上') ? 7 : 0;
  return daysBack(monday + back, back === 0 ? 0 : monday + back - 6, now);
}

function named(text: string, now: Now): Period | undefined {
  const told = timePhrases(text).filter(({ date, ago }) => date !== undefined || ago?.grain === 'day');
  const [first, second] = told;
  const from = first && resolve(first, now)?.start.slice(0, 10);
  if (!first || !from || from > written(now.wall)) return undefined;
  const between = second && text.slice(first.end, second.start);
  if (second && between !== undefined && AND.test(between)) return both(from, resolve(second, now)?.start.slice(0, 10));
  const to =
    second && between !== undefined && TO.test(between)
      ? resolve(second, now)?.start.slice(0, 10)
      : sameMonth(text.slice(first.end), from);
  return { from, to: to !== undefined && to >= from ? to : from };
}

/** «昨天和前天»: the one that is named first may be the later. */
const both = (one: string, other = one): Period => (one < other ? { from: one, to: other } : { from: other, to: one });

/** «11月1号到15号»: the second has the month of the first. */
function sameMonth(rest: string, from: string): string | undefined {
  const day = parseNumber(/^(?:到|至|-|~|—|～)+(\d{1,2}|[二三]?十?[一二三四五六七八九十])[日号]/.exec(rest)?.[1] ?? '');
  return day === undefined || day > 31 ? undefined : `${from.slice(0, 8)}${String(day).padStart(2, '0')}`;
}
