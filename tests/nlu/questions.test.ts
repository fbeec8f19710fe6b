import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { questionFinder } from '#nlu';

const finder = questionFinder({
  late: ['过了七天还能报吗', '超过期限还受理吗'],
  receipt: ['发票丢了怎么办', '没有购买凭证行吗'],
  who: ['是你们的责任吗'],
});

test.each([
  ['我过七天再报还行不', 'late'],
  ['發票找不到了', 'receipt'],
  ['这算你们的责任不', 'who'],
])('%s', (text, key) => {
  expect(finder.find(text)[0]).toMatchObject({ key });
});

test('a question in its own words is as like as can be, any text is between nothing and that', () => {
  expect(finder.find('发票丢了怎么办')[0]!.likeness).toBeGreaterThan(0.6);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const { likeness } of finder.find(text)) expect(Math.abs(likeness)).toBeLessThanOrEqual(1.0001);
    }),
  );
});

test('with nothing to find there is nothing found', () => {
  expect(questionFinder({}).find('怎么办')).toEqual([]);
});
