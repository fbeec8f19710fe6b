import { describe, expect, test } from '@jest/globals';
import { bill, bookFor, type Period, type PriceBook, pricesOf } from '#tariff';
import { PriceChange } from '../../src/backends/port.ts';
import { books, contentOf, files } from './shipped.ts';

const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`);
const named = books.map((book) => [book.id, book] as const);
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** How often each minute of the day is in some period. */
function coverage(hours: { from: string; to: string }[]): Set<number> {
  const times = new Array<number>(1440).fill(0);
  for (const { from, to } of hours)
    for (let at = minutes(from), end = minutes(to) + (minutes(to) <= minutes(from) ? 1440 : 0); at < end; at++)
      times[at % 1440]!++;
  return new Set(times);
}

const sameCustomers = (book: PriceBook) => [book.region, book.kind, book.voltage, book.basic && 'two-part'].join(' ');

describe('price books of the demo utility', () => {
  test('every file holds books or changes and nothing else', () => {
    for (const file of files) expect([['books'], ['changes']]).toContainEqual(Object.keys(contentOf(file)));
    expect(new Set(books.map(({ id }) => id)).size).toBe(books.length);
  });

  test('at least the regions that the demo tells of', () => {
    const regions = new Set(books.map(({ region }) => region));
    for (const region of ['浙江', '陕西', '江苏', '四川', '广东', '北京', '上海', '山东'])
      expect(regions).toContain(region);
  });

  test.each(named)('%s: every hour of every month is in one period that has a price', (_id, book) => {
    for (const month of months) {
      const { tiers, hours } = pricesOf(book, month);
      const priced = Object.keys(tiers[0]!.timeOfUse ?? {});
      expect(new Set(hours.map(({ period }) => period))).toEqual(new Set(priced));
      if (priced.length > 0) expect(coverage(hours)).toEqual(new Set([1]));
    }
  });

  test.each(named)('%s: higher tiers are dearer, and each month can be billed', (_id, book) => {
    for (const month of months) {
      const { tiers } = pricesOf(book, month);
      const rising = (prices: (string | undefined)[]) =>
        prices.every((price, at) => at === 0 || Number(price) >= Number(prices[at - 1]));
      const periods = Object.keys(tiers[0]!.timeOfUse ?? {}) as Period[];
      for (const period of periods) expect(rising(tiers.map(({ timeOfUse }) => timeOfUse?.[period]))).toBe(true);
      if (tiers[0]!.flat) expect(rising(tiers.map(({ flat }) => flat))).toBe(true);
      const kwh = Object.fromEntries((periods.length > 0 ? periods : ['flat']).map((period) => [period, '100']));
      const pricing = periods.length > 0 ? 'time_of_use' : 'flat';
      expect(Number(bill({ month, kwh, pricing, capacityKva: '400' }, book).total)).toBeGreaterThan(0);
    }
  });

  test('versions for the same customers follow each other without gap or overlap', () => {
    for (const versions of Map.groupBy(books, sameCustomers).values()) {
      versions.sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
      const ends = versions.slice(0, -1).map(({ effectiveTo }) => effectiveTo);
      expect(ends).toEqual(versions.slice(1).map(({ effectiveFrom }) => effectiveFrom));
      expect(versions.at(-1)!.effectiveTo).toBeUndefined();
    }
  });

  test('nothing is called confirmed that is not, and what is made up says so', () => {
    for (const book of books) {
      expect(book.confirmed).toBe(false);
      expect(book.source).toMatch(/待供电公司确认|演示数据/);
      expect(book.document).toMatch(/^示范〔\d{4}〕\d+号$/);
    }
  });

  test('changes lead from one book to the next on the day they take effect', () => {
    const changes = files.flatMap((file) => contentOf(file).changes ?? []).map((change) => PriceChange.parse(change));
    expect(changes.length).toBeGreaterThanOrEqual(2);
    for (const { oldBook, newBook, effectiveFrom, region, kinds, document } of changes)
      for (const kind of kinds) {
        expect(books.find(({ id }) => id === oldBook)?.effectiveTo).toBe(effectiveFrom);
        expect(bookFor(books, { region, kind }, effectiveFrom)).toMatchObject({ id: newBook, document });
      }
  });

  test('one change is announced for 2027', () => {
    expect(bookFor(books, { region: '浙江', kind: 'residential' }, '2026-12-31')?.id).toBe('浙江-居民阶梯-2025');
    expect(bookFor(books, { region: '浙江', kind: 'residential' }, '2027-01-01')?.id).toBe('浙江-居民阶梯-2027');
  });
});
