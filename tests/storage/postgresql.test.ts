import { expect, test } from '@jest/globals';
import { openStorage } from '#storage';
import { freshDatabase } from '../setup/index.ts';
import { conformance } from './conformance.ts';
import { setting, settingNames } from './rows.ts';

conformance('PostgreSQL', async () => {
  const { url, drop } = await freshDatabase();
  return { open: () => openStorage({ databaseUrl: url }), remove: drop };
});

test('replicas that start together on an empty database all start, and share it', async () => {
  const { url, drop } = await freshDatabase();
  const replicas = await Promise.all(Array.from({ length: 5 }, () => openStorage({ databaseUrl: url })));
  await Promise.all(replicas.map((replica, index) => setting(replica, `replica-${index}`, '')));
  expect(await settingNames(replicas[0]!.db)).toHaveLength(5);
  await Promise.all(replicas.map((replica) => replica.close()));
  await drop();
});

test('a deadlock is run again, not reported', async () => {
  const { url, drop } = await freshDatabase();
  const storage = await openStorage({ databaseUrl: url });
  await setting(storage, 'a', '');
  await setting(storage, 'b', '');
  const bothHoldOne = barrier(2);
  const touch = (first: string, second: string) =>
    storage.commit(async (tx) => {
      const update = (name: string) =>
        tx.updateTable('setting').set({ value: first }).where('name', '=', name).execute();
      await update(first);
      await bothHoldOne();
      await update(second);
    });
  await Promise.all([touch('a', 'b'), touch('b', 'a')]);
  await storage.close();
  await drop();
});

test('a server that is not there is named as the fault, without the password', async () => {
  const opening = openStorage({ databaseUrl: 'postgresql://user:secret@localhost/none?host=/nowhere' });
  const error = await opening.catch((fault: unknown) => fault);
  expect(error).toMatchObject({ code: 'DatabaseUnreachable', status: 503 });
  expect(JSON.stringify([error, (error as Error).message])).not.toContain('secret');
});

/** Lets the first `count` through once all of them have come, and everybody after that at once. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come++;
    if (come === count) resolve();
    return promise;
  };
}
