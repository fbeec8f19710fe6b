import { inherit } from './began.ts';
import { HOUR, type Now, parseNow, startOfDay, toIso } from './civil.ts';
import { bounded, fold } from './fold.ts';
import { ANY_NUMBER } from './numerals.ts';
import { AHEAD_BEFORE, ELSE, HABIT_BEFORE } from './time.cues.ts';
import { agoOf, type Phrase, timePhrases } from './time.phrases.ts';
import { resolve } from './time.resolve.ts';
import type { Moment } from './types.ts';

const MOST = 24;
/** Much besides the time is a story, and its reader is `readEntities`. */
const LONGEST_REST = 24;
const DENIED = /(?:不是|并非|写成|说成|记成|听成)(?:了)?$/;
const ASKED = /[?？]|吗|多久|什么时候|啥时候|几点(?!几)/;
const DURATION = new RegExp(
  `(?<![\\d:点])(?:${ANY_NUMBER}|半)(?:多)?(?:个)?(?:半)?(?:多)?(?:小时|钟头|分钟|天(?!早|晚|前)|h(?![a-z]))(?!前|之前|以前)`,
  'g',
);

/**
 * The time in a message that answers «when did it begin?» or corrects the answer: «昨天下午三点», «25号», «不是昨晚，是今早八点»,
 * «不是三个小时是五个小时». No word of beginning is needed, so ask only where a time is what is wanted. What the message leaves
 * out («不对，是两点») is taken from the moment already `known`.
 */
export function readTimeAnswer(text: string, now: Date | string, known?: Moment): Moment | undefined {
  const clock = parseNow(now);
  const folded = fold(bounded(text));
  if (!clock || ASKED.test(folded)) return undefined;
  const told = [...timePhrases(folded), ...durations(folded)]
    .slice(0, MOST)
    .sort((one, other) => one.start - other.start);
  const rest = restOf(folded, told);
  if (rest.length > LONGEST_REST || ELSE.test(rest)) return undefined;
  inherit(told, folded);
  const standing = told.filter((phrase) => stands(phrase, folded));
  // After a correction, and where someone grows more exact, the last one holds.
  const last = standing.at(-1);
  return last && momentOf(last, clock, known);
}

const stands = (phrase: Phrase, text: string) => {
  const before = text.slice(Math.max(0, phrase.start - 10), phrase.start);
  return !DENIED.test(before) && !HABIT_BEFORE.test(before) && !AHEAD_BEFORE.test(before);
};

function durations(text: string): Phrase[] {
  return [...text.matchAll(DURATION)].flatMap((match) => {
    const length = agoOf(match[0]);
    return length.ago ? [{ start: match.index, end: match.index + match[0].length, ...length }] : [];
  });
}

function restOf(text: string, phrases: readonly Phrase[]): string {
  const rest = [...text];
  for (const { start, end } of phrases) rest.fill('', start, end);
  return rest.join('').replaceAll(/[\s，。,.!、~]/g, '');
}

function momentOf(phrase: Phrase, now: Now, known: Moment | undefined): Moment | undefined {
  const before = known && phrase.hour !== undefined && !phrase.date ? parseNow(known.start) : undefined;
  return before ? onKnownDay(phrase, before.wall, now) : resolve(phrase, now);
}

/** The hour on the day that was told before; without «上午» or «下午» the half of the day nearest to it. */
function onKnownDay(phrase: Phrase, known: number, now: Now): Moment | undefined {
  const day = startOfDay(known);
  const asIf = resolve(phrase, { ...now, wall: day + 24 * HOUR - 1 });
  if (!asIf) return undefined;
  const wall = day + (parseNow(asIf.start)!.wall - startOfDay(parseNow(asIf.start)!.wall));
  const open = phrase.part === undefined && !phrase.exact24 && (phrase.hour ?? 0) <= 12;
  const halves = open ? [wall, wall - 12 * HOUR, wall + 12 * HOUR] : [wall];
  const best = halves
    .filter((one) => one <= now.wall && startOfDay(one) === day)
    .sort((one, other) => Math.abs(one - known) - Math.abs(other - known))[0];
  return best === undefined ? resolve(phrase, now) : { start: toIso(best, now.offset), grain: asIf.grain };
}
