import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Bill, bill, compare, effect, limitsOf, type PriceBook, position, type Usage } from '#tariff';
import { dice, randomBook, randomUsage } from './random.ts';
import { book, books } from './shipped.ts';

const cents = (yuan: string) => Number(yuan.replace('.', ''));
const places = (units: number) => (units / 100).toFixed(2);
/** kWh with two places, as meters give them. */
const kwh = (top: number) => fc.integer({ min: 0, max: top * 100 }).map(places);
const add = (a: string, b: string) => places(Math.round(Number(a) * 100) + Math.round(Number(b) * 100));
const month = fc.integer({ min: 1, max: 12 }).map((number) => `2026-${String(number).padStart(2, '0')}`);

const tiered = books.filter(({ basis }) => basis !== 'none');
const crossings = ['proportional', 'dearest_first'] as const;
const anyTiered = fc
  .tuple(fc.constantFrom(...tiered), fc.constantFrom(...crossings))
  .map(([each, crossing]): PriceBook => ({ ...each, crossing }));
const twoPeriods = tiered.filter(({ prices }) => prices.every(({ time_of_use }) => time_of_use?.[0]?.peak));
const anyTwoPeriods = fc
  .tuple(fc.constantFrom(...twoPeriods), fc.constantFrom(...crossings))
  .map(([each, crossing]): PriceBook => ({ ...each, crossing }));

/** A book of made-up figures and a usage that fits it, from one seed. */
const anything = fc.integer().map((seed) => {
  const roll = dice(seed);
  const of = roll.odds(0.5) ? roll.one(books) : randomBook(roll, `random-${seed}`);
  return { of, usage: randomUsage(roll, of) };
});

/** Before-counters of both kinds, so that one usage serves annual and monthly books. */
const from = (before: string) => ({ before, monthBefore: before });

function kwhByTier({ lines }: Bill): number[] {
  const tiers = [0, 0, 0];
  for (const { kind, tier, quantity } of lines) if (kind === 'energy') tiers[tier! - 1]! += Number(quantity);
  return tiers.map((sum) => Math.round(sum * 1e6) / 1e6);
}

