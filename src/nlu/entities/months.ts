import { clauseOf } from './choose.ts';
import { monthOf, type Now, parseNow, yearOf } from './civil.ts';
import { inChinesePhrases, lengthOf } from './english/phrases.ts';
import { bounded, fold } from './fold.ts';
import { GOES_ON, type MonthsTold, monthsTold } from './months.phrases.ts';
import type { Period } from './types.ts';

const BILLING =
  /电费|账单|帐单|用电|用了|电量|度|账|单子|发票|开票|专票|普票|飞票|电票|点费|电飞|电废|[^免]费|扣|花|收(?:我|了|费)|欠|多少|抄|块|元|钱|余额|结清|贵|明细|对账|读数|电字|个字|[\d]{2,}(?! ?k|千|万)|[一二两三四五六七八九]百|缴|交/;
/** Words that nothing but a bill or usage has. */
const SURELY =
  /电费|账单|帐单|用电|电量|度|发票|开票|专票|普票|点费|电飞|电废|个字|阶梯|[一二三第几][档挡]|电钱|用(?:了|掉|过|去)?[^，。]{0,5}电(?![话梯视器脑表工])/;
const NO_BILLING =
  /停(?:了)?(?:[一二两三四五六七八九十\d]+)?(?:次|回|电)|没电|断电|检修|申请|装(?:的|了|好)|搬|报(?:修|装|停)|涨价|调价|上调|下调|电价|(?:起|开始)(?:涨|调|执行)|办(?:了|的|过)|过户|签|结婚|出生|买的|投诉|跳闸|坏|短路|接地|炸/;
const OTHER_MATTERS = /暖气|水费|燃气|煤气|话费|套餐|退休金|工资|玉米|宽带|养老|清明|物业费|保险|股票|苹果/;
/** «查一下这个月的», «看看九月的»: what else but the bill. */
const LOOKED_UP = /查|看|调|发|打印|给我|我要/;
const NOTHING_MORE = /^的(?:吧|呗|呀|啊|好吗|可以吗|行吗|谢谢|麻烦了?)?$/;
/** «我说的是十月份，不是九月份»: nothing but which month. */
const PUT_RIGHT = /不是|不对|错了/;
const ONLY_MONTHS = /^(?:[\d一二三四五六七八九十]{1,3}月份?|今年|去年|[我说的是要查问不对错了应该哦啊，,。!、 ])*$/;
const REACH = 18;
const LONGEST_ANSWER = 16;

/** The months of a bill or of usage that the message is about; of two that are compared, the one complained of. */
export function readMonth(folded: string, now: Now): Period | undefined {
  const text = inChinesePhrases(folded);
  const current = yearOf(now.wall) * 12 + monthOf(now.wall) - 1;
  const found = monthsTold(text, current).filter((one) => one.from <= current && isBilling(text, one));
  const chosen = pick(spansOf(found, text), text);
  return chosen && { from: written(chosen.from), to: written(Math.min(chosen.to, current)) };
}

/** The months that a short message names, whether or not it talks of bills: «那四月呢», where a bill is what was talked of. */
export function readMonthAnswer(message: string, now: Date | string): Period | undefined {
  const clock = parseNow(now);
  const text = inChinesePhrases(fold(bounded(message)));
  if (!clock || lengthOf(text) > LONGEST_ANSWER) return undefined;
  const current = yearOf(clock.wall) * 12 + monthOf(clock.wall) - 1;
  const past = monthsTold(text, current).filter((one) => one.from <= current && !isCompared(one, text));
  const chosen = pick(spansOf(past, text), text);
  return chosen && { from: written(chosen.from), to: written(Math.min(chosen.to, current)) };
}

/** «比去年贵»: what it is held against is not what it is about. */
const isCompared = ({ start }: MonthsTold, text: string) => /(?:比|相比|对比)$/.test(text.slice(0, start));

const written = (count: number) => `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;

const isAllThatIsAsked = (text: string, before: string, after: string) =>
  (NOTHING_MORE.test(after) && LOOKED_UP.test(before)) || (PUT_RIGHT.test(text) && ONLY_MONTHS.test(text));

function isBilling(text: string, one: MonthsTold): boolean {
  const { before, after } = clauseOf(text, one, REACH);
  const near = before + text.slice(one.start, one.end) + after;
  if (OTHER_MATTERS.test(text) && !SURELY.test(near)) return false;
  if (isAllThatIsAsked(text, before, after)) return true;
  if (/^(?:份)?(?:起|以后|之后|开始|前|之前|底|初)/.test(after) && !/用|度|账单|电费/.test(after)) return false;
  if (one.to - one.from >= 11) return SURELY.test(near) && !NO_BILLING.test(after.slice(0, 8));
  if (NO_BILLING.test(after.slice(0, 10)) || (NO_BILLING.test(before) && !BILLING.test(after))) return false;
  if (BILLING.test(after) || BILLING.test(before)) return true;
  const around = text.slice(Math.max(0, one.start - 14), one.start) + text.slice(one.end, one.end + 30);
  return SURELY.test(text) && !NO_BILLING.test(around) && BILLING.test(around);
}

/** «9月 10月 11月», «7月和8月», «去年十二月到今年二月» are one period. */
function spansOf(found: readonly MonthsTold[], text: string): MonthsTold[] {
  const spans: MonthsTold[] = [];
  for (const one of found) {
    const last = spans.at(-1);
    if (last && isOnePeriod(last, one, betweenOf(text, last.end, one.start))) {
      last.from = Math.min(last.from, one.from);
      last.to = Math.max(last.to, one.to);
      last.end = one.end;
    } else spans.push({ ...one });
  }
  return spans;
}

/** «四季度的电费和一季度的电费一共»: summed, they are one. */
const betweenOf = (text: string, from: number, to: number) =>
  /合计|一共|总共|加起来|加一起|总和/.test(text)
    ? text.slice(from, to).replace(/^的?(?:电费|用电量?|电量)/, '')
    : text.slice(from, to);

/** «七月到八月这两个月» says it twice; of «去年三季度和今年三季度» each is its own. */
function isOnePeriod(last: MonthsTold, next: MonthsTold, between: string): boolean {
  if (!GOES_ON.test(between) || next.to < last.from) return false;
  if (between === '' && next.from !== last.to + 1) return false;
  return /[到至~-]/.test(between) || next.from - last.to <= 1;
}

function pick(spans: readonly MonthsTold[], text: string): MonthsTold | undefined {
  const [first] = spans;
  if (!first || spans.length === 1) return first;
  const unlike = spans.filter(
    (one) => !/(?:比|跟|和|与|像|同|不是|不要)(?:起|着|的是)?$/.test(text.slice(Math.max(0, one.start - 3), one.start)),
  );
  const rest = unlike.length > 0 ? unlike : [first];
  const turn = text.search(/不对|不是|说错|更正|打错|哦不|啊不|噢不|错了|口误|改成/);
  const later = turn < 0 ? undefined : rest.find((one) => one.start > turn);
  // «上月70这月270»: what is complained of stands last and is the newer one.
  const newest = rest.reduce((best, one) => (one.to > best.to ? one : best));
  return later ?? (/[\d块元度百千]/.test(text.slice(rest[0]!.end, rest[0]!.end + 8)) ? newest : rest[0]);
}
