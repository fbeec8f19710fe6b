import { expect, test } from '@jest/globals';
import { mask } from '#log';

test.each([
  ['电话13800000017，快点', '电话138****0017，快点'],
  ['户号3301000000017', '户号******0017'],
  ['工单 20261123330100000001', '工单 ******0001'],
  ['2幢301，95598', '2幢301，95598'],
])('%s is logged as %s', (written, logged) => {
  expect(mask(written)).toBe(logged);
});
