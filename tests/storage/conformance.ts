import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isUniqueViolation, type Storage, sql } from '#storage';
import { activity, conversation, setting, settingNames, workOrder } from './rows.ts';

/** A database of the suite's own: `open` may be called again after `close`. */
export interface Place {
  open(): Promise<Storage>;
  remove(): Promise<void>;
}

/** What storage promises, whatever the database. */
export function conformance(name: string, makePlace: () => Promise<Place>): void {
  describe(`storage on ${name}`, () => {
    let place: Place;
    let storage: Storage;

    beforeAll(async () => {
      place = await makePlace();
      storage = await place.open();
    });
    afterAll(async () => {
      await storage.close();
      await place.remove();
    });

    describe('values', () => {
      test('every kind of column comes back as it went in', async () => {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        const text = '电语 «停电» 𠮷野家 👩‍🔧 \n\t\'"\\ é';
        const row = {
          ...{ id: randomUUID(), conversation_id: 'c', name: text, content_type: 'image/png', size: 256, bytes },
          created_at: Number.MAX_SAFE_INTEGER,
        };
        await storage.commit((tx) => tx.insertInto('upload').values(row).execute());
        const found = await storage.db
          .selectFrom('upload')
          .selectAll()
          .where('id', '=', row.id)
          .executeTakeFirstOrThrow();
        expect({ ...found, bytes: Array.from(found.bytes) }).toEqual({ ...row, bytes: Array.from(bytes) });
      });

      test('absent values are null, flags and numbers are numbers', async () => {
        const row = workOrder('W-null', null);
        await storage.commit((tx) => tx.insertInto('work_order').values(row).execute());
        const found = await storage.db
          .selectFrom('work_order')
          .selectAll()
          .where('number', '=', 'W-null')
          .executeTakeFirst();
        expect({ ...found }).toEqual(row);
      });

      test('counts and sums are numbers', async () => {
        await storage.commit((tx) =>
          tx
            .insertInto('counter')
            .values({ name: 'count', value: 2 ** 40 })
            .execute(),
        );
        const row = await storage.db
          .selectFrom('counter')
          .select(({ fn }) => [fn.countAll<number>().as('rows'), fn.max('value').as('largest')])
          .where('name', '=', 'count')
          .executeTakeFirst();
        expect({ ...row }).toEqual({ rows: 1, largest: 2 ** 40 });
      });

      test('text is ordered by its bytes', async () => {
        const names = ['order-B', 'order-a', 'order-Z', 'order-é', 'order-电'];
        for (const each of names) await setting(storage, each, '');
        const found = (await settingNames(storage.db)).filter((each) => each.startsWith('order-'));
        expect(found).toEqual(['order-B', 'order-Z', 'order-a', 'order-é', 'order-电']);
      });

      test('a lone surrogate is stored as U+FFFD; the rest of the text is kept', async () => {
        await setting(storage, 'surrogate', 'a\uD800b\uDC00');
        const row = await storage.db
          .selectFrom('setting')
          .select('value')
          .where('name', '=', 'surrogate')
          .executeTakeFirst();
        expect(row?.value).toBe('a\uFFFDb\uFFFD');
      });

      test('NUL in a text is refused and nothing of its commit is kept', async () => {
        const work = storage.commit(async (tx) => {
          await tx.insertInto('setting').values({ name: 'nul-before', value: '' }).execute();
          await tx.insertInto('setting').values({ name: 'nul', value: 'a\0b' }).execute();
        });
        await expect(work).rejects.toThrow();
        expect(await settingNames(storage.db)).not.toContain('nul-before');
      });
    });

    describe('commits', () => {
      test('answer what the work answers, and are seen by the next read', async () => {
        const answer = await storage.commit(async (tx) => {
          await tx.insertInto('setting').values({ name: 'seen', value: '1' }).execute();
          const inside = await tx.selectFrom('setting').select('value').where('name', '=', 'seen').executeTakeFirst();
          return inside?.value;
        });
        expect(answer).toBe('1');
        expect(await settingNames(storage.db)).toContain('seen');
      });

      test('are not seen by others before they are done', async () => {
        const outside: string[][] = [];
        await storage.commit(async (tx) => {
          await tx.insertInto('setting').values({ name: 'unseen', value: '' }).execute();
          outside.push(await settingNames(storage.db));
        });
        expect(outside[0]).not.toContain('unseen');
      });

      test('a work that throws undoes its own writes and no other', async () => {
        const all = await Promise.allSettled(
          Array.from({ length: 9 }, (_, index) =>
            storage.commit(async (tx) => {
              await tx
                .insertInto('setting')
                .values({ name: `batch-${index}`, value: '' })
                .execute();
              if (index % 3 === 1) throw new Error(`no ${index}`);
              return index;
            }),
          ),
        );
        const reasons = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
        expect(reasons).toEqual(['no 1', 'no 4', 'no 7']);
        const kept = (await settingNames(storage.db)).filter((each) => each.startsWith('batch-'));
        expect(kept).toEqual(['batch-0', 'batch-2', 'batch-3', 'batch-5', 'batch-6', 'batch-8']);
      });

      test('500 at once all land', async () => {
        const count = 500;
        await storage.commit((tx) => tx.insertInto('counter').values({ name: 'orders', value: 0 }).execute());
        const numbers = await Promise.all(
          Array.from({ length: count }, () =>
            storage.commit(async (tx) => {
              const row = await tx
                .updateTable('counter')
                .set(({ eb }) => ({ value: eb('value', '+', 1) }))
                .where('name', '=', 'orders')
                .returning('value')
                .executeTakeFirstOrThrow();
              await tx
                .insertInto('setting')
                .values({ name: `many-${row.value}`, value: '' })
                .execute();
              return row.value;
            }),
          ),
        );
        expect(new Set(numbers).size).toBe(count);
        expect((await settingNames(storage.db)).filter((each) => each.startsWith('many-'))).toHaveLength(count);
      });

      test('of two turns on one version exactly one wins', async () => {
        await storage.commit((tx) => tx.insertInto('conversation').values(conversation('raced')).execute());
        const turn = () =>
          storage.commit(async (tx) => {
            const { numUpdatedRows } = await tx
              .updateTable('conversation')
              .set({ version: 2 })
              .where('id', '=', 'raced')
              .where('version', '=', 1)
              .executeTakeFirstOrThrow();
            if (numUpdatedRows !== 1n) throw new Error('too late');
          });
        const outcomes = (await Promise.allSettled([turn(), turn()])).map(({ status }) => status).sort();
        expect(outcomes).toEqual(['fulfilled', 'rejected']);
      });

      test('inside a commit another one is refused instead of waiting for ever', async () => {
        const nested = storage.commit(() => setting(storage, 'nested', ''));
        await expect(nested).rejects.toMatchObject({ code: 'NestedCommit' });
        await setting(storage, 'after-nested', '');
      });

      test('a statement after the end of its work is refused', async () => {
        const tx = await storage.commit(async (given) => ({ given }));
        const late = tx.given.insertInto('setting').values({ name: 'late', value: '' }).execute();
        await expect(late).rejects.toThrow();
        expect(await settingNames(storage.db)).not.toContain('late');
      });
    });

    describe('rules', () => {
      const addActivity = (row: ReturnType<typeof activity>) =>
        storage.commit((tx) => tx.insertInto('activity').values(row).execute());
      const addOrder = (number: string, key: string | null) =>
        storage.commit((tx) => tx.insertInto('work_order').values(workOrder(number, key)).execute());
      const faultOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

      test.each([
        ['one key of a message twice in a conversation', activity('u', 1, 'k'), activity('u', 2, 'k')],
        ['one place in a conversation twice', activity('v', 1), activity('v', 1)],
      ])('refuse %s', async (_what, first, again) => {
        await addActivity(first);
        expect(isUniqueViolation(await faultOf(addActivity(again)))).toBe(true);
      });

      test('refuse a second open order for one fault; closed ones do not count', async () => {
        await addOrder('W1', 'fault');
        expect(isUniqueViolation(await faultOf(addOrder('W2', 'fault')))).toBe(true);
        await addOrder('W3', null);
        await addOrder('W4', null);
      });

      test('only a duplicate is a unique violation', async () => {
        const missing = storage.commit((tx) => sql`insert into setting (name) values ('x')`.execute(tx));
        expect(isUniqueViolation(await faultOf(missing))).toBe(false);
        expect([new Error('no'), undefined, 'text', null].map(isUniqueViolation)).toEqual([false, false, false, false]);
      });

      test('an expected duplicate is left alone', async () => {
        const insert = () =>
          storage.commit((tx) =>
            tx
              .insertInto('activity')
              .values(activity('z', 1, 'k'))
              .onConflict((on) => on.doNothing())
              .executeTakeFirstOrThrow(),
          );
        const rows = [(await insert()).numInsertedOrUpdatedRows, (await insert()).numInsertedOrUpdatedRows];
        expect(rows).toEqual([1n, 0n]);
      });

      test('the reading side refuses to write', async () => {
        const write = storage.db.insertInto('setting').values({ name: 'by-reader', value: '' }).execute();
        await expect(write).rejects.toThrow();
        expect(await settingNames(storage.db)).not.toContain('by-reader');
      });
    });

    describe('closing', () => {
      test('finishes what was asked, refuses what comes after, and the next opening finds the data', async () => {
        const asked = Array.from({ length: 20 }, (_, index) => setting(storage, `closing-${index}`, ''));
        await storage.close();
        await Promise.all(asked);
        await expect(setting(storage, 'closed', '')).rejects.toMatchObject({ code: 'StorageClosed' });
        storage = await place.open();
        const names = await settingNames(storage.db);
        expect(names.filter((each) => each.startsWith('closing-'))).toHaveLength(20);
        expect(names).not.toContain('closed');
      });

      test('a database that a newer version has changed is refused', async () => {
        await storage.commit((tx) =>
          sql`insert into migration (name, applied_at) values ('9999-later', 1)`.execute(tx),
        );
        await storage.close();
        await expect(place.open()).rejects.toMatchObject({ code: 'DatabaseIsNewer' });
      });
    });
  });
}
