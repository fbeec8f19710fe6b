import { choose } from './choose.ts';
import type { DigitRun } from './digit-runs.ts';
import { labelOf } from './number-labels.ts';
import { phoneOf } from './phones.ts';

const SHORTEST = 10;
const LONGEST = 16;

/** The utility's number of a customer (户号), told apart from every other long number by its shape and the words beside it. */
export function readAccount(text: string, runs: readonly DigitRun[]): string | undefined {
  const found = runs.filter((run) => isAccount(text, run));
  const isNamed = (run: DigitRun, index: number): boolean => {
    const before = found[index - 1];
    // «户号是…，不对，是…»: the second needs no word of its own.
    return (
      labelOf(text, run) === 'account' ||
      (before !== undefined && run.start - before.end < 14 && isNamed(before, index - 1))
    );
  };
  const named = found.filter(isNamed);
  return choose(named.length > 0 ? named : found, text)?.digits;
}

function isAccount(text: string, run: DigitRun): boolean {
  const { digits } = run;
  if (run.masked || digits.length < SHORTEST || digits.length > LONGEST) return false;
  const label = labelOf(text, run);
  if (label === 'account') return !/[a-z]$/.test(text.slice(0, run.start).slice(-1));
  if (label !== undefined || phoneOf(text, run) !== undefined) return false;
  return !isBroken(digits) && !isPartOfMore(text, run);
}

/** A mistyped phone, a service number, a date with a time, a bank card: none is an account by its shape alone. */
const isBroken = (digits: string) =>
  (digits.length <= 12 && /^1[3-9]/.test(digits)) ||
  /^[48]00/.test(digits) ||
  /^(\d)\1+$/.test(digits) ||
  (digits.length >= 12 && /^20[12]\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])/.test(digits)) ||
  (digits.length === 16 && /^(?:62|4|5)/.test(digits)) ||
  /^1?234567890?/.test(digits);

const isPartOfMore = (text: string, run: DigitRun) =>
  /^20[12]\d[-./]\d{1,2}[-./]\d{1,2}/.test(text.slice(run.start, run.end)) ||
  /[a-z+¥$]/.test(text[run.start - 1] ?? '') ||
  /^ ?[@a-z]/.test(text.slice(run.end, run.end + 2));