describe('laws of a bill', () => {
  test('the lines add up, in yuan and in kWh, and each is its kWh times its price within a cent', () => {
    fc.assert(
      fc.property(anything, ({ of, usage }) => {
        const { lines, total, kwh } = bill(usage, of);
        expect(lines.reduce((sum, { amount }) => sum + cents(amount), 0)).toBe(cents(total));
        const used = lines.filter(({ kind }) => kind === 'energy');
        expect(used.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(Number(kwh), 6);
        for (const { quantity, price, amount } of lines)
          expect(Math.abs(Number(quantity) * Number(price) - Number(amount))).toBeLessThan(0.01);
      }),
    );
  });

  test('a line is rounded half up by itself wherever that adds up to the charge', () => {
    const usage = (peak: string): Usage => ({ month: '2026-06', kwh: { peak, valley: '0' }, pricing: 'time_of_use' });
    fc.assert(
      fc.property(kwh(2000), (peak) => {
        const { lines } = bill(usage(peak), book('浙江-居民阶梯-2025'));
        const tenthsOfMills = Math.round(Number(peak) * 100) * 568;
        expect(cents(lines[0]?.amount ?? '0.00')).toBe(Math.floor((tenthsOfMills + 500) / 1000));
      }),
    );
  });

  test('who uses more never pays less', () => {
    fc.assert(
      fc.property(
        anyTwoPeriods,
        month,
        kwh(600),
        kwh(600),
        kwh(50),
        fc.boolean(),
        kwh(5000),
        fc.boolean(),
        (...drawn) => {
          const [of, month, peak, valley, more, night, before, lowIncome] = drawn;
          const usage = (peak: string, valley: string): Usage => ({
            month,
            kwh: { peak, valley },
            pricing: 'time_of_use',
            lowIncome,
            ...from(before),
          });
          const less = bill(usage(peak, valley), of).total;
          const bigger = bill(night ? usage(peak, add(valley, more)) : usage(add(peak, more), valley), of).total;
          expect(cents(bigger)).toBeGreaterThanOrEqual(cents(less));
        },
      ),
    );
  });

  test('a bill does not jump where a tier begins', () => {
    fc.assert(
      fc.property(anyTiered, month, fc.integer({ min: 0, max: 1 }), kwh(1), (of, month, threshold, little) => {
        const limit = limitsOf(of, month)[threshold]!;
        const total = (kwh: string) => cents(bill({ month, kwh: { flat: kwh }, pricing: 'flat' }, of).total);
        const dearest = 1.5;
        expect(total(add(limit, little)) - total(limit)).toBeLessThanOrEqual(Number(little) * dearest * 100 + 1);
      }),
    );
  });

  test('one bill or two for a period: the same kWh in each tier', () => {
    fc.assert(
      fc.property(anyTwoPeriods, month, kwh(5000), fc.array(kwh(900), { minLength: 4, maxLength: 4 }), (...drawn) => {
        const [of, month, before, [peak1, valley1, peak2, valley2]] = drawn as [PriceBook, string, string, string[]];
        const of3 = (peak: string, valley: string, before: string) =>
          kwhByTier(bill({ month, kwh: { peak, valley }, pricing: 'time_of_use', ...from(before) }, of));
        const first = of3(peak1!, valley1!, before);
        const second = of3(peak2!, valley2!, add(before, add(peak1!, valley1!)));
        const both = of3(add(peak1!, peak2!), add(valley1!, valley2!), before);
        both.forEach((sum, tier) => {
          expect(first[tier]! + second[tier]!).toBeCloseTo(sum, 5);
        });
      }),
    );
  });

  test('without time of use two bills cost what one does, but for the rounding of each', () => {
    fc.assert(
      fc.property(anyTiered, month, kwh(5000), kwh(900), kwh(900), (of, month, before, one, two) => {
        const total = (kwh: string, before: string) =>
          cents(bill({ month, kwh: { flat: kwh }, pricing: 'flat', ...from(before) }, of).total);
        const apart = total(one, before) + total(two, add(before, one));
        expect(Math.abs(apart - total(add(one, two), before))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a larger household never pays more', () => {
    fc.assert(
      fc.property(anyTwoPeriods, month, kwh(900), kwh(900), kwh(6000), (of, month, peak, valley, before) => {
        const total = (household: number) =>
          cents(bill({ month, kwh: { peak, valley }, pricing: 'time_of_use', household, ...from(before) }, of).total);
        expect(total(4)).toBe(total(1));
        expect(total(5)).toBeLessThanOrEqual(total(4));
      }),
    );
  });

  test('free kWh never make a bill negative, nor dearer', () => {
    fc.assert(
      fc.property(anyTwoPeriods, month, kwh(30), kwh(30), kwh(6000), (of, month, peak, valley, before) => {
        const usage: Usage = { month, kwh: { peak, valley }, pricing: 'time_of_use', ...from(before) };
        const poor = cents(bill({ ...usage, lowIncome: true }, of).total);
        expect(poor).toBeGreaterThanOrEqual(0);
        expect(poor).toBeLessThanOrEqual(cents(bill(usage, of).total));
      }),
    );
  });

  test('the last kWh of a bill lies in the tier of the position', () => {
    fc.assert(
      fc.property(anyTiered, month, kwh(6000), kwh(500), fc.integer({ min: 1, max: 8 }), (...drawn) => {
        const [of, month, before, used, household] = drawn;
        if (Number(used) === 0) return;
        const { lines } = bill({ month, kwh: { flat: used }, pricing: 'flat', household, ...from(before) }, of);
        const { tier } = position(of, { month, used: add(before, used), household });
        expect(lines.at(-1)!.tier).toBe(tier);
      }),
    );
  });

  test('the order in which months are given does not matter, and saving is the difference', () => {
    const year = fc.array(fc.tuple(kwh(500), kwh(500)), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(anyTwoPeriods, year, fc.integer(), (of, kwhs, seed) => {
        const usages = kwhs.map(
          ([peak, valley], at): Usage => ({
            month: `${at < 6 ? 2025 : 2026}-${String(((at + 6) % 12) + 1).padStart(2, '0')}`,
            kwh: { peak, valley },
            pricing: 'time_of_use',
          }),
        );
        const roll = dice(seed);
        const shuffled = usages
          .map((usage) => ({ usage, at: roll.below(1000) }))
          .sort((a, b) => a.at - b.at)
          .map(({ usage }) => usage);
        const { flat, timeOfUse, saves } = compare(usages, of);
        expect(compare(shuffled, of)).toEqual({ flat, timeOfUse, saves });
        expect(cents(flat) - cents(timeOfUse)).toBe(cents(saves));
        expect(effect(shuffled, of, of)).toEqual({ before: timeOfUse, after: timeOfUse, difference: '0.00' });
      }),
      { numRuns: 40 },
    );
  });
});
