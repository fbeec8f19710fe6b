import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { openSimulator, type Pushed } from '../../../src/commands/simulator/index.ts';
import { type ServerProcess, startServer } from '../../setup/server-process.ts';

export interface StormOptions {
  messages: number;
  users: number;
  kills: number;
  /** Share of messages that are delivered twice, and of pictures that take longer than the passive answer may. */
  duplicates: number;
  slow: number;
  atOnce: number;
  progress?(line: string): void;
}

export interface StormFigures {
  messages: number;
  /** Answered, or «success». */
  acknowledged: number;
  /** How often WeChat gave up after three tries while nobody was up; such a message comes again later. */
  givenUp: number;
  deliveredTwice: number;
  answeredByApi: number;
  kills: number;
  /** Acknowledged, but no turn of it on disk, or «success» and never an answer. */
  lost: number;
  doubleTurns: number;
  /** Two different passive texts for one message, or one beside an answer by the API. */
  doubledPassive: number;
  /** Sends by the customer-service API beyond one for each parcel. */
  doubledSends: number;
  seconds: number;
}

interface Message {
  key: string;
  openid: string;
  fields: Record<string, string>;
  again?: number;
  pushed?: Pushed;
}

const words = [
  '没电了',
  '我家停电了',
  '西湖区文三路199号2幢301室',
  '13800000017',
  '确认提交',
  '查电费',
  '不用了',
  '什么时候来电',
  '你好',
  '转人工',
];
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** The product as `npm start` runs it, under the simulator's worst weather; answers what went wrong, in figures. */
export async function storm(options: StormOptions): Promise<StormFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-storm-'));
  const simulator = await openSimulator({ between: 4000 });
  const environment = {
    ...{ PORT: String(await freePort()), GRIDTALK_DATA: dataDir, GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests' },
    ...simulator.settings,
  };
  let server: ServerProcess = await startServer(environment);
  simulator.aim(`${server.url}/wechat`);
  const slowPicture = simulator.api.keep(png, 'image/png', 4300);
  const messages = Array.from({ length: options.messages }, (_, n) => makeMessage(n, options, slowPicture));
  const began = performance.now();
  let done = 0;
  let givenUp = 0;
  let next = 0;

  async function work(): Promise<void> {
    while (next < messages.length) {
      const message = messages[next++] as Message;
      // What was sent first need not arrive first.
      await pause(Math.random() * 40);
      message.pushed = await simulator.push(message.openid, message.fields, message.again);
      // Given up after three tries while nobody was up: the very same comes once more, as late re-deliveries do.
      while (message.pushed.outcome === 'failed') {
        givenUp += 1;
        message.pushed = await simulator.push(message.openid, message.fields);
      }
      done += 1;
    }
  }

  async function kill(): Promise<void> {
    for (let n = 1; n <= options.kills; n += 1) {
      while (done < (n * messages.length) / (options.kills + 1)) await pause(20);
      await server.kill('SIGKILL');
      server = await startServer(environment);
      options.progress?.(`kill ${n}, ${done} of ${messages.length} messages`);
    }
  }

  await Promise.all([kill(), ...Array.from({ length: options.atOnce }, work)]);
  await drained(dataDir);
  const seconds = (performance.now() - began) / 1000;
  await server.kill('SIGTERM');
  const figures = judge(dataDir, messages, simulator.sent.length);
  await simulator.close();
  rmSync(dataDir, { recursive: true, force: true });
  return { ...figures, givenUp, kills: options.kills, seconds };
}

function makeMessage(n: number, { users, duplicates, slow }: StormOptions, slowPicture: string): Message {
  const openid = `oStorm_${String(n % users).padStart(6, '0')}`;
  const [MsgId, CreateTime] = [String(7_000_000_000_000_000_000n + BigInt(n)), String(1_700_000_000 + n)];
  const image = { MsgType: 'image', MediaId: slowPicture, PicUrl: 'http://simulated/' };
  const content = Math.random() < slow ? image : { MsgType: 'text', Content: any(words) };
  return {
    ...{ key: [MsgId, CreateTime, openid].join('|'), openid },
    fields: { MsgId, CreateTime, ...content },
    again: Math.random() < duplicates ? any([0, 1, 20, 300, 2000]) : undefined,
  };
}

const open = (dataDir: string) => new DatabaseSync(join(dataDir, 'gridtalk.db'), { readOnly: true });

/** Nothing waits any more; what a kill left behind needs its lease to end first. */
async function drained(dataDir: string): Promise<void> {
  const database = open(dataDir);
  const waiting = database.prepare(`
    select (select count(*) from inbox where done_at is null and dead_at is null)
         + (select count(*) from outbox where topic = 'wechat.send' and done_at is null and dead_at is null) as n`);
  const end = Date.now() + 120_000;
  while (Number(waiting.get()?.n) > 0 && Date.now() < end) await pause(200);
  database.close();
}

function judge(dataDir: string, messages: Message[], sends: number) {
  const database = open(dataDir);
  const rows = <T>(query: string) => database.prepare(query).all() as T[];
  const turns = Map.groupBy(
    rows<{ key: string }>('select dedupe_key as key from activity where dedupe_key is not null'),
    ({ key }) => key,
  );
  const owed = new Set(rows<{ id: string }>(`select id from inbox where payload <> ''`).map(({ id }) => id));
  const parcels = rows<{ payload: string; done: number | null }>(
    `select payload, done_at as done from outbox where topic = 'wechat.send'`,
  ).map(({ payload, done }) => ({ key: (JSON.parse(payload) as { key: string }).key, done }));
  const delivered = parcels.filter(({ done }) => done !== null);
  const answered = new Set(delivered.map(({ key }) => key));
  database.close();
  const acknowledged = messages.filter(({ pushed }) => pushed && pushed.outcome !== 'failed');
  const isLost = ({ key, pushed }: Message) => !turns.has(key) || (pushed?.outcome === 'silent' && !answered.has(key));
  const isDoubled = ({ key, pushed }: Message) =>
    new Set(pushed?.texts).size > 1 || ((pushed?.texts.length ?? 0) > 0 && owed.has(key));
  return {
    messages: messages.length,
    acknowledged: acknowledged.length,
    deliveredTwice: messages.filter(({ pushed }) => (pushed?.deliveries.length ?? 0) > 1).length,
    answeredByApi: answered.size,
    lost: acknowledged.filter(isLost).length,
    doubleTurns: [...turns.values()].filter((same) => same.length > 1).length,
    doubledPassive: messages.filter(isDoubled).length,
    doubledSends: sends - delivered.length,
  };
}
