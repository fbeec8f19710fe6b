import { expect, test } from '@jest/globals';
import { allows } from '#identity';

test.each([
  ['public', [true, true, true, true]],
  ['staff', [false, true, true, true]],
  ['supervisor', [false, false, true, true]],
  ['admin', [false, false, false, true]],
] as const)('who may use routes for %s', (audience, expected) => {
  const callers = [undefined, 'staff', 'supervisor', 'admin'] as const;
  expect(callers.map((role) => allows(role && { user: 'x', roles: [role] }, audience))).toEqual(expected);
  expect(allows({ user: 'disabled', roles: [] }, audience)).toBe(audience === 'public');
});
