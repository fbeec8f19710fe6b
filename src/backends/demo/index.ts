import { notFound } from '#errors';
import type { Backend } from '../port.ts';
import { type Answered, type Answering, type Asked, portOver, type VerbName } from '../verbs.ts';
import { billsOf } from './bills.ts';
import { dayOf, monthNumber, monthOf } from './calendar.ts';
import { dailyOf, keptMonths, neighboursOf } from './daily.ts';
import { type Customer, once, places, prices } from './data.ts';
import { balanceOf, billedMonth } from './money.ts';
import { applicationsOf, outagesIn } from './outages.ts';
import { paymentsOf } from './payments.ts';
import { everyone } from './people.ts';
import { find, managerOf, outletsNear, serviceOf } from './where.ts';

function monthsOf(customer: Customer, from: string, to: string, now: Date): Answered<'bills.months'> {
  const bills = billsOf(customer, now);
  const newest = bills.at(-1)?.month ?? 0;
  const [first, last] = [Math.max(monthNumber(from), monthOf(dayOf(now)) - keptMonths), monthNumber(to)];
  const months = bills
    .filter(({ month }) => month >= first && month <= last)
    .map((each) => billedMonth(customer, each, now, newest));
  return { asOf: now.toISOString(), number: customer.number, months };
}

function accountOf({ life: _, ...account }: Customer): Answered<'accounts.find'> {
  return account;
}

/** An embedded utility, so that everything can be tried and tested without one. Its orders live in GridTalk's own database. */
export function demoBackend(clock: () => Date): Backend {
  // Made when the first customer asks: a start needs none of them.
  const customers = once(() => new Map(everyone().map((customer) => [customer.number, customer])));

  function known(number: string): Customer {
    const customer = customers().get(number);
    if (!customer) throw notFound('There is no account of that number.', 'Look it up with accounts.find first.');
    return customer;
  }

  const located = (place: Asked<'directory.locate'>) => find(place, (number) => customers().get(number)?.address);
  const asOf = (now: Date) => now.toISOString();

  const answers: { [Name in VerbName]: (request: Asked<Name>, now: Date) => Answered<Name> } = {
    'accounts.find'({ number }) {
      const customer = customers().get(number);
      return customer && accountOf(customer);
    },
    'accounts.applications': ({ number }, now) => ({
      asOf: asOf(now),
      applications: applicationsOf(known(number).number, now),
    }),
    // No message can leave the demo: whoever asks for a code is told it in the chat.
    'accounts.sendCode': () => undefined,
    'bills.balance': ({ number }, now) => balanceOf(known(number), now),
    'bills.months': ({ number, from, to }, now) => monthsOf(known(number), from, to, now),
    'bills.payments': ({ number }, now) => ({ asOf: asOf(now), number, payments: paymentsOf(known(number), now) }),
    'bills.daily': ({ number, from, to }, now) => dailyOf(known(number), from, to, now),
    'bills.neighbours': ({ number, month }, now) => neighboursOf(known(number), customers().values(), month, now),
    'outages.at': (place, now) => ({ asOf: asOf(now), outages: outagesIn(located(place)?.area?.name, now) }),
    'prices.all': () => prices(),
    'directory.locate'(place) {
      const found = located(place);
      return found && serviceOf(found);
    },
    'directory.manager': ({ grid }) => managerOf(grid),
    'directory.outlets': ({ kind, ...place }) => outletsNear(place, located(place), kind),
    'directory.gazetteer': () => places().gazetteer,
    'orders.create': () => undefined,
  };
  const answer: Answering = async (name, request) => answers[name](request, clock());
  return portOver(true, answer);
}
