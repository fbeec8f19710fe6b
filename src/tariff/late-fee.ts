import { badRequest } from '#errors';
import type { PriceBook } from './book.ts';
import { dayNumber, lastDay } from './calendar.ts';
import { amount, centOfProduct, cents, divided, greater, lesser, one, yuan } from './decimal.ts';

export interface Arrears {
  /** Yuan. */
  owed: string;
  /** The last day on which it could be paid without a fee. */
  dueOn: string;
  paidOn: string;
  /** Homes pay one rate; others a higher one for days of a later year than the one in which it was due. */
  residential: boolean;
}

export interface LateFee {
  days: number;
  /** Of them, in a later year. */
  laterYear: number;
  fee: string;
  /** What the days come to, before the minimum and the cap. */
  computed: string;
}

/** 电费违约金. The day on which it was due doesn't count, the day of payment does. */
export function lateFee({ owed, dueOn, paidOn, residential }: Arrears, book: PriceBook): LateFee {
  const rule = book.lateFee;
  if (!rule) throw badRequest(`Price book «${book.id}» says nothing of a late fee.`, 'Add lateFee to it.', 'NoLateFee');
  const due = dayNumber(dueOn);
  const days = Math.max(0, dayNumber(paidOn) - due);
  const laterYear = Math.max(0, due + days - Math.max(due, lastDay(dueOn, 'year')));
  const sum = amount(owed, 'What is owed');
  const same = amount(rule.sameYear, 'A late fee');
  const cross = residential ? same : amount(rule.crossYear, 'A late fee');
  const computed = divided(sum * (BigInt(days - laterYear) * same + BigInt(laterYear) * cross), centOfProduct);
  if (days === 0 || sum === 0n) return { days, laterYear, fee: '0.00', computed: '0.00' };
  const fee = greater(computed, cents(rule.minimum));
  const most = rule.cap === undefined ? fee : divided(sum * amount(rule.cap, 'A cap'), one * 1_000_000n);
  return { days, laterYear, fee: yuan(lesser(fee, most)), computed: yuan(computed) };
}
