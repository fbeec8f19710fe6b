import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Entities, readEntities } from '#nlu';
import { demoGazetteer } from './gazetteer.ts';

const NOW = '2026-11-23T20:30:00+08:00';
const scalar = z.union([z.string(), z.number()]);
const cases = z
  .array(z.object({ text: z.string(), found: z.record(z.string(), scalar) }))
  .parse(parse(readFileSync(new URL('./entities.cases.yml', import.meta.url), 'utf8')));

/** Times, months and capacities in one line each, as the table writes them. */
function written({ time, month, capacity, ...rest }: Entities) {
  return {
    ...rest,
    ...(time && { time: `${time.start} ${time.grain}` }),
    ...(month && { month: `${month.from}..${month.to}` }),
    ...(capacity && { capacity: `${capacity.value} ${capacity.unit}` }),
  };
}

describe('what a message says', () => {
  test.each(cases)('$text', ({ text, found }) => {
    expect(written(readEntities(text, NOW))).toEqual(found);
  });

  test('the table is long enough to be worth trusting', () => {
    expect(cases.length).toBeGreaterThanOrEqual(250);
  });
});

describe('now', () => {
  test('a Date is read as Chinese time', () => {
    const { time } = readEntities('昨晚八点停的电', new Date('2026-11-23T12:30:00Z'));
    expect(time).toEqual({ start: '2026-11-22T20:00:00+08:00', grain: 'hour' });
  });

  test('the offset of now is the offset of the answer', () => {
    const { time } = readEntities('昨晚八点停的电', '2026-11-23T20:30:00-05:00');
    expect(time?.start).toBe('2026-11-22T20:00:00-05:00');
  });

  test('without a clock that can be read there are no times, and everything else', () => {
    expect(readEntities('昨晚八点停电，电话13800000017', 'soon')).toEqual({
      phone: '13800000017',
      faultKind: 'no_power_home',
    });
  });

  test('a bare hour is the last one gone by', () => {
    expect(readEntities('八点停的电', '2026-11-23T07:00:00+08:00').time?.start).toBe('2026-11-22T20:00:00+08:00');
    expect(readEntities('八点停的电', '2026-11-23T10:00:00+08:00').time?.start).toBe('2026-11-23T08:00:00+08:00');
  });

  test('months cross the new year', () => {
    const { month } = readEntities('上个月的电费是多少', '2027-01-05T09:00:00+08:00');
    expect(month).toEqual({ from: '2026-12', to: '2026-12' });
  });
});

describe('the gazetteer of the utility', () => {
  test('names that no ending tells', () => {
    const text = '我在采荷那边，昨晚停的电';
    expect(readEntities(text, NOW).address).toBeUndefined();
    expect(readEntities(text, NOW, { gazetteer: demoGazetteer }).address).toBe('采荷');
  });

  test('names join the rest of the address', () => {
    const { address } = readEntities('我家武林广场3幢501没电', NOW, { gazetteer: demoGazetteer });
    expect(address).toBe('武林广场3幢501');
  });
});
