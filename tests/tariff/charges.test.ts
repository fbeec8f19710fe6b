import { describe, expect, test } from '@jest/globals';
import { bill, lateFee, meterError, type PriceBook, powerFactor, theftLiability, type Usage } from '#tariff';
import { book } from './shipped.ts';

const zhejiang = book('浙江-居民阶梯-2025');
const factory = book('浙江-工商业-两部制-1至10kV');

describe('bills of firms', () => {
  const usage: Usage = {
    month: '2026-07',
    kwh: { sharp: '1000', peak: '3000', flat: '2000', valley: '4000' },
    pricing: 'time_of_use',
    capacityKva: '400',
    kvarh: '6200',
  };

  test('energy by period, basic charge by capacity, power factor on both without the funds', () => {
    expect(bill(usage, factory)).toEqual({
      book: factory.id,
      kwh: '10000',
      lines: [
        { kind: 'energy', period: 'sharp', quantity: '1000', price: '1.1802', amount: '1180.20' },
        { kind: 'energy', period: 'peak', quantity: '3000', price: '0.9684', amount: '2905.20' },
        { kind: 'energy', period: 'flat', quantity: '2000', price: '0.6052', amount: '1210.40' },
        { kind: 'energy', period: 'valley', quantity: '4000', price: '0.2300', amount: '920.00' },
        { kind: 'basic', basis: 'capacity', quantity: '400', price: '30', amount: '12000.00' },
        // 6215.80 + 12000.00 − 10000 × 0.0296
        { kind: 'power_factor', factor: '0.85', quantity: '17919.80', price: '0.025', amount: '448.00' },
      ],
      total: '18663.80',
    });
  });

  test('the book says whether funds are adjusted too', () => {
    const all: PriceBook = { ...factory, powerFactor: { standard: '0.90', onSurcharges: true } };
    expect(bill(usage, all).lines.at(-1)).toMatchObject({ quantity: '18215.80', amount: '455.40' });
  });

  test('a good factor takes off, and is rounded like what it takes off', () => {
    const line = bill({ ...usage, kvarh: '3000' }, factory).lines.at(-1)!;
    expect(line).toEqual({
      kind: 'power_factor',
      factor: '0.96',
      quantity: '17919.80',
      price: '-0.0075',
      amount: '-134.40',
    });
  });

  test('by highest demand, at nine tenths in a month of high load', () => {
    const basic = (capacityKva: string) =>
      bill({ ...usage, capacityKva, demandKw: '35' }, factory).lines.find(({ kind }) => kind === 'basic');
    expect(basic('40')).toMatchObject({ basis: 'demand', quantity: '35', price: '48', amount: '1680.00' });
    expect(basic('38.4')).toMatchObject({ basis: 'demand', quantity: '35', price: '43.2', amount: '1512.00' });
  });

  test('a register out of season may be there, if it is empty', () => {
    const autumn = { ...usage, month: '2026-10' };
    expect(() => bill(autumn, factory)).toThrow('sharp');
    expect(bill({ ...autumn, kwh: { ...usage.kwh, sharp: '0' } }, factory).kwh).toBe('9000');
  });
});

