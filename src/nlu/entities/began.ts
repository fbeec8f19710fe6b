import { readLasted } from './began.lasted.ts';
import { clauseOf, isDenied } from './choose.ts';
import type { Now } from './civil.ts';
import {
  AHEAD_AFTER,
  AHEAD_BEFORE,
  BEGUN,
  ELSE,
  GONE_AFTER,
  HABIT_AFTER,
  HABIT_BEFORE,
  MERELY_BEGUN,
  NOT_BEGINNING_AFTER,
  NOT_BEGINNING_BEFORE,
  POWER_BEFORE,
  TROUBLE,
  WOKEN_AFTER,
} from './time.cues.ts';
import { type Phrase, timePhrases } from './time.phrases.ts';
import { resolve } from './time.resolve.ts';
import type { Moment } from './types.ts';

const REACH = 26;
/** Nobody tells so many moments; a machine does. */
const MOST = 24;

/** When the trouble began: the moment that the words of trouble go with, not that of a payment, a call or a habit. */
export function readBegan(text: string, now: Now): Moment | undefined {
  const phrases = timePhrases(text)
    .slice(0, MOST)
    .filter((phrase) => !isLunar(text, phrase));
  inherit(phrases, text);
  const scored = phrases
    .map((phrase) => ({ ...phrase, moment: resolve(phrase, now), score: scoreOf(phrase, text) }))
    .filter((one) => one.score > 0 && one.moment !== undefined);
  const best = corrected(scored, text) ?? sharper(strongest(scored), phrases, text, now);
  const lasted = readLasted(text);
  if (lasted && (!best || best.score < 4 || best.just)) return resolve(lasted, now);
  return best?.moment;
}

const CLOSING = /^(?:左右|多|钟|就|的时候)*开始(?:的|了)?[。！!~ ]*$/;

interface Scored extends Phrase {
  moment: Moment | undefined;
  score: number;
}

/** Precision breaks a tie: «昨晚停的，八点多». */
const strongest = (scored: readonly Scored[]) =>
  scored.reduce<Scored | undefined>((best, one) => (!best || one.score > best.score ? one : best), undefined);

/** «昨晚停的电，大概八点»: the hour that follows says the same more exactly. */
function sharper(best: Scored | undefined, phrases: readonly Phrase[], text: string, now: Now): Scored | undefined {
  if (!best || best.hour !== undefined || best.ago || best.just) return best;
  const heir = phrases.find((one) => one.start > best.end && one.start - best.end <= 14 && one.hour !== undefined);
  if (!heir || heir.date !== best.date) return best;
  const { before, after } = clauseOf(text, heir, REACH);
  const moment = resolve(heir, now);
  if (!moment || isNoBeginning(heir, before, after) || nearestCue(before, after) < 0) return best;
  return { ...heir, moment, score: best.score };
}

function corrected(scored: readonly Scored[], text: string): Scored | undefined {
  const turn = text.search(/不对|不是|说错|记错|错了|更正|打错|哦不/);
  if (turn < 0) return undefined;
  const earlier = scored.find((one) => one.end <= turn + 2);
  const later = scored.findLast((one) => one.start > turn);
  return earlier && later && later.start - turn < 14 ? later : undefined;
}

/** «昨晚停的，大概八点»: an hour told later takes the day told before. */
export function inherit(phrases: Phrase[], text: string): void {
  phrases.forEach((phrase, index) => {
    const before = phrases[index - 1];
    if (!before || phrase.hour === undefined || phrase.date || before.ago || before.just) return;
    if (phrase.start - before.end > 14 || /[到至~-]\s?$/.test(text.slice(before.end, phrase.start))) return;
    if (!before.date && before.part === undefined) return;
    phrase.date = before.date ?? phrase.date;
    if (phrase.part === undefined && !phrase.exact24 && phrase.hour <= 12) {
      phrase.part = before.part ?? phrase.part;
      phrase.partWord = before.partWord ?? phrase.partWord;
    }
  });
}

const isLunar = (text: string, phrase: Phrase) =>
  /(?:农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十])[^，。]{0,3}$/.test(
    text.slice(Math.max(0, phrase.start - 6), phrase.start),
  );

function scoreOf(phrase: Phrase, text: string): number {
  if (isDenied(phrase, text)) return 0;
  const { before, after } = clauseOf(text, phrase, REACH);
  if (isNoBeginning(phrase, before, after)) return 0;
  const begun = beginning(phrase, text, before, after);
  if (begun > 0) return sharp(phrase, begun);
  if (isBareNumber(phrase) && !/^(?:那天|当天|就|起|下|打|刮)/.test(after)) return 0;
  const cue = nearestCue(before, after) || Number(isPowerGone(before, after));
  if (cue < 0) return 0;
  if (phrase.part !== undefined && !phrase.date && phrase.hour === undefined) return ofPart(phrase, text, after, cue);
  return cue > 0 ? sharp(phrase, 5) : fromNeighbours(phrase, text);
}

