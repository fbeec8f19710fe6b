import { describe, expect, test } from '@jest/globals';
import { bookFor, breakEven, compare, effect, limitsOf, nextTier, position, pricesOf, type Usage } from '#tariff';
import { book, books } from './shipped.ts';

const zhejiang = book('浙江-居民阶梯-2025');
const next = book('浙江-居民阶梯-2027');
const guangdong = book('广东-居民阶梯');

describe('which book holds', () => {
  const home = { region: '浙江', kind: 'residential' } as const;
  const firm = { region: '浙江', kind: 'commercial', voltage: '1-10kV' } as const;

  test.each([
    ['2024-12-31', '浙江-居民阶梯-2012'],
    ['2025-01-01', '浙江-居民阶梯-2025'],
    ['2026-12-31', '浙江-居民阶梯-2025'],
    ['2027-01-01', '浙江-居民阶梯-2027'],
  ])('on %s: %s', (day, id) => {
    expect(bookFor(books, home, day)?.id).toBe(id);
  });

  test('none before the first, none of another region', () => {
    expect(bookFor(books, home, '2012-06-30')).toBeUndefined();
    expect(bookFor(books, { ...home, region: '西藏' }, '2026-11-23')).toBeUndefined();
  });

  test('by voltage; who does not know it has low voltage', () => {
    const shared = { region: '浙江', kind: 'shared' } as const;
    expect(bookFor(books, shared, '2026-11-23')?.voltage).toBe('<1kV');
    expect(bookFor(books, { ...shared, voltage: '1-10kV' }, '2026-11-23')?.voltage).toBe('1-10kV');
    expect(bookFor(books, { ...shared, voltage: '110kV' }, '2026-11-23')).toBeUndefined();
  });

  test.each([
    ['no capacity known', {}, '单一制'],
    ['below the capacity from which it is obligatory', { capacityKva: '200' }, '单一制'],
    ['chosen below it', { capacityKva: '200', twoPart: true }, '两部制'],
    ['from it on', { capacityKva: '315' }, '两部制'],
    ['an old customer who may keep the single price', { capacityKva: '400', twoPart: false }, '单一制'],
  ])('two-part price: %s', (_case, more, name) => {
    expect(bookFor(books, { ...firm, ...more }, '2026-11-23')?.name).toContain(name);
  });
});

describe('where a customer stands', () => {
  test('thresholds by month and household, and of a year begun late', () => {
    expect(limitsOf(zhejiang, '2026-11')).toEqual(['2760', '4800']);
    expect(limitsOf(zhejiang, '2026-11', 4)).toEqual(['2760', '4800']);
    expect(limitsOf(zhejiang, '2026-11', 5)).toEqual(['3960', '6000']);
    expect(limitsOf(zhejiang, '2026-11', 1, 3)).toEqual(['690', '1200']);
    expect(limitsOf(guangdong, '2026-01', 6)).toEqual(['300', '500']);
    expect(limitsOf(guangdong, '2026-07', 6)).toEqual(['360', '700']);
    expect(limitsOf(book('浙江-居民充电桩'), '2026-07')).toEqual([]);
  });

  test.each([
    ['0', { tier: 1, left: '2760' }],
    ['2759.5', { tier: 1, left: '0.5' }],
    ['2760', { tier: 1, left: '0' }],
    ['2760.01', { tier: 2, left: '2039.99' }],
    ['4800', { tier: 2, left: '0' }],
  ])('%s kWh used', (used, expected) => {
    expect(position(zhejiang, { month: '2026-11', used })).toEqual({ limits: ['2760', '4800'], ...expected });
  });

  test('nothing is left in the last tier, and none are counted without tiers', () => {
    expect(position(zhejiang, { month: '2026-11', used: '4800.01' })).toEqual({ tier: 3, limits: ['2760', '4800'] });
    expect(position(book('浙江-居民充电桩'), { month: '2026-11', used: '999' })).toEqual({ tier: 1, limits: [] });
  });

  test.each([
    ['so many whole days, and a bit of one', '2700', '9', { tier: 2, day: '2026-11-30' }],
    ['just used up by a day: the day after', '2700', '10', { tier: 2, day: '2026-11-30' }],
    ['the first kWh of the next day', '2760', '1', { tier: 2, day: '2026-11-24' }],
    ['however little is used a day', '2760', '0.01', { tier: 2, day: '2026-11-24' }],
    ['not before the year ends', '2000', '10', undefined],
    ['no use, no tier', '2760', '0', undefined],
    ['the last tier has none after it', '5000', '100', undefined],
  ])('next tier: %s', (_case, used, daily, expected) => {
    expect(nextTier(zhejiang, { today: '2026-11-23', used, daily })).toEqual(expected);
  });

  test('next tier: the last day of a year counts, the next year does not', () => {
    expect(nextTier(zhejiang, { today: '2026-12-21', used: '2660', daily: '10' })).toBeUndefined();
    expect(nextTier(zhejiang, { today: '2026-12-20', used: '2660', daily: '10' })).toEqual({
      tier: 2,
      day: '2026-12-31',
    });
  });

  test('next tier by the month', () => {
    expect(nextTier(guangdong, { today: '2026-11-23', used: '150', daily: '10' })).toEqual({
      tier: 2,
      day: '2026-11-29',
    });
    expect(nextTier(guangdong, { today: '2026-11-23', used: '100', daily: '10' })).toBeUndefined();
    expect(nextTier(guangdong, { today: '2026-11-23', used: '150', daily: '10', household: 5 })).toBeUndefined();
  });
});

