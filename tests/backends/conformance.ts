import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Backend, Place } from '#backends';
import { type VerbName, verbs } from '../../src/backends/verbs.ts';

/** Where the clock stands. */
export const now = '2026-11-23T21:00:00+08:00';

/** One of each peculiarity of the demo utility, and of each province. */
export const accounts = [
  '3301000000017',
  '3301000000025',
  '3301000000058',
  '3301000000066',
  '3301000000082',
  '3301000000090',
  '3301000000108',
  '3301000000132',
  '3301000000140',
  '3301000000165',
  '3301000000173',
  '3301000000181',
  '3301000000199',
  '3301000000207',
  '3301000000215',
  '3301000000223',
  '3301000000231',
  '3301000000249',
  '3301000000256',
  '3301000000272',
  '3301000000298',
  '3201000007014',
  '3101000009012',
  '4401000000008026',
];

export const places: Place[] = [
  { address: '竞舟小区8幢' },
  { address: '大关西五苑3幢' },
  { address: '余杭区径山镇小古城村3组' },
  { address: '滨江区' },
  { address: '火星' },
  { accountNumber: '3301000000033' },
  { accountNumber: '3301000009999' },
  { latitude: 30.2741, longitude: 120.1312 },
  { latitude: 23.1312, longitude: 113.3461 },
  { latitude: 1, longitude: 1 },
  {},
];

/** Every question that the suite asks of a backend, by name: the two adapters must answer each alike. */
export const questions: Record<string, (backend: Backend) => Promise<unknown>> = Object.fromEntries([
  ...accounts.flatMap((number): [string, (backend: Backend) => Promise<unknown>][] => [
    [`accounts.find ${number}`, ({ accounts }) => accounts.find(number)],
    [`accounts.applications ${number}`, ({ accounts }) => accounts.applications(number)],
    [`bills.balance ${number}`, ({ bills }) => bills.balance(number)],
    [`bills.months ${number}`, ({ bills }) => bills.months(number, '2026-06', '2026-11')],
    [`bills.payments ${number}`, ({ bills }) => bills.payments(number)],
    [`bills.daily ${number}`, ({ bills }) => bills.daily(number, '2026-10-20', '2026-11-23')],
    [`bills.neighbours ${number}`, ({ bills }) => bills.neighbours(number, '2026-10')],
  ]),
  ...places.flatMap((place): [string, (backend: Backend) => Promise<unknown>][] => [
    [`outages.at ${JSON.stringify(place)}`, ({ outages }) => outages.at(place)],
    [`directory.locate ${JSON.stringify(place)}`, ({ directory }) => directory.locate(place)],
    [`directory.outlets ${JSON.stringify(place)}`, ({ directory }) => directory.outlets(place)],
    [`directory.outlets ${JSON.stringify(place)} hall`, ({ directory }) => directory.outlets(place, 'hall')],
  ]),
  ['directory.manager', ({ directory }: Backend) => directory.manager('文新网格')],
  ['directory.manager of none', ({ directory }: Backend) => directory.manager('火星网格')],
  ['directory.gazetteer', ({ directory }: Backend) => directory.gazetteer()],
  ['prices.all', ({ prices }: Backend) => prices.all()],
]);

const rising = (texts: readonly string[]) => expect(texts).toEqual(texts.toSorted());

/** What the port promises, whichever adapter is behind it. */
export function conformance(name: string, open: () => Promise<{ backend: Backend; close?: () => Promise<void> }>) {
  describe(`${name} keeps what the port promises`, () => {
    let backend: Backend;
    let close: (() => Promise<void>) | undefined;
    beforeAll(async () => {
      ({ backend, close } = await open());
    });
    afterAll(async () => close?.());

    test('every answer has its shape', async () => {
      for (const [question, ask] of Object.entries(questions)) {
        const shape = verbs[question.split(' ')[0] as VerbName].answer;
        const answer = await ask(backend);
        expect({ question, faults: shape.safeParse(answer).error?.issues }).toEqual({ question, faults: undefined });
      }
    });

    test('an account is found by its number; of others there is none', async () => {
      const account = await backend.accounts.find('3301000000017');
      expect(account).toMatchObject({ number: '3301000000017', name: '张伟', phone: '13800000017' });
      expect(account).not.toHaveProperty('stale');
      expect(account).not.toHaveProperty('life');
      expect(await backend.accounts.find('3301000009999')).toBeUndefined();
      expect(await backend.accounts.find('12')).toBeUndefined();
    });

    test('money and usage of an account that is not there are NotFound', async () => {
      const { accounts, bills } = backend;
      const none = '3301000009999';
      for (const asked of [
        () => accounts.applications(none),
        () => bills.balance(none),
        () => bills.months(none, '2026-01', '2026-10'),
        () => bills.payments(none),
        () => bills.daily(none, '2026-11-01', '2026-11-20'),
        () => bills.neighbours(none, '2026-10'),
      ])
        await expect(asked()).rejects.toMatchObject({ code: 'NotFound' });
    });

    test('what makes no sense is not asked', async () => {
      const { bills, accounts } = backend;
      await expect(bills.months('3301000000017', 'last year', '2026-10')).rejects.toMatchObject({ code: 'BadRequest' });
      await expect(bills.daily('3301000000017', '2026-02-30', '2026-11-01')).rejects.toMatchObject({
        code: 'BadRequest',
      });
      await expect(bills.balance('../17')).rejects.toMatchObject({ code: 'BadRequest' });
      await expect(accounts.sendCode({ id: '', phone: '13800000017', code: '123456' })).rejects.toMatchObject({
        code: 'BadRequest',
      });
    });

    test.each(accounts)('bills, payments and days of %s are of it and in order', async (number) => {
      const { months } = await backend.bills.months(number, '2024-01', '2027-01');
      const { payments } = await backend.bills.payments(number);
      const { days } = await backend.bills.daily(number, '2026-09-01', '2026-11-30');
      rising(months.map(({ month }) => month));
      rising(days.map(({ day }) => day));
      rising(payments.map(({ at }) => at).reverse());
      expect(months.at(-1)).toMatchObject({ month: '2026-10' });
      expect(days.at(-1)!.day < '2026-11-23').toBe(true);
    });

    test('the same order and the same code twice are one', async () => {
      const order = { number: 'GT-1', type: 'fault', address: '文三路199号', urgent: false };
      await backend.orders.create(order);
      await expect(backend.orders.create(order)).resolves.toBeUndefined();
      const message = { id: 'code-1', phone: '13800000017', code: '123456' };
      await backend.accounts.sendCode(message);
      await expect(backend.accounts.sendCode(message)).resolves.toBeUndefined();
    });

    test('at most ten outlets, nearest first, of the kind', async () => {
      const halls = await backend.directory.outlets({ accountNumber: '3301000000017' }, 'hall');
      expect(halls[0]).toMatchObject({ name: '西湖供电营业厅', kind: 'hall' });
      expect(halls.every(({ kind }) => kind === 'hall')).toBe(true);
      expect((await backend.directory.outlets({ accountNumber: '3301000000017' })).length).toBe(10);
      const district = await backend.directory.outlets({ address: '滨江区' }, 'hall');
      expect(district.map(({ name }) => name)).toEqual(['滨江供电营业厅']);
      expect(await backend.directory.outlets({ address: '火星' })).toEqual([]);
    });
  });
}
