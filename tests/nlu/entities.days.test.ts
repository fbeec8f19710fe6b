import { expect, test } from '@jest/globals';
import { readDays, readMonthAnswer } from '#nlu';

const now = new Date('2026-11-23T21:00:00+08:00');

test.each([
  ['昨天用了多少度电', '2026-11-22', '2026-11-22'],
  ['昨天跟前天各用多少', '2026-11-21', '2026-11-22'],
  ['上周每天用了多少', '2026-11-16', '2026-11-22'],
  ['最近三天', '2026-11-20', '2026-11-22'],
  ['11月1号到15号的日电量', '2026-11-01', '2026-11-15'],
  ['7月1号到7月15号', '2026-07-01', '2026-07-15'],
])('days: %s', (text, from, to) => expect(readDays(text, now)).toEqual({ from, to }));

test.each(['电费多少', '明天停电吗', '上个月电费'])('no days: %s', (text) =>
  expect(readDays(text, now)).toBeUndefined(),
);

test.each([
  ['那四月呢', '2026-04', '2026-04'],
  ['去年十月呢', '2025-10', '2025-10'],
  ['七月到九月', '2026-07', '2026-09'],
])('months: %s', (text, from, to) => expect(readMonthAnswer(text, now)).toEqual({ from, to }));

test('what it is compared with is not what it is about', () =>
  expect(readMonthAnswer('为什么比去年贵这么多', now)).toBeUndefined());
