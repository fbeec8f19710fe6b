import { digitsOf, parseNumber } from './numerals.ts';
import type { Span } from './types.ts';

/** A number as it is told: in one piece, in groups, spoken, or «四个零». */
export interface DigitRun extends Span {
  digits: string;
  masked: boolean;
}

interface Group extends Span {
  digits: string;
}

/** «洞», «拐», «勾»: how pilots, soldiers and grid dispatchers say the figures. */
const GROUP =
  /[二两三四五六七八3-8]个[0-9零〇一二三四五六七八九幺](?![号月栋人])|[0-9]+|(?:[零〇一二三四五六七八九幺洞拐勾]|(?<=[零〇一二三四五六七八九幺洞拐勾两] ?)两(?= ?[零〇一二三四五六七八九幺洞拐勾两]))+/g;
const TIGHT = /^(?:[ \-.·_/()]{1,3}|(?:然后|再|后面)(?:是)?)$/;
const LOOSE = /^[ ]?[,，、。][ ]?$/;
const MASK = /[*x×●•■?_]/;
const LONGEST = 24;
const MOST = 24;

/** Every number of seven digits and more that could be a phone or an account, whole: never a part of a longer one. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let open: Group[] = [];
  for (const group of groups(text)) {
    const last = open.at(-1);
    if (last && !joins(open, group, text.slice(last.end, group.start))) {
      runs.push(...close(open, text));
      open = [];
    }
    open.push(group);
  }
  runs.push(...close(open, text));
  return runs.slice(0, MOST);
}

function* groups(text: string): Generator<Group> {
  for (const match of text.matchAll(GROUP)) {
    const [word] = match;
    const repeat = /^(.)个(.)$/.exec(word);
    const digits = repeat ? digitsOf(repeat[2]!).repeat(parseNumber(repeat[1]!) ?? 0) : digitsOf(word);
    yield { start: match.index, end: match.index + word.length, digits };
  }
}

const isMobile = (digits: string) => /^1[3-9]\d{9}$/.test(digits);
const told = (open: readonly Group[]) => open.map((group) => group.digits).join('');

function joins(open: readonly Group[], next: Group, between: string): boolean {
  const so = told(open);
  if (so.length >= LONGEST || next.digits.length >= 10) return isPrefix(so, between);
  if (between === '') return true;
  if (isMobile(so)) return false;
  if (TIGHT.test(between)) return open.at(-1)!.digits.length < 10;
  // «零五七一，八八二三四四一九»: the area code told apart.
  if (LOOSE.test(between) && /^0[1-9]\d{1,2}$/.test(so) && /^[2-8]\d{6,7}$/.test(next.digits)) return true;
  return (
    LOOSE.test(between) && /^1[3-9]\d*$/.test(so) && so.length + next.digits.length <= 11 && next.digits.length > 1
  );
}

const isPrefix = (digits: string, between: string) => /^(?:00)?86$/.test(digits) && TIGHT.test(between);

function close(open: readonly Group[], text: string): DigitRun[] {
  const digits = told(open);
  if (digits.length < 7) return [];
  const span = { start: open[0]!.start, end: open.at(-1)!.end };
  return [{ ...span, digits, masked: isMasked(text, span, digits) }];
}

const isMasked = (text: string, span: Span, digits: string) =>
  MASK.test(text[span.start - 1] ?? '') ||
  /^ ?[*x×●•■]/.test(text.slice(span.end, span.end + 2)) ||
  (digits.length < 11 && /^(?:[.。…]{2,}|…)/.test(text.slice(span.end, span.end + 3)));
