import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Carrier, enqueue, openDelivery } from '#delivery';
import { openLog } from '#log';
import { openStorage, type Storage } from '#storage';
import { freshFolder } from '../setup/index.ts';

let folder: Awaited<ReturnType<typeof freshFolder>>;
let storage: Storage;
let now = 0;
const log = openLog('silent');
const clock = () => new Date(now);

beforeEach(async () => {
  now = Date.parse('2026-11-23T13:00:00Z');
  folder = await freshFolder();
  storage = await openStorage({ dataDir: folder.path });
});
afterEach(async () => {
  await storage.close();
  await folder.remove();
});

const put = (orderingKey: string, ...payloads: string[]) =>
  storage.commit(async (tx) => {
    for (const payload of payloads) await enqueue(tx, { topic: 'post', orderingKey, payload, at: now++ });
  });
const open = (post: Carrier) => openDelivery({ storage, clock, carriers: { post }, log, every: 0 });

describe('the outbox', () => {
  test('what was committed leaves, once, in order within its key', async () => {
    const carried: unknown[] = [];
    const delivery = open(async (payload) => void carried.push(payload));
    await put('a', 'a1', 'a2', 'a3');
    await delivery.runDue();
    await delivery.runDue();
    expect(carried).toEqual(['a1', 'a2', 'a3']);
    await delivery.close();
  });

  test('a failure holds back only its own key, and is tried again later', async () => {
    const carried: unknown[] = [];
    let broken = true;
    const delivery = open(async (payload) => {
      if (broken && payload === 'a1') throw new Error('the other side is down');
      carried.push(payload);
    });
    await put('a', 'a1', 'a2');
    await put('b', 'b1');
    await delivery.runDue();
    expect(carried).toEqual(['b1']);
    broken = false;
    now += 10_000;
    await delivery.runDue();
    expect(carried).toEqual(['b1', 'a1', 'a2']);
    await delivery.close();
  });

  test('a process that died in the middle leaves its parcels to the next', async () => {
    await put('a', 'a1');
    const dying = open(() => new Promise(() => {}));
    dying.nudge();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const carried: unknown[] = [];
    const next = open(async (payload) => void carried.push(payload));
    now += 60_000;
    await next.runDue();
    expect(carried).toEqual(['a1']);
    await next.close();
  });

  test('a parcel that never gets through is given up, and seen to be', async () => {
    const delivery = open(async () => {
      throw new Error('never');
    });
    await put('a', 'a1');
    for (let tries = 0; tries < 20; tries += 1) {
      await delivery.runDue();
      now += 2 * 3_600_000;
    }
    const row = await storage.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
    expect(row.dead_at).not.toBeNull();
    expect(row.last_error).toContain('never');
    await delivery.close();
  });
});
