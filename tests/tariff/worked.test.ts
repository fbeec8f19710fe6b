import { describe, expect, test } from '@jest/globals';
import { bill, compare, lateFee, meterError, powerFactor, theftLiability, type Usage } from '#tariff';
import { book } from './shipped.ts';

const zhejiang = book('浙江-居民阶梯-2025');
const guangdong = book('广东-居民阶梯');
const jiangsu = book('江苏-居民阶梯');
const shanghai = book('上海-居民阶梯');

const flat = (kwh: string, before = '0', month = '2026-06'): Usage => ({
  month,
  kwh: { flat: kwh },
  pricing: 'flat',
  before,
});
const timeOfUse = (peak: string, valley: string, before = '0'): Usage => ({
  month: '2026-06',
  kwh: { peak, valley },
  pricing: 'time_of_use',
  before,
});
const table = (usage: Usage, of = zhejiang) =>
  bill(usage, of).lines.map(({ tier, period, quantity, price, amount }) => [tier, period, quantity, price, amount]);

/** The worked examples of the domain brief, §2.7; S… and GK are its marks for where the figures come from. */
describe('worked examples', () => {
  test('1. Zhejiang, no time of use, 2700 kWh before, 150 kWh (prices S29)', () => {
    expect(bill(flat('150', '2700'), zhejiang).total).toBe('85.20');
    expect(table(flat('150', '2700'))).toEqual([
      [1, undefined, '60', '0.538', '32.28'],
      [2, undefined, '90', '0.588', '52.92'],
    ]);
  });

  test('2. Zhejiang, time of use, 2700 kWh before, peak 100 and valley 50: 56.80 + 14.40 + 90 × 0.05 (prices S29)', () => {
    expect(bill(timeOfUse('100', '50', '2700'), zhejiang).total).toBe('75.70');
    expect(table(timeOfUse('100', '50', '2700'))).toEqual([
      [1, 'peak', '40', '0.568', '22.72'],
      [1, 'valley', '20', '0.288', '5.76'],
      [2, 'peak', '60', '0.618', '37.08'],
      [2, 'valley', '30', '0.338', '10.14'],
    ]);
  });

  test('3. Zhejiang, 2200 kWh over two thresholds (prices S29)', () => {
    expect(bill(flat('2200', '2700'), zhejiang).total).toBe('1315.60');
    expect(table(flat('2200', '2700')).map(([tier, , kwh]) => [tier, kwh])).toEqual([
      [1, '60'],
      [2, '2040'],
      [3, '100'],
    ]);
  });

  test('4. Zhejiang, just up to the threshold, and the next kWh (prices S29)', () => {
    expect(bill(flat('2760'), zhejiang).total).toBe('1484.88');
    expect(table(flat('1', '2760'))).toEqual([[2, undefined, '1', '0.588', '0.59']]);
    expect(bill(flat('1', '2760'), zhejiang).total).toBe('0.59');
  });

  test('5. Zhejiang, a real person’s peak 10.76 and valley 7.53 (S30)', () => {
    expect(bill(timeOfUse('10.76', '7.53'), zhejiang).total).toBe('8.28');
  });

  test('6. Guangdong, 700 kWh in July, and of a household of five (prices S32)', () => {
    const july = flat('700', '0', '2026-07');
    expect(bill(july, guangdong).total).toBe('473.21');
    expect(bill({ ...july, household: 5 }, guangdong).total).toBe('443.21');
  });

  test('7. Guangdong, 450 kWh in January (prices S32)', () => {
    const january = flat('450', '0', '2026-01');
    expect(bill(january, guangdong).total).toBe('298.99');
    expect(table(january, guangdong).map(([tier, , kwh]) => [tier, kwh])).toEqual([
      [1, '200'],
      [2, '200'],
      [3, '50'],
    ]);
  });

  test('8. Beijing, 2800 kWh before, 300 kWh (prices GK)', () => {
    expect(bill(flat('300', '2800'), book('北京-居民阶梯')).total).toBe('157.49');
  });

  test('9. Jiangsu, 300 kWh in the first tier, half of it in the valley (prices GK)', () => {
    expect(compare([timeOfUse('150', '150')], jiangsu)).toEqual({
      flat: '158.49',
      timeOfUse: '137.49',
      saves: '21.00',
    });
  });

  test('10. Shanghai, time of use, 3000 kWh before, peak 120 and valley 80: the rule of crossing counts (prices GK)', () => {
    const usage = timeOfUse('120', '80', '3000');
    expect(bill(usage, shanghai).total).toBe('102.44');
    expect(bill(usage, { ...shanghai, crossing: 'dearest_first' }).total).toBe('103.40');
  });

  test('11. Shaanxi, 2100 kWh before, 200 kWh (prices S31)', () => {
    expect(bill(flat('200', '2100'), book('陕西-居民阶梯')).total).toBe('106.66');
  });

  test('12. power factor at a standard of 0.90 (table GK, S35)', () => {
    const of = (kvarh: string) => powerFactor({ kwh: '100000', kvarh, standard: '0.90' });
    expect(of('62000')).toEqual({ factor: '0.85', rate: '0.025' });
    expect(of('45000')).toEqual({ factor: '0.91', rate: '-0.0015' });
  });

  test('13. late fee of a home: 15 days, and the least that is charged (S37, S49, S53)', () => {
    const due = { dueOn: '2026-06-25', residential: true };
    expect(lateFee({ ...due, owed: '200.00', paidOn: '2026-07-10' }, zhejiang)).toMatchObject({
      days: 15,
      fee: '3.00',
    });
    expect(lateFee({ ...due, owed: '15.50', paidOn: '2026-06-30' }, zhejiang)).toMatchObject({
      computed: '0.08',
      fee: '1.00',
    });
  });

  test('14. late fee of others: within the year, and over its end (S49, S53)', () => {
    const shop = book('浙江-工商业-单一制-1kV以下');
    const of = (dueOn: string, paidOn: string) => lateFee({ owed: '10000', dueOn, paidOn, residential: false }, shop);
    expect(of('2026-06-25', '2026-07-15')).toMatchObject({ days: 20, laterYear: 0, fee: '400.00' });
    expect(of('2026-12-20', '2027-01-10')).toMatchObject({ days: 21, laterYear: 10, fee: '520.00' });
  });

  test('15. a meter 10 % slow that counted 900 000 kWh (S38, S54)', () => {
    expect(meterError({ error: '-0.10', kwh: '900000' })).toEqual({
      withinLimits: false,
      trueKwh: '1000000',
      kwh: '50000',
    });
  });

  test('16. theft, 2 kW at home, nobody knows since when (S39)', () => {
    expect(theftLiability({ kw: '2', residential: true, price: '0.538' })).toEqual({
      days: 180,
      assumed: true,
      hoursADay: 6,
      kwh: '2160',
      charge: '1162.08',
      penaltyUpTo: '3486.24',
    });
  });
});
