import type { Account, Balance, BilledMonth, DailyUses } from '#backends';
import { type Bill, type BillLine, bill, difference, order, type PriceBook, sum, type Usage } from '#tariff';
import type { Turn } from './declare.ts';
import { localDay, localTime, monthAfter, showDay, showMonth } from './show.ts';

type Asking = Pick<Turn, 'backend' | 'word' | 'now'>;
type Words = Pick<Turn, 'word' | 'now'>;

const some = (value: string) => order(value, '0') !== 0;

/** All that is due now, late fee included; undefined where nothing is. */
export function dueOf({ owed, lateFee, left }: Balance): string | undefined {
  const due = left !== undefined ? sum(['0', difference('0', left)]) : sum([owed, lateFee]);
  return order(due, '0') > 0 ? due : undefined;
}

/** How an account stands, by its type, in words of common.yml: what is left, or what is owed with its months, fee and due day. */
export function standingOf(balance: Balance, { word, now }: Words): string {
  const { owed, lateFee, left, unpaid, dueOn, toReconnect } = balance;
  const facts = {
    left,
    owed,
    fee: some(lateFee) ? lateFee : undefined,
    total: some(lateFee) ? sum([owed, lateFee]) : undefined,
    months: unpaid.map((month) => showMonth(month, now)).join('、'),
    due: dueOn && showDay(dueOn),
    reconnect: toReconnect,
  };
  const late = dueOn !== undefined && dueOn < localDay(now);
  const key = left !== undefined ? leftOrShort(left) : !some(owed) ? 'clear' : late ? 'late' : 'owed';
  const off = toReconnect === undefined ? [] : [word('standing.off', facts)];
  return [word(`standing.${key}`, facts), ...off].join('\n');
}

const leftOrShort = (left: string) => (order(left, '0') < 0 ? 'short' : 'left');

/** What explains a bill: facts of `bill.lines` in common.yml, or of `bill.lines.none` where its lines can't be told. */
export async function explanationOf(turn: Asking, account: Account, billed: BilledMonth) {
  const { month, from, to, kwh, amount, readings } = billed;
  const made = await linesOf(turn, account, billed);
  const facts = { month: showMonth(month, turn.now), from: showDay(from), to: showDay(to), kwh, amount, ...readings };
  return made ? { ...facts, rows: billRows(made.bill, turn.word).join('\n'), book: made.book.name } : facts;
}

/** Whether a bill is paid, in words of common.yml; `paying` of the account decides what that means. */
export function paidWords(
  { paid, paidOn, dueOn }: BilledMonth,
  paying: Account['paying'],
  { word, now }: Words,
): string {
  if (paying === 'prepaid') return word('paid.balance');
  if (paid) return word('paid.yes', { day: paidOn && showDay(paidOn) });
  return word(dueOn < localDay(now) ? 'paid.late' : 'paid.open', { due: showDay(dueOn) });
}

/** What was used, as #tariff bills it. */
export function usageOf(account: Account, billed: BilledMonth, yearMonths?: number): Usage {
  const { month, kwh, parts, before, demandKw, kvarh } = billed;
  const { pricing, household, lowIncome, capacityKva } = account;
  const used = pricing === 'flat' ? { flat: kwh } : (parts ?? {});
  return { month, kwh: used, pricing, before, yearMonths, household, lowIncome, capacityKva, demandKw, kvarh };
}

/**
 * The lines of a bill, computed anew from its price book; undefined where that does not come to what the utility billed: then only
 * the utility can explain it.
 */
export async function linesOf(
  { backend }: Asking,
  account: Account,
  billed: BilledMonth,
): Promise<Explained | undefined> {
  const january = `${billed.month.slice(0, 4)}-01`;
  const [{ books }, { months }] = await Promise.all([
    backend.prices.all(),
    backend.bills.months(account.number, monthAfter(january, -1), billed.month),
  ]);
  const book = books.find(({ id }) => id === billed.book);
  const first = months[0]?.month ?? january;
  const made = book && bill(usageOf(account, billed, first > january ? 13 - Number(first.slice(5)) : undefined), book);
  return book && made && order(made.total, billed.amount) === 0 ? { bill: made, book } : undefined;
}

export interface Explained {
  bill: Bill;
  book: PriceBook;
}

/** A bill's lines in words of common.yml. */
export const billRows = ({ lines }: Bill, word: Words['word']): string[] => lines.map((line) => rowOf(line, word));

function rowOf({ kind, tier, period, quantity, price, amount, factor, basis }: BillLine, word: Words['word']): string {
  return word(`line.${kind}`, {
    tier: tier === undefined ? '' : word('line.tier', { tier }),
    period: period === undefined ? '' : word(`period.${period}`),
    basis: basis && word(`line.${basis}`),
    quantity,
    price,
    amount,
    factor,
  });
}

/** Days of use added up, with what is not known of them; nothing is filled in. */
export function usedOn({ days }: Pick<DailyUses, 'days'>) {
  const read = days.filter(({ kwh }) => kwh !== undefined);
  const add = (values: (string | undefined)[]) => sum(values.map((value) => value ?? '0'));
  const split = read.length > 0 && read.every(({ peak, valley }) => peak !== undefined && valley !== undefined);
  return {
    kwh: read.length > 0 ? add(read.map(({ kwh }) => kwh)) : undefined,
    peak: split ? add(read.map(({ peak }) => peak)) : undefined,
    valley: split ? add(read.map(({ valley }) => valley)) : undefined,
    days: read.length,
    first: days[0]?.day,
    last: days.at(-1)?.day,
    missing: days.filter(({ kwh }) => kwh === undefined).map(({ day }) => day),
    estimated: days.filter(({ quality }) => quality === 'E').map(({ day }) => day),
    doubtful: days.filter(({ quality }) => quality === 'S').map(({ day }) => day),
  };
}
export type Used = ReturnType<typeof usedOn>;

/** What must be said of days whose reading is missing, estimated or in doubt, in words of common.yml; undefined where there is nothing. */
export function gapsIn({ missing, estimated, doubtful }: Used, word: Words['word']): string | undefined {
  const told = Object.entries({ missing, estimated, doubtful }).flatMap(([key, days]) =>
    days.length === 0 ? [] : [word(`gaps.${key}`, { count: days.length, days: fewDays(days) })],
  );
  return told.join('；') || undefined;
}

const fewDays = (days: readonly string[]) => `${days.slice(0, 3).map(showDay).join('、')}${days.length > 3 ? '…' : ''}`;

/** When the utility's system knew it, for «截至». */
export const asOfTime = ({ asOf }: { asOf: string }): string => localTime(asOf) ?? asOf;
