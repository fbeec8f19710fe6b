import { beside, choose, isDenied } from './choose.ts';
import { parseNumber } from './numerals.ts';
import type { Span } from './types.ts';

export interface Quantity extends Span {
  value: number;
}

const NUMBER =
  /(?<![\d.a-z零〇一二两三四五六七八九十百千万])(?:\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,6})?)(?:[万千百]\d{0,3})?(?![\d])|(?<![零〇一二两三四五六七八九十百千万点\d])[零〇一二两俩三四五六七八九十百千万廿]{1,10}(?:点[零〇一二三四五六七八九]{1,6})?/g;

const MOST = 60;

/** All numbers with their values; what follows and goes before them tells what they count. */
export function numbersIn(text: string): Quantity[] {
  const found: Quantity[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const value = parseNumber(firstOfTwo(match[0]));
    if (value !== undefined) found.push({ start: match.index, end: match.index + match[0].length, value });
    if (found.length >= MOST) break;
  }
  return found;
}

/** «五六千瓦» begins at five. */
export const firstOfTwo = (word: string) => (NEIGHBOURS.test(word) ? word[0] + word.slice(2) : word);
const NEIGHBOURS = /^(?:一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)[百千万]?$/;

/** «从30增到50», «上月70这月270»: where something changed, what it became counts. */
export const TARGET_BEFORE =
  /(?:到|至|成|为|→|->|=>|-->|变|改|升|换|涨到|增到|加到|升到|降到|减到|现在|这个?月|今个月|今年|本月|这次|想要|要|应该是|应是|实际|一共|总共|合计|共|总计|加起来|算|抄成?)(?:了|的|是|给我|成|用了|又|出|收|扣|花|交|一下子|突然|竟然|居然|报|装|给我|我|变成|就|直接|要|三相(?:四线制?|电)?|单相电?|动力电?|\s|:)*$/;
const ORIGIN_BEFORE =
  /(?:原来|原先|原|从|由|现有|现在(?:是|只有|的)|目前|上个?月|上月|去年|以前|之前|平时|往常|本来|也就|顶多|正常|往年|才)(?:的|是|才|都|只|只有|就|用了|大概|一般|,|，|\s)*$/;

/** What it was or usually is: «平时一百来块». */
export const isOrigin = (one: Quantity, text: string) => ORIGIN_BEFORE.test(beside(text, one, 8).before);

export function telling<T extends Quantity>(found: readonly T[], text: string): T | undefined {
  if (found.length < 2) return found[0];
  const standing = found.filter((one) => !isDenied(one, text));
  const target = standing.find((one, index) => index > 0 && TARGET_BEFORE.test(beside(text, one, 8).before));
  if (target) return target;
  const fresh = standing.filter((one) => !isOrigin(one, text));
  return choose(fresh.length > 0 ? fresh : standing, text);
}

/** Sums of tenths and hundredths leave dust behind. */
export const tidy = (value: number | undefined) => (value === undefined ? undefined : Math.round(value * 1e6) / 1e6);
