import { z } from 'zod';
import { checked } from '#errors';
import {
  Account,
  Applications,
  type Backend,
  Balance,
  BilledMonths,
  DailyUses,
  Gazetteer,
  Manager,
  Neighbours,
  Outages,
  Outlet,
  Payments,
  Prices,
  Service,
} from './port.ts';

const AccountNumber = z.string().regex(/^\d{10,16}$/, '10 to 16 digits');
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month like 2026-10');
const Place = z.object({
  accountNumber: AccountNumber.optional().catch(undefined),
  address: z.string().max(400).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Every verb of the port as data, so that each adapter is checked the same way: what may be asked and what may be answered. `number`:
 * it asks of one account, and an answer of another is refused. `keep`: so long may the last good answer stand in when the utility's
 * system fails; money is never kept. `writes`: it must not be repeated without an idempotency key.
 */
export const verbs = {
  'accounts.find': { request: z.object({ number: AccountNumber }), answer: Account.optional(), keep: 10 * minute },
  'accounts.applications': { request: z.object({ number: AccountNumber }), answer: Applications },
  'accounts.sendCode': {
    request: z.object({ id: z.string().min(1), phone: z.string().min(1), code: z.string().min(1) }),
    answer: z.undefined(),
    writes: 'id',
  },
  'bills.balance': { request: z.object({ number: AccountNumber }), answer: Balance },
  'bills.months': { request: z.object({ number: AccountNumber, from: Month, to: Month }), answer: BilledMonths },
  'bills.payments': { request: z.object({ number: AccountNumber }), answer: Payments },
  'bills.daily': {
    request: z.object({ number: AccountNumber, from: z.iso.date(), to: z.iso.date() }),
    answer: DailyUses,
  },
  'bills.neighbours': { request: z.object({ number: AccountNumber, month: Month }), answer: Neighbours },
  'outages.at': { request: Place, answer: Outages, keep: 10 * minute },
  'prices.all': { request: z.object({}), answer: Prices, keep: day },
  'directory.locate': { request: Place, answer: Service.optional(), keep: day },
  'directory.manager': { request: z.object({ grid: z.string().min(1) }), answer: Manager.optional(), keep: day },
  'directory.outlets': {
    request: Place.extend({ kind: Outlet.shape.kind.optional() }),
    answer: z.array(Outlet),
    keep: day,
  },
  'directory.gazetteer': { request: z.object({}), answer: Gazetteer, keep: day },
  'orders.create': {
    request: z.looseObject({ number: z.string().min(1), type: z.string().min(1) }),
    answer: z.undefined(),
    writes: 'number',
  },
} satisfies Record<string, { request: z.ZodObject; answer: z.ZodType; keep?: number; writes?: string }>;

export type VerbName = keyof typeof verbs;
export type Asked<Name extends VerbName> = z.output<(typeof verbs)[Name]['request']>;
export type Answered<Name extends VerbName> = z.output<(typeof verbs)[Name]['answer']>;
export type Answering = <Name extends VerbName>(name: Name, request: Asked<Name>) => Promise<Answered<Name>>;

/** The shape of an answer, or of each of a list of them, without the case that there is none. */
export function shapeOf(name: VerbName): z.ZodType {
  const strip = (shape: z.ZodType): z.ZodType => {
    if (shape instanceof z.ZodOptional) return strip(shape.unwrap() as z.ZodType);
    return shape instanceof z.ZodArray ? strip(shape.element as z.ZodType) : shape;
  };
  return strip(verbs[name].answer);
}

/** Fields that an answer can't do without. */
export function neededBy(name: VerbName): string[] {
  const shape = shapeOf(name);
  if (!(shape instanceof z.ZodObject)) return [];
  const needed = ([, field]: [string, unknown]) => !(field as z.ZodType).safeParse(undefined).success;
  return Object.entries(shape.shape)
    .filter(needed)
    .map(([field]) => field);
}

/** A port whose verbs all go one way. What is asked is checked here, before an adapter sees it. */
export function portOver(demo: boolean, answer: Answering): Backend {
  const ask = async <Name extends VerbName>(name: Name, request: unknown) =>
    answer(name, checked(verbs[name].request, request) as Asked<Name>);
  return {
    demo,
    accounts: {
      // Digits that can't be a number are asked about like any other: there is no such account.
      find: async (number) => (AccountNumber.safeParse(number).success ? ask('accounts.find', { number }) : undefined),
      applications: (number) => ask('accounts.applications', { number }),
      sendCode: (message) => ask('accounts.sendCode', message),
    },
    bills: {
      balance: (number) => ask('bills.balance', { number }),
      months: (number, from, to) => ask('bills.months', { number, from, to }),
      payments: (number) => ask('bills.payments', { number }),
      daily: (number, from, to) => ask('bills.daily', { number, from, to }),
      neighbours: (number, month) => ask('bills.neighbours', { number, month }),
    },
    outages: { at: (place) => ask('outages.at', place) },
    prices: { all: () => ask('prices.all', {}) },
    directory: {
      locate: (place) => ask('directory.locate', place),
      manager: (grid) => ask('directory.manager', { grid }),
      outlets: (place, kind) => ask('directory.outlets', { ...place, kind }),
      gazetteer: () => ask('directory.gazetteer', {}),
    },
    orders: { create: (order) => ask('orders.create', order) },
  };
}
