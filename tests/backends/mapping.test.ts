import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { httpBackend, readMapping } from '#backends';
import { SettingsError } from '#errors';

const folder = mkdtempSync(join(tmpdir(), 'gridtalk-mapping-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(text: string): readonly string[] {
  const file = join(folder, 'mapping.yml');
  writeFileSync(file, text);
  try {
    readMapping(file);
  } catch (fault) {
    if (fault instanceof SettingsError) return fault.faults;
    throw fault;
  }
  return [];
}

test('every fault of a mapping is told at once, with its verb', () => {
  const faults = faultsOf(`
verbs:
  accounts.find: { method: GET, path: "/c/{number}", answer: { fields: { number: no, name: name } } }
  bills.balance: { method: GET, path: "/b/{number}" }
`).join('\n');
  expect(faults).toContain('verbs.accounts.find: say in `account`');
  expect(faults).toContain('verbs.accounts.find: say in `absent`');
  expect(faults).toContain('verbs.accounts.find: nothing gives phone, address, kind, pricing, area');
  expect(faults).toContain('verbs.bills.balance: say in `answer`');
});

test('a word that the mapping does not know is a fault', () => {
  expect(faultsOf('verbs: { bills.ballance: { method: GET, path: /b } }')).toHaveLength(1);
  expect(faultsOf('verbs: { orders.create: { method: GET, path: /b, retries: 3 } }')).toHaveLength(1);
  expect(faultsOf('verbs: {')).toHaveLength(1);
});

test('a file that is not there is a fault with its name', () => {
  expect(() => readMapping(join(folder, 'none.yml'))).toThrow(/none\.yml/);
});

test('an address that is none stops the start', () => {
  const rest = { mapping: { zone: '+08:00', verbs: {} }, clock: () => new Date(), log: { warn: () => {} } };
  expect(() => httpBackend({ ...rest, baseUrl: 'gateway' })).toThrow(SettingsError);
});
