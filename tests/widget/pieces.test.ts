import { describe, expect, test } from '@jest/globals';
import { parseFrame, readFrame } from '../../src/web/widget/activity.ts';
import { openCalendar } from '../../src/web/widget/days.ts';
import { safeAddress } from '../../src/web/widget/links.ts';
import { openChoices } from '../../src/web/widget/log.ts';
import { textsFor } from '../../src/web/widget/texts.ts';
import { faultOf } from '../../src/web/widget/tray.ts';

describe('addresses', () => {
  test.each(['https://a.cn/x', 'http://a.cn', 'tel:95598'])('%s opens', (text) => {
    expect(safeAddress(text)).toBeDefined();
  });
  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc',
    'blob:x',
    '//a',
    '',
  ])('%j does not', (text) => {
    expect(safeAddress(text)).toBeUndefined();
  });
});

describe('frames', () => {
  test.each([undefined, null, 7, [], { activities: {} }, { activities: [null, 'x', { type: 'message' }] }])(
    '%j is read as nothing',
    (raw) => {
      expect(readFrame(raw)).toEqual({ activities: [], watermark: '' });
    },
  );
  test('an empty or broken text is read as nothing', () => {
    expect(parseFrame('')).toEqual(parseFrame('{'));
  });
  test('an echo is known by its role, or else by the id that only customers have', () => {
    const of = (from: unknown) => readFrame({ activities: [{ type: 'message', id: 'a', from }] }).activities[0]?.mine;
    expect([of({ role: 'user' }), of({ id: 'dl_1' }), of({ id: 'dl_1', role: 'bot' }), of(undefined)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('choices', () => {
  const line = (mine: boolean, titles: string[] = []) => ({
    key: '',
    mine,
    text: '',
    at: 0,
    pictures: [],
    cards: [],
    actions: titles.map((title) => ({ type: 'imBack', title, value: title })),
    delivery: 'sent' as const,
  });
  test('the last offer since the customer spoke', () => {
    expect(openChoices([line(false, ['旧']), line(false, ['新']), line(false)]).map(({ title }) => title)).toEqual([
      '新',
    ]);
    expect(openChoices([line(false, ['旧']), line(true)])).toEqual([]);
  });
});

describe('pictures', () => {
  const file = (name: string, type: string, size = 1) => faultOf({ name, type, size }, textsFor('zh-CN'));
  test('photos of cameras and phones are taken, to 10 MB', () => {
    expect(file('a.jpg', 'image/jpeg', 10 * 1024 * 1024)).toBeUndefined();
    expect(file('IMG_1.HEIC', '')).toBeUndefined();
    expect(file('a.jpg', 'image/jpeg', 10 * 1024 * 1024 + 1)).toContain('10 MB');
  });
  test.each(['image/svg+xml', 'text/html', 'application/pdf', ''])('%j is not', (type) => {
    expect(file('a.svg', type)).toContain('a.svg');
  });
});

describe('words', () => {
  test.each([
    ['zh-TW', '線上客服'],
    ['zh-Hant-HK', '線上客服'],
    ['en-GB', 'Customer service'],
    ['zh', '在线客服'],
    ['fr', '在线客服'],
  ])('%s → %s', (locale, title) => {
    expect(textsFor(locale).title).toBe(title);
  });
  test('days are told as people say them', () => {
    const calendar = openCalendar('zh-CN', textsFor('zh-CN'));
    const now = new Date(2026, 10, 24, 9, 5).getTime();
    const ago = (days: number) => calendar.day(now - days * 86_400_000, now);
    expect([ago(0), ago(1), ago(2), calendar.time(now)]).toEqual(['今天', '昨天', '11月22日周日', '09:05']);
  });
});
