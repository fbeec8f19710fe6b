import { expect, test } from '@jest/globals';
import { demoBackend } from '#backends';

const backend = demoBackend(() => new Date('2026-11-23T21:00:00+08:00'));

test('the two accounts that are always there', async () => {
  expect(await backend.accounts.find('3301000000017')).toMatchObject({
    name: '张伟',
    phone: '13800000017',
    address: '杭州市西湖区文三路199号2幢1单元301室',
    kind: 'residential',
    pricing: 'time_of_use',
  });
  expect(await backend.accounts.find('3301000000025')).toMatchObject({ name: '李娜', pricing: 'flat' });
  expect(await backend.accounts.find('3301000009999')).toBeUndefined();
});

test('one outage is running and one announced, by address and by account, with the time it was known', async () => {
  const running = await backend.outages.at({ address: '竞舟小区8幢' });
  expect(running.asOf).toBe('2026-11-23T13:00:00.000Z');
  expect(running.outages.map(({ stage }) => stage)).toEqual(['running']);
  expect((await backend.outages.at({ accountNumber: '3301000000033' })).outages).toHaveLength(1);
  expect((await backend.outages.at({ address: '大关西五苑3幢' })).outages.map(({ stage }) => stage)).toEqual([
    'announced',
  ]);
  expect((await backend.outages.at({ address: '文三路199号' })).outages).toEqual([]);
});

test('a place has its grid and its setting; an unknown one has none', async () => {
  expect(await backend.directory.locate({ address: '余杭区径山镇小古城村3组' })).toMatchObject({
    grid: '径山网格',
    setting: 'rural',
  });
  expect(await backend.directory.locate({ address: '火星' })).toBeUndefined();
});