describe('bills of homes', () => {
  test('nothing used costs nothing', () => {
    expect(bill({ month: '2026-10', kwh: {}, pricing: 'flat', lowIncome: true }, zhejiang)).toEqual({
      book: zhejiang.id,
      kwh: '0',
      lines: [],
      total: '0.00',
    });
  });

  test('free kWh are lines of their own, at the first tier’s price', () => {
    const { lines, total } = bill(
      { month: '2026-10', kwh: { flat: '150' }, pricing: 'flat', before: '5000', lowIncome: true },
      zhejiang,
    );
    expect(lines.map(({ kind, tier, quantity, price, amount }) => [kind, tier, quantity, price, amount])).toEqual([
      ['energy', 3, '150', '0.838', '125.70'],
      ['free', 1, '-15', '0.538', '-8.07'],
    ]);
    expect(total).toBe('117.63');
  });

  test('tiers by the month don’t look at what was used in the year', () => {
    const usage: Usage = { month: '2026-01', kwh: { flat: '100' }, pricing: 'flat', before: '3000' };
    const guangdong = book('广东-居民阶梯');
    expect(bill(usage, guangdong).lines.map(({ tier }) => tier)).toEqual([1]);
    expect(
      bill({ ...usage, monthBefore: '150' }, guangdong).lines.map(({ tier, quantity }) => [tier, quantity]),
    ).toEqual([
      [1, '50'],
      [2, '50'],
    ]);
  });

  test('without time of use the registers of the periods are one', () => {
    const kwh = { peak: '100', valley: '50' };
    expect(bill({ month: '2026-10', kwh, pricing: 'flat' }, zhejiang).total).toBe('80.70');
  });

  test('parts that are no finite decimal still add up', () => {
    const usage: Usage = { month: '2026-10', kwh: { peak: '1', valley: '2' }, pricing: 'time_of_use', before: '2759' };
    expect(bill(usage, zhejiang).lines.map(({ quantity }) => quantity)).toEqual([
      '0.33333333',
      '0.66666667',
      '0.66666667',
      '1.33333333',
    ]);
  });
});

describe('what can’t be billed is refused with its reason', () => {
  const usage: Usage = { month: '2026-10', kwh: { flat: '100' }, pricing: 'flat' };
  test.each([
    ['no number', { ...usage, kwh: { flat: '1e3' } }, zhejiang, 'no decimal number'],
    ['below zero', { ...usage, kwh: { flat: '-1' } }, zhejiang, 'below zero'],
    ['no month', { ...usage, month: '2026-13' }, zhejiang, 'no month'],
    ['no such pricing', { ...usage, pricing: 'time_of_use' as const }, book('北京-居民阶梯'), 'no time-of-use prices'],
    ['no such period', { ...usage, pricing: 'time_of_use' as const }, zhejiang, 'no such period'],
    ['no flat price', usage, factory, 'no flat prices'],
    ['no capacity', { ...usage, kwh: { peak: '1' }, pricing: 'time_of_use' as const }, factory, 'two-part price'],
    ['a tier without price', usage, { ...zhejiang, thresholds: [{ upTo: ['2760'] }] }, '3 rows of prices for 2 tiers'],
    ['thresholds that fall', usage, { ...zhejiang, thresholds: [{ upTo: ['4800', '2760'] }] }, 'do not rise'],
    ['a month without thresholds', usage, { ...zhejiang, thresholds: [] }, 'no thresholds for month 10'],
    [
      'a month without prices',
      usage,
      { ...zhejiang, prices: [{ ...zhejiang.prices[0]!, months: [1] }] },
      'no prices for',
    ],
    [
      'a period without price',
      usage,
      { ...zhejiang, prices: [{ time_of_use: [{ peak: '1', valley: '1' }, { peak: '1' }, { peak: '1' }] }] },
      'no price for valley in tier 2',
    ],
  ])('%s', (_case, of, faulty, reason) => {
    expect(() => bill(of, faulty)).toThrow(reason);
  });
});

