import { lateFee } from '#tariff';
import type { Balance, BilledMonth } from '../port.ts';
import { type Billed, billsOf, centsOf, sinceBilled, yuanOf } from './bills.ts';
import { dayOf, dayText, firstDay, monthText } from './calendar.ts';
import type { Customer } from './data.ts';
import { readAt } from './meter.ts';
import { firstBalance, paidAt, topUps } from './payments.ts';
import { bookOf } from './periods.ts';

/** Bills are due on the twenty-fifth of the month after. */
export const dueOn = (month: number): number => firstDay(month + 1) + 24;

const residential = ({ kind }: Customer) => kind === 'residential' || kind === 'shared' || kind === 'ev_home';

/** Prepaid: what is left after all bills and the days since. */
function leftOf(customer: Customer, now: Date): number {
  const paid = topUps(customer, now).reduce((sum, { cents }) => sum + cents, firstBalance);
  const billed = billsOf(customer, now).reduce((sum, { made }) => sum + made.cents, 0);
  return paid - billed - sinceBilled(customer, now);
}

export function balanceOf(customer: Customer, now: Date): Balance {
  const { number, paying, supply } = customer;
  if (paying === 'prepaid') {
    const left = leftOf(customer, now);
    const toReconnect = supply === 'off' ? { toReconnect: yuanOf(Math.max(0, -left)) } : {};
    const asOf = readAt(customer, now).toISOString();
    return { asOf, number, paying, left: yuanOf(left), owed: '0.00', lateFee: '0.00', unpaid: [], ...toReconnect };
  }
  const bills = billsOf(customer, now);
  const unpaid = bills.filter((each) => !paidAt(customer, each, now, bills.at(-1)!.month));
  const owed = unpaid.reduce((sum, { made }) => sum + made.cents, 0);
  const fee = unpaid.reduce((sum, each) => sum + feeOf(customer, each, now), 0);
  const [oldest] = unpaid;
  return {
    asOf: now.toISOString(),
    number,
    paying,
    owed: yuanOf(owed),
    lateFee: yuanOf(fee),
    unpaid: unpaid.map(({ month }) => monthText(month)),
    ...(oldest && { dueOn: dayText(dueOn(oldest.month)) }),
    ...(supply === 'off' && { toReconnect: yuanOf(owed + fee + sinceBilled(customer, now)) }),
  };
}

function feeOf(customer: Customer, { month, made }: Billed, now: Date): number {
  const dates = { dueOn: dayText(dueOn(month)), paidOn: dayText(dayOf(now)) };
  const book = bookOf(customer, month);
  return centsOf(lateFee({ owed: yuanOf(made.cents), ...dates, residential: residential(customer) }, book).fee);
}

/** A bill in the port's shape. */
export function billedMonth(customer: Customer, billed: Billed, now: Date, newest: number): BilledMonth {
  const { month, from, to, kwh, start, before, quality } = billed;
  const { usage, bill } = billed.made;
  const paid = paidAt(customer, billed, now, newest);
  const { peak, valley, sharp, deep_valley: deep } = usage.kwh;
  const sum = (...parts: (string | undefined)[]) => String(parts.reduce((all, part) => all + Number(part ?? 0), 0));
  return {
    month: monthText(month),
    from: dayText(from),
    to: dayText(to),
    days: to - from + 1,
    kwh: String(kwh),
    ...(usage.pricing === 'time_of_use' && { peak: sum(peak, sharp), valley: sum(valley, deep), parts: usage.kwh }),
    ...(usage.kvarh && { kvarh: usage.kvarh }),
    before: String(before),
    ...(usage.yearMonths && { yearMonths: usage.yearMonths }),
    amount: bill.total,
    readings: { start: String(start), end: String(start + kwh) },
    quality,
    paid: paid !== undefined,
    ...(paid && { paidOn: dayText(dayOf(paid)) }),
    dueOn: dayText(dueOn(month)),
    book: bill.book,
  };
}