describe('what if', () => {
  const month = (name: string, peak: string, valley: string, more: Partial<Usage> = {}): Usage => ({
    month: name,
    kwh: { peak, valley },
    pricing: 'flat',
    ...more,
  });

  test.each([
    ['浙江-居民阶梯-2025', '0.1071'],
    ['江苏-居民阶梯', '0.15'],
    ['陕西-居民阶梯', '0.2'],
    ['上海-居民阶梯', '0'],
    ['广东-居民阶梯', undefined],
    ['北京-居民阶梯', undefined],
    ['浙江-工商业-两部制-35kV', undefined],
  ])('break-even of %s (domain brief §2.4)', (id, share) => {
    expect(breakEven(book(id))).toBe(share);
  });

  test('time of use may cost more, and says so', () => {
    expect(compare([month('2026-05', '100', '5')], zhejiang)).toEqual({
      flat: '56.49',
      timeOfUse: '58.24',
      saves: '-1.75',
    });
  });

  test('the counter of the tier year runs on from month to month, and begins anew in January', () => {
    const usages = [month('2025-12', '200', '0', { before: '2700' }), month('2026-01', '200', '0')];
    // 60 × 0.538 + 140 × 0.588, then 200 × 0.538.
    expect(compare(usages, zhejiang).flat).toBe('222.20');
    // 200 × 0.538 fills the first tier but for 60.
    expect(compare([month('2026-05', '2700', '0'), month('2026-06', '200', '0')], zhejiang).flat).toBe('1567.20');
  });

  test('where months are missing, the counter that the bill told stands', () => {
    const usages = [month('2026-01', '100', '0'), month('2026-11', '100', '0', { before: '2760' })];
    expect(compare(usages, zhejiang).flat).toBe('112.60');
  });

  test('no comparison for kWh that are not known by period', () => {
    const blind: Usage = { month: '2026-05', kwh: { flat: '100' }, pricing: 'flat' };
    expect(() => compare([blind], zhejiang)).toThrow('not known by period');
    expect(() => compare([blind], guangdong)).toThrow('not known by period');
  });

  test('the announced change helps who stays small and costs who uses much', () => {
    const small: Usage[] = [{ month: '2026-11', kwh: { flat: '200' }, pricing: 'flat', before: '2700' }];
    expect(effect(small, zhejiang, next)).toEqual({ before: '114.60', after: '108.60', difference: '-6.00' });
    const large: Usage[] = [{ month: '2026-11', kwh: { flat: '300' }, pricing: 'flat', before: '5000' }];
    expect(effect(large, zhejiang, next)).toEqual({ before: '251.40', after: '257.40', difference: '6.00' });
  });

  test('no months, no money', () => {
    expect(compare([], zhejiang)).toEqual({ flat: '0.00', timeOfUse: '0.00', saves: '0.00' });
    expect(effect([], zhejiang, next)).toEqual({ before: '0.00', after: '0.00', difference: '0.00' });
  });
});

describe('a table of prices', () => {
  test('tiers with limits, prices with and without time of use, hours as the day goes', () => {
    expect(pricesOf(zhejiang, '2026-11')).toEqual({
      tiers: [
        { tier: 1, upTo: '2760', flat: '0.538', timeOfUse: { peak: '0.568', valley: '0.288' } },
        { tier: 2, upTo: '4800', flat: '0.588', timeOfUse: { peak: '0.618', valley: '0.338' } },
        { tier: 3, flat: '0.838', timeOfUse: { peak: '0.868', valley: '0.588' } },
      ],
      hours: [
        { period: 'peak', from: '08:00', to: '22:00' },
        { period: 'valley', from: '22:00', to: '08:00' },
      ],
    });
  });

  test('of the season', () => {
    const sichuan = book('四川-居民阶梯');
    expect(pricesOf(sichuan, '2026-07').tiers[0]!.timeOfUse!.valley).toBe('0.1750');
    expect(pricesOf(sichuan, '2026-01').tiers[0]!.timeOfUse!.valley).toBe('0.2535');
    const shandong = book('山东-工商业-两部制-1至10kV');
    expect(pricesOf(shandong, '2026-07').hours.map(({ period }) => period)).not.toContain('deep_valley');
    expect(pricesOf(shandong, '2026-12').hours.map(({ period }) => period)).toContain('deep_valley');
  });

  test('of a large household', () => {
    expect(pricesOf(zhejiang, '2026-11', { household: 6 }).tiers.map(({ upTo }) => upTo)).toEqual([
      '3960',
      '6000',
      undefined,
    ]);
  });
});
