import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Carrier, enqueue, Later, openDelivery, takeBack, Undeliverable } from '#delivery';
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

  test('where no other process can be, what a killed one had in hand is taken back at once; what waits goes on waiting', async () => {
    await put('a', 'a1');
    await put('b', 'b1');
    const dying = open((payload) => (payload === 'a1' ? new Promise(() => {}) : Promise.reject(new Error('down'))));
    dying.nudge();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await takeBack(storage, now);
    const carried: unknown[] = [];
    const next = open(async (payload) => void carried.push(payload));
    await next.runDue();
    expect(carried).toEqual(['a1']);
    await next.close();
  });

  test('what a carrier answers is written in the commit that settles its parcel', async () => {
    await put('a', 'a1');
    const row = { name: 'carried', value: 'a1' };
    const delivery = open(async () => (tx) => tx.insertInto('setting').values(row).execute());
    await delivery.runDue();
    expect(await storage.db.selectFrom('setting').selectAll().where('name', '=', 'carried').execute()).toMatchObject([
      row,
    ]);
    await delivery.close();
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

  test('parcels of one commit keep their order', async () => {
    const carried: unknown[] = [];
    const delivery = open(async (payload) => void carried.push(payload));
    const payloads = Array.from({ length: 50 }, (_, n) => n);
    await storage.commit(async (tx) => {
      for (const payload of payloads) await enqueue(tx, { topic: 'post', orderingKey: 'a', payload, at: now });
    });
    await delivery.runDue();
    expect(carried).toEqual(payloads);
    await delivery.close();
  });

  test('one that waits holds back what is put behind it later, also on another replica', async () => {
    const carried: unknown[] = [];
    const stuck = open(() => new Promise(() => {}));
    await put('a', 'a1');
    stuck.nudge();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await put('a', 'a2');
    await put('b', 'b1');
    const other = open(async (payload) => void carried.push(payload));
    await other.runDue();
    expect(carried).toEqual(['b1']);
    now += 60_000;
    await other.runDue();
    expect(carried).toEqual(['b1', 'a1', 'a2']);
    await other.close();
  });

  test('a carrier may ask for a later time, as often as it likes, or say that it is in vain', async () => {
    const carried: unknown[] = [];
    const opens = now + 60 * 3_600_000;
    const delivery = open(async (payload) => {
      if (payload === 'vain') throw new Undeliverable('nobody lives there');
      if (now < opens) throw new Later('closed', now + 3_600_000);
      carried.push(payload);
    });
    await put('a', 'a1', 'a2');
    await put('b', 'vain', 'b1');
    for (let tries = 0; tries < 70; tries += 1) {
      await delivery.runDue();
      now += 3_600_000;
    }
    expect(carried.sort()).toEqual(['a1', 'a2', 'b1']);
    const dead = await storage.db.selectFrom('outbox').selectAll().where('dead_at', 'is not', null).execute();
    expect(dead).toMatchObject([{ ordering_key: 'b', attempts: 1, last_error: expect.stringContaining('nobody') }]);
    await delivery.close();
  });

  test('a carrier that goes alone is never on two ways at once, and each way is settled before the next', async () => {
    let onTheWay = 0;
    const unsettled: number[] = [];
    const delivery = open(
      Object.assign(
        async () => {
          onTheWay += 1;
          expect(onTheWay).toBe(1);
          const done = await storage.db.selectFrom('outbox').select('id').where('done_at', 'is not', null).execute();
          unsettled.push(done.length);
          onTheWay -= 1;
        },
        { alone: true },
      ),
    );
    await put('a', 'a1', 'a2');
    await put('b', 'b1');
    await put('c', 'c1');
    await delivery.runDue();
    expect(unsettled).toEqual([0, 1, 2, 3]);
    await delivery.close();
  });

  test('one that hangs holds up nobody but those behind it', async () => {
    const carried: unknown[] = [];
    const letGo = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    const delivery = open(async (payload) => {
      if (payload === 'a1') await letGo.promise;
      carried.push(payload);
      if (payload === 'b2') told.resolve();
    });
    await put('a', 'a1');
    await put('b', 'b1');
    delivery.nudge();
    await put('a', 'a2');
    await put('b', 'b2');
    delivery.nudge();
    await told.promise;
    expect(carried).toEqual(['b1', 'b2']);
    letGo.resolve();
    await delivery.runDue();
    expect(carried).toEqual(['b1', 'b2', 'a1', 'a2']);
    await delivery.close();
  });

  test('a poisoned row is given up at once, and those behind it leave', async () => {
    const carried: unknown[] = [];
    const delivery = open(async (payload) => void carried.push(payload));
    await put('a', 'a1', 'a2');
    await storage.commit((tx) =>
      tx.updateTable('outbox').set({ payload: '{"cut o' }).where('payload', '=', '"a1"').execute(),
    );
    await delivery.runDue();
    expect(carried).toEqual(['a2']);
    const dead = await storage.db.selectFrom('outbox').selectAll().where('dead_at', 'is not', null).execute();
    expect(dead).toMatchObject([{ attempts: 1, last_error: expect.stringContaining('read') }]);
    await delivery.close();
  });

  test('tries grow apart, each between half and whole, up to an hour', async () => {
    const delivery = open(async () => {
      throw new Error('down');
    });
    await put('a', 'a1');
    for (let tries = 1; tries < 12; tries += 1) {
      await delivery.runDue();
      const { due_at } = await storage.db.selectFrom('outbox').select('due_at').executeTakeFirstOrThrow();
      const whole = Math.min(2 ** (tries - 1) * 1000, 3_600_000);
      expect(due_at - now).toBeGreaterThanOrEqual(whole / 2);
      expect(due_at - now).toBeLessThanOrEqual(whole);
      now = due_at;
    }
    await delivery.close();
  });

  test('a carrier may take along what stands behind; it leaves once, and what it left comes next', async () => {
    const trips: unknown[][] = [];
    const delivery = open(async (payload, behind) => {
      const along = Math.min(2, behind.length);
      trips.push([payload, ...behind.slice(0, along)]);
      return along;
    });
    await put('a', 'a1', 'a2', 'a3', 'a4', 'a5');
    await put('b', 'b1');
    await delivery.runDue();
    expect(trips.sort()).toEqual([['a1', 'a2', 'a3'], ['a4', 'a5'], ['b1']]);
    await delivery.close();
  });

  test('what has a name is put in once', async () => {
    const carried: unknown[] = [];
    const delivery = open(async (payload) => void carried.push(payload));
    const parcel = { topic: 'post', orderingKey: 'a', at: now, id: 'a-name' };
    await storage.commit((tx) => enqueue(tx, { ...parcel, payload: 'first' }));
    await storage.commit((tx) => enqueue(tx, { ...parcel, payload: 'second' }));
    await delivery.runDue();
    await storage.commit((tx) => enqueue(tx, { ...parcel, payload: 'third' }));
    await delivery.runDue();
    expect(carried).toEqual(['first']);
    await delivery.close();
  });
});