/** «中午停的», «早上起来没电»; what is merely usual of mornings began on none of them. */
function ofPart(phrase: Phrase, text: string, after: string, cue: number): number {
  if (
    /^(?:里|头|的时候)?(?:被|给|叫|让)?(?:停|断|跳|刮|打雷|雷|劈|撞|砸|压)/.test(after) ||
    (cue > 0 && /^的[^，。]{0,8}(?:停|跳|断|灭|黑|没)了/.test(after)) ||
    (cue > 0 && WOKEN_AFTER.test(after) && /[电灯闸亮黑表火烟]/.test(after))
  )
    return 5;
  return isWhole(phrase, text) ? 1 : 0;
}

/** «12号» is a door as often as a day: a word of beginning or another word of time has to stand beside it. */
const isBareNumber = (phrase: Phrase) =>
  phrase.bareNumber === true && phrase.hour === undefined && phrase.part === undefined;

/** «从八点开始», «昨晚突然»: said in so many words, if trouble is what began. */
function beginning(phrase: Phrase, text: string, before: string, after: string): number {
  const begun = BEGUN.exec(after)?.[0];
  if (begun === undefined || ELSE.test(begun)) return 0;
  // «…，今天早上6点开始» at the end of a report, after place and phone, looks back further than a moment inside the story.
  const reach = CLOSING.test(text.slice(phrase.end, phrase.end + 8)) ? 120 : 30;
  const near = text.slice(Math.max(0, phrase.start - reach), phrase.start) + text.slice(phrase.end, phrase.end + 36);
  if (MERELY_BEGUN.test(begun) && !TROUBLE.test(near) && !isPowerGone(before, after)) return 0;
  if (/^[^，。,]{0,4}停了(?:\d|[一二两三四五六七八九十半])/.test(after)) return 5;
  return (/(?:自|从|打)[^，。]{0,3}$/.test(before) ? 9 : 8) + (/又/.test(begun) ? 1 : 0);
}

const isPowerGone = (before: string, after: string) => POWER_BEFORE.test(before) && GONE_AFTER.test(after);

/** A moment and nothing else: the answer to «when did it begin?». */
function isWhole(phrase: Phrase, text: string): boolean {
  if (/早晨|早上好|晚上好/.test(text)) return false;
  const rest = text.slice(0, phrase.start) + text.slice(phrase.end);
  return /^(?:大概|大约|差不多|应该|好像|估计|可能|记得|我记得|是|就|的|吧|呢|啊|呀|左右|多|钟|那会儿?|那时候?|的时候|开始|吧|嗯|从|在|样子|[\s,，。.!~])*$/.test(
    rest,
  );
}

const sharp = (phrase: Phrase, score: number) =>
  score + (phrase.hour !== undefined || phrase.part !== undefined ? 0.5 : 0);

function isNoBeginning(phrase: Phrase, before: string, after: string): boolean {
  if (HABIT_BEFORE.test(before) || HABIT_AFTER.test(after)) return true;
  if (AHEAD_BEFORE.test(before) || AHEAD_AFTER.test(after)) return true;
  if (phrase.ago || phrase.just) return false;
  if (isPlanned(phrase, after)) return true;
  if (phrase.hour === undefined) return /(?:现在|等到|拖到|直到|到|至)$/.test(before);
  return NOT_BEGINNING_BEFORE.test(before) || NOT_BEGINNING_AFTER.test(after);
}

/** 1 for trouble, −1 for something else, 0 for neither: what is said next decides, then what was said just before. */
function nearestCue(before: string, after: string): number {
  const trouble = after.search(TROUBLE);
  const other = after.search(ELSE);
  if (trouble >= 0 && (other < 0 || trouble < other)) return 1;
  if (other >= 0) return -1;
  if (ELSE.test(before)) return TROUBLE.test(before) && lastOf(before, TROUBLE) > lastOf(before, ELSE) ? 1 : -1;
  return TROUBLE.test(before) ? 1 : 0;
}

function lastOf(text: string, pattern: RegExp): number {
  let last = -1;
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) last = match.index;
  return last;
}

/** Nothing in its own clause: the clause after, then the one before; a bare moment is an answer to a question. */
function fromNeighbours(phrase: Phrase, text: string): number {
  const rest = text.slice(phrase.end, phrase.end + 40);
  const [own = '', next = '', third = ''] = rest.split(/[，。；;！!？?\n…]|,(?!\d)/);
  if (own.length < 6) {
    for (const clause of [next, third]) {
      const cue = nearestCue('', clause);
      if (cue !== 0) return cue > 0 ? sharp(phrase, 2) : 0;
    }
  }
  const past = text.slice(Math.max(0, phrase.start - 18), phrase.start);
  if (TROUBLE.test(past)) return ELSE.test(past) ? 0 : sharp(phrase, 2);
  return isWhole(phrase, text) ? 1 : 0;
}

/** «6号7点至18点停电»: hours with an end are announced; what is past has a past day or «了» beside it. */
const isPlanned = ({ date, hour }: Phrase, after: string) =>
  hour !== undefined &&
  /^(?:钟|整|半)? ?(?:至|到|-|~) ?[^，。]{1,6}(?:点|时|:\d\d)(?:钟|半|整)?[^，。]{0,3}(?:停|断|检修)(?!了)/.test(
    after,
  ) &&
  !(date?.kind === 'offset' && date.days < 0);
