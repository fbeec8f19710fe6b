import { describe, expect, test } from '@jest/globals';
import { type BilledMonth, demoBackend } from '#backends';
import { bill, bookFor } from '#tariff';
import { everyone } from '../../src/backends/demo/people.ts';
import { now } from './conformance.ts';

const at = (time: string) => demoBackend(() => new Date(time));
const backend = at(now);
const { accounts, bills, directory, outages, prices } = backend;

const newestBill = async (number: string) => (await bills.months(number, '2026-10', '2026-10')).months[0]!;

describe('places', () => {
  test('the two accounts that are always there', async () => {
    expect(await accounts.find('3301000000017')).toMatchObject({
      name: '张伟',
      phone: '13800000017',
      address: '杭州市西湖区文三路199号2幢1单元301室',
      kind: 'residential',
      pricing: 'time_of_use',
    });
    expect(await accounts.find('3301000000025')).toMatchObject({ name: '李娜', pricing: 'flat' });
    expect(await accounts.find('3301000009999')).toBeUndefined();
  });

  test('one outage is running and one announced, by address and by account, with the time it was known', async () => {
    const running = await outages.at({ address: '竞舟小区8幢' });
    expect(running.asOf).toBe('2026-11-23T13:00:00.000Z');
    expect(running.outages.map(({ stage }) => stage)).toEqual(['running']);
    expect((await outages.at({ accountNumber: '3301000000033' })).outages).toHaveLength(1);
    expect((await outages.at({ address: '大关西五苑3幢' })).outages.map(({ stage }) => stage)).toEqual(['announced']);
    expect((await outages.at({ address: '文三路199号' })).outages).toEqual([]);
  });

  test.each([
    ['采荷人民新村17幢', 'running', undefined],
    ['北干家园3幢', 'restored', '分支箱故障'],
    ['旺角城4幢', 'delayed', '环网柜检修'],
    ['东湖花苑7幢', 'cancelled', '低压线路改造'],
    ['彩虹城6幢', 'announced', '配合道路施工迁改电缆'],
  ])('%s: an outage that is %s', async (address, stage, cause) => {
    expect((await outages.at({ address })).outages).toMatchObject([{ stage, ...(cause && { cause }) }]);
  });

  test('an outage by the day has its hours in local time', async () => {
    const [planned] = (await outages.at({ address: '彩虹城' })).outages;
    expect(planned).toMatchObject({ startsAt: '2026-11-25T00:00:00.000Z', endsAt: '2026-11-25T09:00:00.000Z' });
  });

  test('a place has its grid and its setting; an unknown one has none', async () => {
    expect(await directory.locate({ address: '余杭区径山镇小古城村3组' })).toMatchObject({
      grid: '径山网格',
      setting: 'rural',
    });
    expect(await directory.locate({ address: '火星' })).toBeUndefined();
  });

  test('a pin has the nearest transformer area, farther away its grid, abroad nothing', async () => {
    expect(await directory.locate({ latitude: 30.2738, longitude: 120.1331 })).toMatchObject({ area: '文三199公变' });
    const between = await directory.locate({ latitude: 30.25, longitude: 120.12 });
    expect(between).toMatchObject({ grid: '文新网格' });
    expect(between?.area).toBeUndefined();
    expect(await directory.locate({ latitude: 48.85, longitude: 2.35 })).toBeUndefined();
  });

  test('a grid has a manager with the number of the service, not of a person', async () => {
    const manager = await directory.manager('文新网格');
    expect(manager?.phone).toMatch(/^95598/);
    expect(await directory.manager('火星网格')).toBeUndefined();
  });

  test('every name of the gazetteer that the demo serves is a place', async () => {
    const { communities, villages } = await directory.gazetteer();
    const lost = [];
    for (const address of [...communities, ...villages]) if (!(await directory.locate({ address }))) lost.push(address);
    expect(lost).toEqual([]);
  });
});

describe('customers', () => {
  const all = everyone();

  test('at least 200, each with a number, phone and address of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    expect(new Set(all.map(({ address }) => address)).size).toBe(all.length);
    // Only 徐浩 has two: his home and his car.
    expect(new Set(all.map(({ phone }) => phone)).size).toBe(all.length - 1);
    expect(all.every(({ phone }) => /^1380000\d{4}$/.test(phone))).toBe(true);
  });

  test('each lives where its address says, in a region with price books of its own', async () => {
    const { books } = await prices.all();
    for (const { number, area, region, kind, voltage, capacityKva } of all) {
      expect(await directory.locate({ accountNumber: number })).toMatchObject({ area, region });
      expect({ number, book: bookFor(books, { region, kind, voltage, capacityKva }, '2026-10-01')?.region }).toEqual({
        number,
        book: region,
      });
    }
    expect(new Set(all.map(({ region }) => region)).size).toBeGreaterThanOrEqual(3);
  });

  test('neighbours: twenty homes and a median for the known accounts, none where there are fewer', async () => {
    for (const number of ['3301000000017', '3301000000025', '3301000000033', '3301000000041']) {
      const { homes, median } = await bills.neighbours(number, '2026-10');
      expect(homes).toBeGreaterThanOrEqual(20);
      expect(Number(median)).toBeGreaterThan(50);
    }
    expect((await bills.neighbours('3301000000090', '2026-10')).median).toBeUndefined();
    expect((await bills.neighbours('3301000000017', '2026-11')).median).toBeUndefined();
  });
});

