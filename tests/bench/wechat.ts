// `node tests/bench/wechat.ts [storm] [rate] [wire] [fuzz]`: the WeChat channel's figures, a JSON line for each; all without arguments.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bot } from '#bot';
import { openWechat } from '#channels';
import { openCluster } from '#cluster';
import { GridTalkError } from '#errors';
import { openLog } from '#log';
import type { Call } from '#routes';
import { openStorage } from '#storage';
import type { Texts } from '#texts';
import { openCallback } from '../../src/channels/wechat/callback.ts';
import { readArrival } from '../../src/channels/wechat/incoming.ts';
import { asTexts, passive } from '../../src/channels/wechat/render.ts';
import { encrypt, signature } from '../../src/commands/simulator/envelope.ts';
import { simulatedAccount as account, openSimulator } from '../../src/commands/simulator/index.ts';
import { toJson, toXml } from '../../src/commands/simulator/messages.ts';
import { storm } from '../channels/wechat/storm.ts';
import { startServer } from '../setup/server-process.ts';
import { paced, quantile } from './load.ts';

const texts = { say: (_file: string, key: string) => key } as Texts;
const silent = openLog('silent');
const clock = () => new Date();
const settings = {
  ...{ appId: account.appId, secret: account.secret, token: account.token, aesKey: account.aesKey },
  apiBase: 'http://127.0.0.1:9',
};

function text(n: number) {
  const head = { ToUserName: 'gh_1', FromUserName: `oBench_${n % 1000}`, CreateTime: 1_700_000_000 + n };
  return { ...head, MsgType: 'text', Content: `我家没电了，西湖区文三路${n}号`, MsgId: String(n) };
}

/** A push in an envelope that holds, whatever is in it. */
function sealed(body: string, now = Date.now()) {
  const cipher = encrypt(account, body);
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), 'n'];
  const query = { timestamp, nonce, encrypt_type: 'aes' };
  const msg_signature = signature(account.token, timestamp, nonce, cipher);
  return { query: new URLSearchParams({ ...query, msg_signature }), cipher };
}

function plain(body: string) {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), 'n'];
  return {
    query: new URLSearchParams({ timestamp, nonce, signature: signature(account.token, timestamp, nonce) }),
    body,
  };
}

