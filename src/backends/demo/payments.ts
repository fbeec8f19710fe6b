import type { Payments } from '../port.ts';
import { type Billed, billsOf, centsOf, yuanOf } from './bills.ts';
import { dayOf, dayText, firstDay, moment, monthOf } from './calendar.ts';
import { chance, purposes } from './chance.ts';
import type { Customer } from './data.ts';
import { openedOn, seedOfCustomer } from './use.ts';

export type Payment = Payments['payments'][number];

/** The moment at which a bill is paid, if it ever is. */
function payingAt(customer: Customer, month: number): Date {
  const minute = 480 + Math.floor(chance(seedOfCustomer(customer), month, purposes.paidAt) * 780);
  return moment(firstDay(month + 1) + customer.life.pays.day - 1, minute);
}

/** When a bill was paid; undefined while it is not. A prepaid one is taken off the balance when it is made. */
export function paidAt(customer: Customer, { month, to }: Billed, now: Date, newest: number): Date | undefined {
  if (customer.paying === 'prepaid') return moment(to + 1, 0);
  if (month > newest - customer.life.unpaid) return undefined;
  const at = payingAt(customer, month);
  return at <= now ? at : undefined;
}

const serialOf = (customer: Customer, at: Date, copy: number) =>
  dayText(dayOf(at)).replaceAll('-', '') +
  String(Math.floor(chance(seedOfCustomer(customer), dayOf(at), purposes.serial + 100 * copy) * 1e10)).padStart(
    10,
    '0',
  );

function payment(customer: Customer, at: Date, cents: number, state: Payment['state'] = 'credited', copy = 0): Payment {
  const through = copy > 0 && state === 'credited' ? '微信' : customer.life.pays.through;
  return { serial: serialOf(customer, at, copy), at: at.toISOString(), amount: yuanOf(cents), through, state };
}

const minutesFrom = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

/** What went wrong around the newest payment. */
function trouble(customer: Customer, newest: Payment | undefined, open: number, now: Date): Payment[] {
  const kind = customer.life.pays.trouble;
  if (kind === 'processing') return [payment(customer, minutesFrom(now, -40), open || 10_000, 'processing', 1)];
  if (!newest || !kind) return [];
  const [at, cents] = [new Date(newest.at), centsOf(newest.amount)];
  if (kind === 'twice') {
    const again = minutesFrom(at, 95);
    return again <= now ? [payment(customer, again, cents, 'credited', 1)] : [];
  }
  return [payment(customer, minutesFrom(at, kind === 'failed' ? -25 : -1500), cents, kind, 1)];
}

/** Newest first, of the last 24 months. */
export function paymentsOf(customer: Customer, now: Date): Payment[] {
  const bills = billsOf(customer, now);
  const newest = bills.at(-1)?.month ?? 0;
  const open = bills
    .filter((each) => !paidAt(customer, each, now, newest))
    .reduce((sum, { made }) => sum + made.cents, 0);
  const paid =
    customer.paying === 'prepaid'
      ? topUps(customer, now).map(({ at, cents }) => payment(customer, at, cents))
      : bills.flatMap((each) => {
          const at = paidAt(customer, each, now, newest);
          return at ? [payment(customer, at, each.made.cents)] : [];
        });
  const from = moment(firstDay(monthOf(dayOf(now)) - 24), 0).toISOString();
  return [...paid, ...trouble(customer, paid.at(-1), open, now)]
    .filter(({ at }) => at >= from)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** What a prepaid account was opened with. */
export const firstBalance = 20_000;

interface TopUp {
  at: Date;
  cents: number;
}

/** Once a month a prepaid customer pays, in fifties, what brings the balance over a month like the last one or the one a year ago. */
export function topUps(customer: Customer, now: Date): TopUp[] {
  const made: TopUp[] = [];
  let left = firstBalance;
  const costs = new Map(billsOf(customer, now).map((each) => [each.month, each.made.cents]));
  const newest = monthOf(dayOf(now)) - customer.life.missed;
  for (let month = monthOf(openedOn(customer)) + 1; month <= newest; month += 1) {
    left -= costs.get(month - 1) ?? 0;
    const expected = Math.max(costs.get(month - 1) ?? 0, costs.get(month - 12) ?? 0);
    const cents = Math.max(1, Math.ceil((expected + 3000 - left) / 5000)) * 5000;
    const at = payingAt(customer, month - 1);
    if (at <= now) made.push({ at, cents });
    left += cents;
  }
  return made;
}
