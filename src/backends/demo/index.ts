import { notFound } from '#errors';
import type { Account, Backend, DailyUse } from '../port.ts';
import { type Requests, requests } from '../verbs.ts';
import { billsOf, kwhOf, lastBilled } from './bills.ts';
import { dayNumber, dayOf, dayText, firstDay, monthNumber, monthOf } from './calendar.ts';
import { type Customer, places, prices } from './data.ts';
import { cutOn, type DayRecord, lastRead, periodOf, readAt, recordOf } from './meter.ts';
import { balanceOf, billedMonth, paymentsOf } from './money.ts';
import { applicationsOf, outagesIn } from './outages.ts';
import { everyone } from './people.ts';
import { bookOf, partsOn, sharesOf } from './periods.ts';
import { openedOn } from './use.ts';
import { find, managerOf, outletsNear, serviceOf } from './where.ts';

/** How far back the utility keeps what it tells. */
const keptMonths = 24;

function dailyUse(customer: Customer, { day, energy, quality }: DayRecord): DailyUse {
  if (energy === undefined) return { day: dayText(day), quality };
  const use = { day: dayText(day), kwh: kwhOf(energy), quality };
  if (customer.pricing === 'flat') return use;
  const month = monthOf(day);
  const parts = partsOn(customer, day, energy, sharesOf(customer, bookOf(customer, month), month));
  const of = (...periods: Parameters<typeof parts.get>[0][]) =>
    kwhOf(periods.reduce((sum, period) => sum + (parts.get(period) ?? 0), 0));
  return { ...use, peak: of('peak', 'sharp'), valley: of('valley', 'deep_valley') };
}

function median(sorted: readonly number[]): string {
  const half = sorted.length >> 1;
  const value = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return String(value);
}

/** An embedded utility, so that everything can be tried and tested without one. Its orders live in GridTalk's own database. */
export function demoBackend(clock: () => Date): Backend {
  const customers = new Map(everyone().map((customer) => [customer.number, customer]));

  function known(number: string): Customer {
    const customer = customers.get(number);
    if (!customer) throw notFound('There is no account of that number.', 'Look it up with accounts.find first.');
    return customer;
  }

  const located = (place: Requests['directory.locate']['place']) =>
    find(place, (number) => customers.get(number)?.address);

  const accounts: Backend['accounts'] = {
    async find(number) {
      const customer = customers.get(number);
      if (!customer) return undefined;
      const { life: _, ...account } = customer;
      return account satisfies Account;
    },
    async applications(number) {
      requests['accounts.applications'].parse({ number });
      const now = clock();
      return { asOf: now.toISOString(), applications: applicationsOf(known(number).number, now) };
    },
    async sendCode(message) {
      requests['accounts.sendCode'].parse(message);
    },
  };
  void [accounts, billsOf, lastBilled, dayNumber, dayOf, firstDay, monthNumber, places, prices, cutOn, lastRead, periodOf, readAt, recordOf, balanceOf, billedMonth, paymentsOf, outagesIn, openedOn, managerOf, outletsNear, serviceOf, dailyUse, median, located, keptMonths];
  throw new Error('in the making');
}