describe('bills', () => {
  const usageOf = (month: BilledMonth) => ({ ...month, kwh: month.parts ?? { flat: month.kwh } });

  test.each(everyone().map(({ number }) => number))('%s: each is what its book makes of it', async (number) => {
    const account = (await accounts.find(number))!;
    const { books } = await prices.all();
    const { months } = await bills.months(number, '2025-01', '2026-10');
    for (const month of months) {
      const book = books.find(({ id }) => id === month.book)!;
      const made = bill({ ...account, ...usageOf(month) }, book);
      expect({ month: month.month, amount: month.amount }).toEqual({ month: month.month, amount: made.total });
      expect(Number(month.readings.end) - Number(month.readings.start)).toBe(Number(month.kwh));
    }
  });

  test('the counter of the year is the sum of the bills before', async () => {
    const { months } = await bills.months('3301000000025', '2026-01', '2026-10');
    let sum = 0;
    for (const { before, kwh } of months) {
      expect(before).toBe(String(sum));
      sum += Number(kwh);
    }
  });

  test('days add up to the bill', async () => {
    for (const number of ['3301000000017', '3301000000025']) {
      const { days } = await bills.daily(number, '2026-10-01', '2026-10-31');
      const read = days.filter(({ kwh }) => kwh !== undefined);
      const sum = read.reduce((all, { kwh }) => all + Number(kwh), 0);
      const mean = sum / read.length;
      const { kwh } = await newestBill(number);
      expect(Math.abs(sum + mean * (days.length - read.length) - Number(kwh))).toBeLessThan(10);
    }
  });

  test('two years are kept', async () => {
    const { months } = await bills.months('3301000000017', '2020-01', '2026-12');
    expect(months.map(({ month }) => month)).toEqual(expect.arrayContaining(['2024-11', '2026-10']));
    expect(months).toHaveLength(24);
    const { days } = await bills.daily('3301000000017', '2020-01-01', '2026-12-31');
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(['2024-11-01', '2026-11-22']);
    expect(days).toHaveLength(752);
  });

  test('a history does not change with the clock; only what was ahead has come', async () => {
    const later = at('2027-01-05T10:00:00+08:00');
    for (const number of ['3301000000017', '3301000000108', '3301000000181', '3301000000199']) {
      const period = ['2026-03', '2026-10'] as const;
      expect((await later.bills.months(number, ...period)).months).toEqual(
        (await bills.months(number, ...period)).months,
      );
      const days = ['2026-09-01', '2026-11-20'] as const;
      expect((await later.bills.daily(number, ...days)).days).toEqual((await bills.daily(number, ...days)).days);
      const known = (await bills.payments(number)).payments.slice(0, 12);
      expect((await later.bills.payments(number)).payments).toEqual(expect.arrayContaining(known));
    }
    expect((await later.bills.months('3301000000017', '2026-11', '2027-01')).months).toHaveLength(2);
  });

  test('a bill is made on the first and due on the twenty-fifth; readings come in at six', async () => {
    const number = '3301000000017';
    const months = async (time: string) => (await at(time).bills.months(number, '2026-10', '2026-10')).months;
    expect(await months('2026-10-31T23:59:00+08:00')).toEqual([]);
    expect(await months('2026-11-01T00:00:00+08:00')).toMatchObject([{ dueOn: '2026-11-25', paid: false }]);
    const last = async (time: string) =>
      (await at(time).bills.daily(number, '2026-11-01', '2026-11-30')).days.at(-1)?.day;
    expect(await last('2026-11-20T05:59:00+08:00')).toBe('2026-11-18');
    expect(await last('2026-11-20T06:00:00+08:00')).toBe('2026-11-19');
  });
});