const envelope = (cipher: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${cipher}]]></Encrypt></xml>`;

/** What one message costs beside its turn, on one core: verify, open, read, answer, seal. */
function wire() {
  const pushes = Array.from({ length: 2000 }, (_, n) => sealed(toXml(text(n))));
  const bodies = pushes.map(({ cipher }) => envelope(cipher));
  const callback = openCallback(settings, clock, silent);
  const replies = [
    { text: '请问是哪里？请告诉我区、路名门牌或小区、楼栋房号，也可以直接发送位置。', buttons: ['转人工'] },
  ];
  const one = (n: number) => {
    const push = callback.verify(bodies[n % 2000] as string, pushes[n % 2000]?.query as URLSearchParams);
    const arrival = readArrival(push.fields);
    if (!arrival) throw new Error('not read');
    const [first = ''] = asTexts(replies, texts);
    return push.wrap(passive(push.notation, arrival.openid, arrival.account, arrival.createdAt, first)).length;
  };
  for (let n = 0; n < 20_000; n += 1) one(n);
  const count = 100_000;
  const before = process.cpuUsage();
  for (let n = 0; n < count; n += 1) one(n);
  // Processor time: what else runs on the machine does not count.
  const { user, system } = process.cpuUsage(before);
  return { cryptoAndXmlPerSecondOfOneCore: Math.round(count / ((user + system) / 1e6)) };
}

/** 100 messages a second against the product; the time of each passive answer, as WeChat would see it. */
async function rate(messages = 3000, perSecond = 100) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-rate-'));
  const simulator = await openSimulator();
  const environment = { PORT: '0', GRIDTALK_DATA: dataDir, GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests' };
  const server = await startServer({ ...environment, ...simulator.settings });
  simulator.aim(`${server.url}/wechat`);
  const words = ['没电了', '西湖区文三路199号2幢301室', '13800000017', '确认提交', '查电费', '什么时候来电'];
  const took: number[] = [];
  let failed = 0;
  await paced(messages, 1000 / perSecond, async (n) => {
    const { outcome, milliseconds } = await simulator.say(`oRate_${n % 500}`, words[n % words.length] as string);
    if (outcome === 'answered') took.push(milliseconds);
    else failed += 1;
  });
  await server.kill('SIGTERM');
  await simulator.close();
  rmSync(dataDir, { recursive: true, force: true });
  const at = (share: number) => Math.round(quantile(took, share) * 10) / 10;
  return { messages, perSecond, notAnsweredPassively: failed, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

const pieces = [
  '<',
  '>',
  '</',
  ']]>',
  '<![CDATA[',
  '&',
  '&#0;',
  '\0',
  '\ud800',
  '{',
  '}',
  '"',
  '[',
  '<!DOCTYPE a>',
  '9'.repeat(30),
];
const at = (body: string) => Math.floor(Math.random() * (body.length + 1));

function broken(body: string): string {
  let result = body;
  for (let times = 1 + Math.floor(Math.random() * 4); times > 0; times -= 1) {
    const [from, to] = [at(result), at(result)].sort((a, b) => a - b) as [number, number];
    const kind = Math.random();
    if (kind < 0.3) result = result.slice(0, from) + result.slice(Math.min(to, from + 8));
    else if (kind < 0.6)
      result = result.slice(0, from) + pieces[Math.floor(Math.random() * pieces.length)] + result.slice(from);
    else if (kind < 0.8)
      result = result.slice(0, from) + String.fromCharCode(Math.random() * 65_536) + result.slice(from + 1);
    else if (kind < 0.9) result = result.slice(0, to) + result.slice(from);
    else result = result.slice(0, to);
  }
  return result;
}

const kinds = ['text', 'image', 'voice', 'location', 'link', 'event'];

/** Broken in plain mode, broken inside a good envelope, or the envelope itself. */
function attack<T>(n: number, safe: T, open: T): { channel: T; query: URLSearchParams; body: string } {
  const more = { MsgType: kinds[n % 6] as string, Event: 'CLICK', EventKey: '1', Location_X: '30', Location_Y: '120' };
  const body = (n % 2 ? toXml : toJson)({ ...text(n), ...more });
  const way = Math.random();
  if (way < 0.4) return { channel: open, ...plain(broken(body)) };
  const { query, cipher } = sealed(way < 0.8 ? broken(body) : body);
  return { channel: safe, query, body: way < 0.8 ? envelope(cipher) : broken(envelope(cipher)) };
}

/** Bodies that are broken outside, inside a good envelope, or in plain mode; the bot is a stub, everything else is real. */
async function fuzz(bodies = 1_000_000) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-fuzz-'));
  const storage = await openStorage({ dataDir });
  const cluster = await openCluster({});
  const bot = {
    open: async () => {},
    history: async () => ({ activities: [], lastSeq: 0 }),
    receive: async () => ({ id: '', duplicate: false, replies: [{ type: 'message', text: '好的' }] }),
  } as unknown as Bot;
  const door = async (aesKey?: string) => {
    const wechat = await openWechat({ settings: { ...settings, aesKey }, storage, cluster, clock, log: silent });
    return wechat.channel({ bot, texts: () => texts, delivery: { nudge() {} } });
  };
  const [safe, open] = [await door(account.aesKey), await door()];
  const counts = { answered: 0, refused: 0, faults: 0 };
  async function one(n: number): Promise<void> {
    const { channel, query, body } = attack(n, safe, open);
    const route = channel.routes.find(({ method }) => method === 'POST');
    try {
      await route?.handle({ query, body: Buffer.from(body) } as unknown as Call);
      counts.answered += 1;
    } catch (fault) {
      const ours = !(fault instanceof GridTalkError) || fault.status >= 500;
      if (ours) console.error(fault);
      counts[ours ? 'faults' : 'refused'] += 1;
    }
  }
  const began = performance.now();
  for (let n = 0; n < bodies; n += 200) await Promise.all(Array.from({ length: 200 }, (_, k) => one(n + k)));
  const seconds = (performance.now() - began) / 1000;
  for (const channel of [safe, open]) await channel.close();
  await storage.close();
  rmSync(dataDir, { recursive: true, force: true });
  return { bodies, ...counts, seconds };
}

const runs: Record<string, () => unknown> = {
  wire,
  rate: () => rate(),
  storm: () =>
    storm({
      ...{ messages: 10_000, users: 1000, kills: 10, duplicates: 0.2, slow: 0.05, atOnce: 48 },
      progress: (line) => console.error(line),
    }),
  fuzz: () => fuzz(),
};
const wanted = process.argv.slice(2).filter((each) => each in runs);
for (const name of wanted.length ? wanted : Object.keys(runs))
  console.log(JSON.stringify({ [name]: await runs[name]?.() }));
