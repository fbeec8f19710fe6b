import { expect, test } from '@jest/globals';
import { difference, order, ratio, sum } from '#tariff';

test('what floats get wrong is exact', () => {
  expect(sum(['0.1', '0.2'])).toBe('0.3');
  expect(sum(['84.95', '113.75', '1'])).toBe('199.70');
  expect(sum([])).toBe('0');
  expect(difference('84.95', '113.75')).toBe('-28.80');
  expect(difference('1', '-2.5')).toBe('3.5');
});

test('order and ratio', () => {
  expect(['100', '9.5', '9.50'].sort(order)).toEqual(['9.5', '9.50', '100']);
  expect(ratio('1', '3')).toBe('0.33');
  expect(ratio('2', '3', 0)).toBe('1');
  expect(ratio('-1', '8')).toBe('-0.13');
  expect(ratio('5', '0')).toBeUndefined();
});