describe('power factor', () => {
  /** kvarh that make this cosφ of a million kWh. */
  const kvarh = (factor: number) => String(Math.round(1e6 * Math.sqrt(1 / factor ** 2 - 1)));

  test.each([
    ['0.90', 1, '-0.0075'],
    ['0.90', 0.95, '-0.0075'],
    ['0.90', 0.94, '-0.006'],
    ['0.90', 0.9, '0'],
    ['0.90', 0.89, '0.005'],
    ['0.90', 0.7, '0.1'],
    ['0.90', 0.69, '0.11'],
    ['0.90', 0.65, '0.15'],
    ['0.90', 0.64, '0.17'],
    ['0.85', 0.94, '-0.011'],
    ['0.85', 0.9, '-0.005'],
    ['0.85', 0.65, '0.1'],
    ['0.80', 0.92, '-0.013'],
    ['0.80', 0.81, '-0.001'],
    ['0.80', 0.54, '0.17'],
  ])('standard %s, cosφ %s: %s', (standard, factor, rate) => {
    expect(powerFactor({ kwh: '1000000', kvarh: kvarh(factor), standard })).toEqual({
      factor: factor.toFixed(2),
      rate,
    });
  });

  test('rounded where it lies, however near to the half (which no decimal kWh and kvarh hit)', () => {
    expect(powerFactor({ kwh: '845', kvarh: '534.7663', standard: '0.90' }).factor).toBe('0.85');
    expect(powerFactor({ kwh: '845', kvarh: '534.7664', standard: '0.90' }).factor).toBe('0.84');
  });

  test('nothing but reactive energy, or nothing at all', () => {
    expect(powerFactor({ kwh: '0', kvarh: '5', standard: '0.90' })).toEqual({ factor: '0.00', rate: '1.45' });
    expect(powerFactor({ kwh: '0.001', kvarh: '5000', standard: '0.90' }).factor).toBe('0.00');
    expect(powerFactor({ kwh: '0', kvarh: '0', standard: '0.90' })).toEqual({ factor: '1.00', rate: '-0.0075' });
  });

  test('a standard without table is refused', () => {
    expect(() => powerFactor({ kwh: '1', kvarh: '1', standard: '0.95' })).toThrow('no table');
  });
});

describe('late fee', () => {
  const arrears = { owed: '100.00', dueOn: '2026-11-25', residential: true };

  test.each([
    ['on the day it was due', '2026-11-25', '0.00'],
    ['before', '2026-11-01', '0.00'],
    ['a day late: the least', '2026-11-26', '1.00'],
    ['over the end of the year, at one rate for homes', '2027-01-14', '5.00'],
    ['years late: no more than what is owed', '2030-01-01', '100.00'],
  ])('paid %s', (_case, paidOn, fee) => {
    expect(lateFee({ ...arrears, paidOn }, zhejiang).fee).toBe(fee);
  });

  test('who owes nothing pays nothing, and the least is not more than what is owed', () => {
    expect(lateFee({ ...arrears, owed: '0', paidOn: '2026-12-25' }, zhejiang).fee).toBe('0.00');
    expect(lateFee({ ...arrears, owed: '0.40', paidOn: '2026-12-25' }, zhejiang).fee).toBe('0.40');
  });

  test('wrong days and a book without the rule are refused', () => {
    expect(() => lateFee({ ...arrears, paidOn: '2026-02-30' }, zhejiang)).toThrow('no day');
    expect(() => lateFee({ ...arrears, paidOn: '2026-12-25' }, { ...zhejiang, lateFee: undefined })).toThrow(
      'late fee',
    );
  });
});

describe('meters and theft', () => {
  test('within the limits nothing is put right', () => {
    expect(meterError({ error: '0.02', kwh: '1000' })).toMatchObject({ withinLimits: true, kwh: '0' });
    expect(meterError({ error: '-0.02', kwh: '1000' })).toMatchObject({ withinLimits: true, kwh: '0' });
  });

  test('a fast meter gives back', () => {
    expect(meterError({ error: '0.25', kwh: '1000' })).toEqual({ withinLimits: false, trueKwh: '800', kwh: '-100' });
  });

  test('a meter that stood tells nothing', () => {
    expect(() => meterError({ error: '-1', kwh: '0' })).toThrow('did not count');
  });

  test('power is taken to run twelve hours; known days are taken as they are', () => {
    expect(theftLiability({ kw: '10', residential: false, days: 30, price: '0.7126' })).toEqual({
      days: 30,
      assumed: false,
      hoursADay: 12,
      kwh: '3600',
      charge: '2565.36',
      penaltyUpTo: '7696.08',
    });
  });
});
