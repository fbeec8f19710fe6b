import { choose } from './choose.ts';
import type { DigitRun } from './digit-runs.ts';
import { labelOf } from './number-labels.ts';
import { digitsOf } from './numerals.ts';

const MOBILE = /^1[3-9]\d{9}$/;
/** Two- and three-digit trunk codes after the zero, then a subscriber that never begins with 0 or 1. */
const LANDLINE = /^0(?:10|2[0-57-9])[2-8]\d{7}$|^0(?:3[1-9]|4[1-8]|5[1-9]|6[69]|7[0-9]|8[1-9]|9[0-9])\d[2-8]\d{6,7}$/;
const LANDLINE_TEN = /^(?:010|02[0-57-9])[2-8]\d{7}$/;

/** The phone to call back, digits only. Service numbers, masked, foreign and broken ones are none. */
export function readPhone(text: string, runs: readonly DigitRun[]): string | undefined {
  const found = runs.flatMap((run) => {
    const digits = phoneOf(text, run);
    return digits === undefined ? [] : [{ ...run, digits }];
  });
  const ours = found.filter((run) => !isSomeoneElses(text, run));
  const fresh = ours.filter((run) => isAsked(text, run));
  const told = fresh.length === 1 && ours.length > 1 ? fresh[0] : choose(ours, text);
  return told && retold(told, text);
}

const RETOLD =
  /^[^\d]{0,12}(?:不对|错了|说错|写错|打错|口误|更正|哦不)[^\d]{0,8}(?:尾号|末尾|尾数|后[\d一二两三四五六七八]位)[^\d零一二三四五六七八九幺]{0,4}([\d零〇一二三四五六七八九幺]{2,8})(?!\d)/;

/** «13750821234，不对，尾号是1243»: the end of it put right at once. */
function retold({ digits, end }: DigitRun, text: string): string {
  const tail = digitsOf(RETOLD.exec(text.slice(end, end + 40))?.[1] ?? '');
  return digits.slice(0, digits.length - tail.length) + tail;
}

/** Also the account's reader asks: what is a phone is no account. */
export function phoneOf(text: string, run: DigitRun): string | undefined {
  if (run.masked || isForeign(text, run)) return undefined;
  const label = labelOf(text, run);
  if (label === 'account' || (label === 'other' && !isMobileApart(text, run))) return undefined;
  if (/^ ?@/.test(text.slice(run.end, run.end + 2))) return undefined;
  return shapeOf(run.digits, label === 'phone' || text[run.start - 1] === '+');
}

/** «发票错了，收件人改成…13…»: what a number of this shape is, its own clause has to say. */
function isMobileApart(text: string, run: DigitRun): boolean {
  const from = Math.max(...['，', ',', '；', ';'].map((pause) => text.lastIndexOf(pause, run.start - 1))) + 1;
  const clause = { start: run.start - from, end: run.end - from };
  return from > 0 && MOBILE.test(run.digits) && labelOf(text.slice(from), clause) !== 'other';
}

function shapeOf(digits: string, sure: boolean): string | undefined {
  if (MOBILE.test(digits)) return digits;
  const national = digits.replace(/^(?:0086|86)(?:0(?=1[3-9]\d{9}$))?/, '');
  if (national !== digits && MOBILE.test(national) && (digits.startsWith('00') || sure || digits.length === 13))
    return national;
  if (national !== digits && sure && LANDLINE.test(`0${national}`)) return `0${national}`;
  if (sure && /^01[3-9]\d{9}$/.test(digits)) return digits.slice(1);
  return LANDLINE.test(digits) || LANDLINE_TEN.test(digits) ? digits : landlineWithExtension(digits);
}

/** «0571-88886666-801»: the extension is dialled by hand. */
function landlineWithExtension(digits: string): string | undefined {
  const match = /^(0\d{10,11})(\d{3,4})$/.exec(digits);
  return match && digits.length >= 14 && LANDLINE.test(match[1]!) ? match[1] : undefined;
}

const isForeign = (text: string, run: DigitRun) => {
  const before = text.slice(Math.max(0, run.start - 2), run.start);
  return (before.trimEnd().endsWith('+') && !/^86/.test(run.digits)) || /^00(?!86)/.test(run.digits);
};

const THEIRS_BEFORE =
  /骗子|推销|陌生号|对方|中介电话|他的电话|她的电话|客服电话|号码打(?:过)?来|自称|冒充|广告|收粮|旧号|老号|原来的?(?:电话|手机|号)|以前的?(?:电话|手机|号)/;
const THEIRS_AFTER =
  /^[^，。]{0,3}(?:打来|打过来|打给我|给我打|发来|发短信(?!就|给我|即可|也|吧|联系|通知我)|冒充|是骗子|的骚扰|领|返现|兑奖)/;

/** «不用打刚才那个…», «…别再打了»: theirs, and not to be rung. */
const UNWANTED_BEFORE = /(?:别|不要|不用|不必|无需|甭|莫|勿)(?:再)?(?:打|拨|联系|用|找|呼)[^，。,\d]{0,10}$/;
const UNWANTED_AFTER = /^[^，。\d]{0,3}(?:别|不要|不用|不必|甭|莫|勿)(?:再)?(?:打|拨|联系|用)/;

const isSomeoneElses = (text: string, run: DigitRun) =>
  UNWANTED_BEFORE.test(text.slice(Math.max(0, run.start - 14), run.start)) ||
  UNWANTED_AFTER.test(text.slice(run.end, run.end + 10)) ||
  THEIRS_BEFORE.test(text.slice(Math.max(0, run.start - 10), run.start)) ||
  THEIRS_AFTER.test(text.slice(run.end, run.end + 8));

const ASKED =
  /(?:请打|打给?(?:我|他|她|俺|咱)|打(?:我|他|她)[^，。\d]{0,4}|打这个|联系(?:我|电话|方式|人)?|回电|回拨|新号|新的|改成|换成|改为|现在用)[^，。\d]{0,8}[:是]?\s?$/;
const isAsked = (text: string, run: DigitRun) => ASKED.test(text.slice(Math.max(0, run.start - 14), run.start));
