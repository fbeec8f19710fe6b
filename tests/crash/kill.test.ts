import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { openStorage, type Storage } from '#storage';
import { type ServerProcess, startServer } from '../setup/server-process.ts';
import { PatientCustomer, type Told } from './customer.ts';

const kills = 20;
const customers = 50;
const secret = 'a-secret-for-tests-only';
const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-kill-'));
let server: ServerProcess | undefined;
let killed = 0;
afterAll(async () => {
  // Also a test that was cut off begins nothing more.
  killed = kills;
  await server?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const words = (n: number) => [
  '没电了',
  `西湖区文三路${1000 + n}号2幢101室`,
  `138${String(n).padStart(8, '0')}`,
  '确认提交',
];

async function oneCustomer(base: () => Promise<string>, over: () => boolean, next: () => number): Promise<Told[]> {
  const told: Told[] = [];
  const giveUp = Date.now() + 200_000;
  while (!over()) {
    const one = await new PatientCustomer(base, secret, () => Date.now() > giveUp).report(words(next()));
    if (one) told.push(one);
  }
  return told;
}

async function expectExactlyOnce(storage: Storage, told: Told[]): Promise<void> {
  const orders = await storage.db.selectFrom('work_order').select(['conversation_id']).execute();
  const ordersOf = Map.groupBy(orders, (order) => order.conversation_id);
  const said = await storage.db
    .selectFrom('activity')
    .select(['conversation_id', 'seq', 'role', 'dedupe_key'])
    .orderBy('conversation_id')
    .orderBy('seq')
    .execute();
  const saidIn = Map.groupBy(said, (activity) => activity.conversation_id);
  const faults = told.filter(({ conversationId, acknowledged, confirmed }) => {
    const activities = saidIn.get(conversationId) ?? [];
    const roles = activities.map(({ role }) => role[0]).join('');
    const asked = activities.filter(({ role }) => role === 'customer').map(({ dedupe_key }) => dedupe_key);
    const inOrder = acknowledged.every((key, index) => asked[index] === key) && asked.length === acknowledged.length;
    // welcome, then every message followed by what answers it
    const answered = /^b(cb+)*$/.test(roles);
    return !inOrder || !answered || (confirmed && ordersOf.get(conversationId)?.length !== 1);
  });
  expect(faults).toEqual([]);
}

test(`${kills} × kill -9 while ${customers} customers report: one order a report, one answer a message`, async () => {
  const environment = {
    PORT: String(await freePort()),
    GRIDTALK_DATA: dataDir,
    GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests',
    GRIDTALK_DIRECTLINE_SECRET: secret,
  };
  server = await startServer(environment);
  const { url } = server;
  let up = Promise.resolve(url);
  let n = 0;
  const working = Array.from({ length: customers }, () =>
    oneCustomer(
      () => up,
      () => killed >= kills,
      () => (n += 1),
    ),
  );
  while (killed < kills) {
    await pause(50 + Math.random() * 600);
    const back = Promise.withResolvers<string>();
    up = back.promise;
    await server.kill('SIGKILL');
    server = await startServer(environment);
    back.resolve(url);
    killed += 1;
  }
  const told = (await Promise.all(working)).flat();
  expect(await server.kill('SIGTERM')).toBe(0);
  expect(told.length).toBeGreaterThanOrEqual(customers);
  const storage = await openStorage({ dataDir });
  await expectExactlyOnce(storage, told);
  await storage.close();
}, 240_000);
