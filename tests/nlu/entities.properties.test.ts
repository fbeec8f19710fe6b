import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  foldAddress,
  normaliseAddress,
  readAddressPart,
  readAddressParts,
  readCorrection,
  readDangers,
  readEntities,
  readTimeAnswer,
  readYesNo,
} from '#nlu';
import { demoGazetteer } from './gazetteer.ts';

const NOW = '2026-11-23T20:30:00+08:00';
/** Pieces of which customers' messages are made, in any disorder, among any characters. */
const scraps = fc.constantFrom(
  ...'昨晚 八点 停电 了 不是 是 12栋 西湖区 文三路 199号 户号 3301000000017 电话 138 0000 0017 三百 块 度 千瓦 一点 半 小时 前 上个月 电费 我 姓 王 李家湾 村 三组 ，。\n\u0000 👍 𠮷'.split(
    ' ',
  ),
  ' ',
  '\ud800',
);
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join('')),
);

describe('any message', () => {
  test('gets an answer, never an exception; an address is a part of it, and trouble began before now', () => {
    fc.assert(
      fc.property(message, (text) => {
        const { address, time } = readEntities(text, NOW, { gazetteer: demoGazetteer });
        readDangers(text);
        readCorrection(text);
        readYesNo(text);
        normaliseAddress(text);
        readAddressPart(text);
        expect(foldAddress(text)).toHaveLength(text.length);
        for (const part of readAddressParts(text, { gazetteer: demoGazetteer })) expect(text).toContain(part);
        const answered = readTimeAnswer(text, NOW);
        if (answered) expect(Date.parse(answered.start)).toBeLessThanOrEqual(Date.parse(NOW));
        if (address !== undefined) expect(text).toContain(address);
        if (time) expect(Date.parse(time.start)).toBeLessThanOrEqual(Date.parse(NOW));
      }),
      { numRuns: 500 },
    );
  });

  test.each(['一', '1', '路', '1 ', '不是', '今年', '的电线路没有一二三停电村', '张'])(
    'five thousand characters of «%s»',
    (unit) => {
      expect(() => readEntities(unit.repeat(5000), NOW)).not.toThrow();
    },
  );
});

describe('a mobile number', () => {
  const SPOKEN = '零幺二三四五六七八九';
  const FULL = '０１２３４５６７８９';
  const digits = fc
    .tuple(
      fc.constantFrom('3', '5', '7', '8', '9'),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }),
    )
    .map(([second, rest]) => `1${second}${rest.join('')}`);
  const spell = (table: string) => (number: string) => number.replace(/\d/g, (digit) => table[Number(digit)]!);
  const grouped = (separator: string) => (number: string) =>
    [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(separator);
  const spelling = fc.constantFrom<(number: string) => string>(
    (number) => number,
    (number) => `+86${number}`,
    (number) => `+86 ${grouped(' ')(number)}`,
    (number) => `86-${number}`,
    (number) => number.split('').join(' '),
    grouped(' '),
    grouped('-'),
    grouped('.'),
    spell(SPOKEN),
    spell('零一二三四五六七八九'),
    spell('〇一二三四五六七八九'),
    spell(FULL),
    (number) => grouped(' ')(spell(SPOKEN)(number)),
    (number) => grouped('，')(spell(SPOKEN)(number)),
  );
  const frame = fc.constantFrom<(number: string) => string>(
    (number) => number,
    (number) => `我家没电了，电话${number}，快来`,
    (number) => `手机：${number}😭`,
    (number) => `打我的号码${number}`,
  );

  test('is found in every spelling', () => {
    fc.assert(
      fc.property(digits, spelling, frame, (number, write, say) => {
        expect(readEntities(say(write(number)), NOW).phone).toBe(number);
      }),
      { numRuns: 1000 },
    );
  });

  test('a digit more or less is none', () => {
    fc.assert(
      fc.property(digits, fc.boolean(), (number, longer) => {
        const broken = longer ? `${number}0` : number.slice(0, 10);
        expect(readEntities(`电话${broken}`, NOW).phone).toBeUndefined();
      }),
    );
  });
});

describe('amounts and times', () => {
  test('every whole amount in digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99_999 }), (yuan) => {
        expect(readEntities(`电费一共${yuan}元`, NOW).amount).toBe(yuan);
      }),
    );
  });

  test('every minute of yesterday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        expect(readEntities(`昨天${clock}停电`, NOW).time).toEqual({
          start: `2026-11-22T${clock}:00+08:00`,
          grain: 'minute',
        });
      }),
    );
  });
});
