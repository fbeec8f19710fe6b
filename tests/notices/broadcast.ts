import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { NoticeDetail } from '#wire';
import { openSimulator } from '../../src/commands/simulator/index.ts';
import { type ServerProcess, startServer } from '../setup/server-process.ts';
import { secondAdmin, signIn } from './admins.ts';
import { openidOf, seedFollowers } from './followers.ts';

export interface BroadcastOptions {
  receivers: number;
  kills: number;
  progress?(line: string): void;
}

export interface BroadcastFigures {
  receivers: number;
  counted: number;
  kills: number;
  /** Messages that the simulator took for new. */
  handedOver: number;
  missed: number;
  doubled: number;
  /** Rows of the notice by status, at the end. */
  by: Record<string, number>;
  countSeconds: number;
  /** From the approval to the last message, the time that the product was down for a kill included. */
  seconds: number;
  perSecond: number;
  /** Without the seconds from each kill until the product was up again. */
  perSecondUp: number;
}

const password = 'a-password-for-tests';

/** Residential accounts of the demonstration: some with a year on record, one with little. */
const accounts = ['3301000000017', '3301000000025', '3301000000033', '3301000000041', '3301000000066', '3301000000074'];

export const priceNotice = {
  kind: 'price',
  title: '居民阶梯电价调整',
  document: '示范〔2026〕1号',
  issuedBy: '示范省发展和改革委员会（演示数据）',
  effectiveFrom: '2027-01-01',
  counts: '2027年1月1日起抄见电量',
  summary: '第一档年用电量上限提高到2880千瓦时。',
  regions: ['浙江'],
  kinds: ['residential'],
  books: [{ old: '浙江-居民阶梯-2025', new: '浙江-居民阶梯-2027' }],
};

export const settings = `
quiet: { from: "00:00", to: "00:00" }
wechat:
  price: { send: template, id: template-price, fields: { thing1: title, character_string2: document, thing3: effect } }
`;

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** The product as `npm start` runs it announces a change of prices to many followers, and is killed on the way. */
export async function broadcast({ receivers, kills, progress }: BroadcastOptions): Promise<BroadcastFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gridtalk-notices-'));
  const dataDir = join(folder, 'data');
  writeFileSync(join(folder, 'notices.yml'), settings);
  const taken = new Map<string, number>();
  const simulator = await openSimulator({
    onSent: ({ openid }) => void taken.set(openid, (taken.get(openid) ?? 0) + 1),
  });
  for (let n = 0; n < receivers; n += 1) simulator.followers.of(openidOf(n));
  await seedFollowers(dataDir, { count: receivers, accounts });
  progress?.(`${receivers} followers seeded`);
  const environment = {
    ...{ PORT: String(await freePort()), GRIDTALK_DATA: dataDir, GRIDTALK_ADMIN_PASSWORD: password },
    ...{ GRIDTALK_NOTICES: join(folder, 'notices.yml'), ...simulator.settings },
  };
  let server: ServerProcess = await startServer(environment);
  simulator.aim(`${server.url}/wechat`);
  const author = await signIn(server.url, 'admin', password);
  const approver = await secondAdmin(server.url, author);
  const at = performance.now();
  const { notice } = await author.call<NoticeDetail>('POST', '/api/notices', priceNotice);
  const path = `/api/notices/${notice.id}`;
  const look = () => approver.call<NoticeDetail>('GET', path);
  const counted = await until(look, (seen) => seen.notice.counted);
  const countSeconds = (performance.now() - at) / 1000;
  progress?.(`${counted.notice.receivers} counted in ${countSeconds.toFixed(1)} s`);
  const submitted = await author.call<NoticeDetail>('POST', `${path}/submit`, { version: notice.version });
  const began = performance.now();
  await approver.call('POST', `${path}/approve`, { version: submitted.notice.version });
  let down = 0;
  for (let n = 1; n <= kills; n += 1) {
    while (taken.size < (n * receivers) / (kills + 1)) await pause(5);
    const killed = performance.now();
    await server.kill('SIGKILL');
    server = await startServer(environment);
    down += performance.now() - killed;
    progress?.(`kill ${n}: ${taken.size} handed over, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  let last = 0;
  while (taken.size < receivers && (last === 0 || performance.now() - last < 90_000)) {
    const before = taken.size;
    await pause(50);
    if (taken.size > before || last === 0) last = performance.now();
  }
  const seconds = (performance.now() - began) / 1000;
  await drained(dataDir);
  await server.kill('SIGTERM');
  const by = statuses(dataDir);
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
  const doubled = [...taken.values()].filter((times) => times > 1).length;
  return {
    ...{
      receivers,
      counted: counted.notice.receivers,
      kills,
      handedOver: taken.size,
      missed: receivers - taken.size,
      doubled,
    },
    ...{
      by,
      countSeconds,
      seconds,
      perSecond: taken.size / seconds,
      perSecondUp: taken.size / (seconds - down / 1000),
    },
  };
}

async function until<T>(look: () => Promise<T>, found: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (found(seen)) return seen;
    await pause(100);
  }
}

const open = (dataDir: string) => new DatabaseSync(join(dataDir, 'gridtalk.db'), { readOnly: true });

/** What a kill left in hand needs its lease to end first; receipts come a moment after their message. */
async function drained(dataDir: string): Promise<void> {
  const database = open(dataDir);
  const waiting = database.prepare(`
    select (select count(*) from outbox where topic like 'notice.%' and done_at is null and dead_at is null)
         + (select count(*) from notice where status = 'sending') as n`);
  const end = Date.now() + 120_000;
  while (Number(waiting.get()?.n) > 0 && Date.now() < end) await pause(200);
  const unreceipted = database.prepare(`select count(*) as n from notice_receiver where status = 'sent'`);
  for (let left = -1; ; await pause(500)) {
    const now = Number(unreceipted.get()?.n);
    if (now === 0 || now === left) break;
    left = now;
  }
  database.close();
}

function statuses(dataDir: string): Record<string, number> {
  const database = open(dataDir);
  const rows = database.prepare('select status, count(*) as n from notice_receiver group by status').all();
  database.close();
  return Object.fromEntries(rows.map(({ status, n }) => [String(status), Number(n)]));
}
