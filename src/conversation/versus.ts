import type { BilledMonth } from '#backends';
import type { Period } from '#nlu';
import { difference, order } from '#tariff';
import type { Turn } from './declare.ts';
import { isBeside } from './shift.ts';
import { localMonth, showMonth } from './show.ts';
import type { Slot } from './slot.ts';

type Asking = Pick<Turn, 'backend' | 'now' | 'word'>;

/** What the month that the talk is about is held against: «跟去年六月比呢». */
export const beside = (): Slot<Period> => ({
  asking: 'never',
  read: ({ months, text }) => (isBeside.test(text) && months?.from === months?.to ? months : undefined),
});

/**
 * Facts of `versus` in common.yml: a month beside the `held` one, else beside the same one of this year or the latest bill; undefined
 * where there is no bill of the two.
 */
export async function versus({ backend, now, word }: Asking, account: string, { to: month }: Period, held?: Period) {
  const [{ months: named }, { months: lately }] = await Promise.all([
    backend.bills.months(account, month, month),
    backend.bills.months(account, `${localMonth(now).slice(0, 4)}-01`, localMonth(now)),
  ]);
  const others = lately.filter((each) => each.month !== month);
  const like = (of?: string) => others.find((each) => each.month === of);
  const other = like(held?.to) ?? others.find((each) => each.month.slice(5) === month.slice(5)) ?? others.at(-1);
  if (!named[0] || !other) return undefined;
  const [earlier, later] = [named[0], other].sort((one, two) => (one.month < two.month ? -1 : 1)) as [
    BilledMonth,
    BilledMonth,
  ];
  const apart = (one: string, two: string) => {
    const more = order(one, two);
    return word(`versus.${more > 0 ? 'more' : more < 0 ? 'less' : 'same'}`, {
      count: difference(more < 0 ? two : one, more < 0 ? one : two),
    });
  };
  const row = (each: BilledMonth) =>
    word('bill.row', { month: showMonth(each.month, now), amount: each.amount, kwh: each.kwh });
  return {
    rows: [later, earlier].map(row).join('；'),
    later: showMonth(later.month, now),
    earlier: showMonth(earlier.month, now),
    kwh: apart(later.kwh, earlier.kwh),
    yuan: apart(later.amount, earlier.amount),
  };
}
