import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isUniqueViolation, openStorage, type Storage } from '#storage';
import { WorkOrderQuery } from '#wire';
import {
  draftOrder,
  faultKey,
  insertOrder,
  nextNumber,
  type OrderFacts,
  openWorkOrders,
  type WorkOrders,
} from '#workorders';
import { freshFolder } from '../setup/index.ts';

let folder: Awaited<ReturnType<typeof freshFolder>>;
let storage: Storage;
let workorders: WorkOrders;
let told: string[];
let now = Date.parse('2026-11-23T13:00:00Z');

beforeEach(async () => {
  folder = await freshFolder();
  storage = await openStorage({ dataDir: folder.path });
  told = [];
  workorders = openWorkOrders({
    storage,
    clock: () => new Date(now),
    announce: (event, { status }) => told.push(`${event} ${status}`),
  });
});
afterEach(async () => {
  await storage.close();
  await folder.remove();
});

const facts = (address: string, more: Partial<OrderFacts> = {}): OrderFacts => ({
  type: 'fault',
  intent: 'fault.report',
  place: { address },
  faultKind: 'no_power_home',
  conversationId: 'c',
  channel: 'web',
  ...more,
});

async function file(address: string, more: Partial<OrderFacts> = {}): Promise<string> {
  now += 1000;
  return storage.commit(async (tx) => {
    const number = await nextNumber(tx, '330100', new Date(now));
    await insertOrder(tx, draftOrder(number, facts(address, more), undefined, new Date(now)));
    return number;
  });
}

describe('work orders', () => {
  test('numbers carry the day in China, the unit and a running number', async () => {
    expect(await file('文三路1号')).toBe('20261123330100000001');
    expect(await file('文三路2号')).toBe('20261123330100000002');
  });

  test('the same fault is open once; closed, it may come again', async () => {
    const first = await file('西湖区文三路199号2幢1单元301室');
    const again = await file('文三路199号2栋1单元301').catch(isUniqueViolation);
    expect(again).toBe(true);
    await workorders.close(first, 'li', { outcome: 'restored', note: '' });
    expect(await file('文三路199号2栋1单元301')).not.toBe(first);
  });

  test('another place, another kind or another family of symptoms is another fault', () => {
    const here = { address: '文三路199号2幢301' };
    const keys = [
      faultKey('fault', here, 'no_power_home'),
      faultKey('fault', { address: '文三路199号2幢302' }, 'no_power_home'),
      faultKey('hazard', here, 'no_power_home'),
      faultKey('fault', here, 'low_voltage'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(faultKey('fault', here, 'tripping')).toBe(keys[0]);
    expect(faultKey('fault', {})).toBeUndefined();
    expect(faultKey('hazard', { address: '拱墅区' })).toBeUndefined();
  });

  test('claimed by one, refused to another, closed by the holder; every step is logged and told', async () => {
    const number = await file('文三路3号');
    expect((await workorders.claim(number, 'li')).claimedBy).toBe('li');
    await workorders.claim(number, 'li');
    await expect(workorders.claim(number, 'wang')).rejects.toMatchObject({ code: 'Conflict' });
    await expect(workorders.close(number, 'wang', { outcome: 'other', note: '' })).rejects.toMatchObject({
      status: 409,
    });
    await workorders.close(number, 'li', { outcome: 'restored', note: '换了保险丝' });
    await expect(workorders.claim(number, 'li')).rejects.toMatchObject({ status: 409 });
    const found = await workorders.find(number);
    expect(found?.events.map(({ kind }) => kind)).toEqual(['filed', 'claimed', 'closed']);
    expect(told).toEqual(['changed claimed', 'changed closed']);
  });

  test('pages by key, newest first, and finds by what a customer says', async () => {
    for (let n = 1; n <= 5; n += 1) await file(`文二路${n}号`, { phone: `1380000000${n}`, urgent: n === 3 });
    const query = (more: object) => workorders.list(WorkOrderQuery.parse({ limit: 2, ...more }), 'li');
    const first = await query({});
    const second = await query({ cursor: first.next });
    const third = await query({ cursor: second.next });
    const addresses = [...first.items, ...second.items, ...third.items].map(({ address }) => address);
    expect(addresses).toEqual([5, 4, 3, 2, 1].map((n) => `文二路${n}号`));
    expect(third.next).toBeNull();
    expect((await query({ q: '13800000002' })).items).toHaveLength(1);
    expect((await query({ q: '文二路4' })).items).toHaveLength(1);
    expect((await query({ urgent: 'true' })).items.map(({ address }) => address)).toEqual(['文二路3号']);
    expect((await query({ q: '%' })).items).toHaveLength(0);
    await expect(query({ cursor: 'nonsense' })).rejects.toMatchObject({ status: 400 });
  });
});