describe('stories', () => {
  test('李娜: the October bill crosses into the second tier, and is not paid yet', async () => {
    const [last] = (await bills.months('3301000000025', '2025-10', '2025-10')).months;
    const month = await newestBill('3301000000025');
    expect(month).toMatchObject({ paid: false, dueOn: '2026-11-25' });
    expect([Number(month.before), Number(month.before) + Number(month.kwh)].map((kwh) => kwh > 2760)).toEqual([
      false,
      true,
    ]);
    expect(Number(month.amount)).toBeGreaterThan(1.3 * Number(last!.amount));
    expect(await bills.balance('3301000000025')).toMatchObject({
      owed: month.amount,
      unpaid: ['2026-10'],
      lateFee: '0.00',
    });
  });

  test('张伟: all paid, an EV charger half-way', async () => {
    expect(await bills.balance('3301000000017')).toMatchObject({ owed: '0.00', unpaid: [] });
    const { applications } = await accounts.applications('3301000000017');
    expect(applications).toMatchObject([{ intent: 'service.ev_charger' }]);
    expect(applications[0]!.steps.map(({ done }) => done !== undefined)).toEqual([true, true, false, false, false]);
  });

  test('孙立军: in arrears, cut off, and told what brings the supply back, usage up to the cut included', async () => {
    expect(await accounts.find('3301000000082')).toMatchObject({ supply: 'off' });
    const balance = await bills.balance('3301000000082');
    expect(balance.unpaid).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(Number(balance.lateFee)).toBeGreaterThan(1);
    expect(Number(balance.toReconnect)).toBeGreaterThan(Number(balance.owed) + Number(balance.lateFee));
    const { days } = await bills.daily('3301000000082', '2026-11-17', '2026-11-22');
    expect(days.map(({ kwh }) => Number(kwh) > 0)).toEqual([true, false, false, false, false, false]);
  });

  test('何芳: in arrears, supply on', async () => {
    expect(await accounts.find('3301000000090')).toMatchObject({ supply: 'on' });
    const balance = await bills.balance('3301000000090');
    expect(balance.unpaid).toHaveLength(2);
    expect(balance.toReconnect).toBeUndefined();
  });

  test('paying ahead: enough, little, below zero and cut off', async () => {
    const left = async (number: string) => Number((await bills.balance(number)).left);
    expect(await left('3301000000108')).toBeGreaterThan(30);
    expect(await left('3301000000116')).toBeLessThan(30);
    const { left: below, toReconnect } = await bills.balance('3301000000132');
    expect(Number(below)).toBeLessThan(0);
    expect(toReconnect).toBe(below?.slice(1));
  });

  test('payments: one processing, one failed, one refunded, one twice', async () => {
    const states = async (number: string) =>
      (await bills.payments(number)).payments.slice(0, 2).map(({ state, amount }) => [state, amount]);
    expect((await states('3301000000231'))[0]).toEqual(['processing', (await bills.balance('3301000000231')).owed]);
    expect((await states('3301000000314')).map(([state]) => state)).toEqual(['credited', 'failed']);
    expect((await states('3301000000249')).map(([state]) => state)).toEqual(['credited', 'refunded']);
    const [one, other] = await states('3301000000256');
    expect(one).toEqual(other);
  });

  test('meters: one stuck that jumps, one estimated and put right, one read late, one read by hand', async () => {
    const { days } = await bills.daily('3301000000181', '2026-11-06', '2026-11-16');
    expect(days.map(({ quality }) => quality).join('')).toBe('SSSSSSSSSSA');
    expect([Number(days[0]!.kwh), Number(days[9]!.kwh) > 50]).toEqual([0, true]);
    expect(await newestBill('3301000000199')).toMatchObject({ quality: 'estimated' });
    expect(await newestBill('3301000000207')).toMatchObject({ to: '2026-11-05', days: 36 });
    const hand = await bills.daily('3301000000298', '2026-10-01', '2026-10-31');
    expect(new Set(hand.days.map(({ quality }) => quality))).toEqual(new Set(['M', '-']));
  });

  test('a factory: capacity, periods and a power factor below the standard', async () => {
    const month = await newestBill('3301000000157');
    const [account, { books }] = [(await accounts.find('3301000000157'))!, await prices.all()];
    const book = books.find(({ id }) => id === month.book)!;
    const { lines } = bill({ ...account, ...month, kwh: month.parts! }, book);
    expect(lines.find(({ kind }) => kind === 'basic')).toMatchObject({ quantity: '315' });
    expect(Number(lines.find(({ kind }) => kind === 'power_factor')?.amount)).toBeGreaterThan(0);
  });

  test('a low-income home has its free kWh, a household of six its larger tiers', async () => {
    expect(await accounts.find('3301000000215')).toMatchObject({ lowIncome: true });
    const { kwh, amount } = await newestBill('3301000000215');
    expect(Number(amount)).toBeCloseTo((Number(kwh) - 15) * 0.538, 2);
    expect(await accounts.find('3301000000066')).toMatchObject({ household: 6 });
  });
});
