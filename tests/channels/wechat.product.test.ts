import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '#config';
import { openStorage } from '#storage';
import { openSimulator, type Simulator } from '../../src/commands/simulator/index.ts';
import { freshDatabase, freshFolder, testRedisUrl } from '../setup/index.ts';
import { type ServerProcess, startFlags, startServer } from '../setup/server-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop();
});

async function start(environment: Record<string, string>): Promise<ServerProcess> {
  const server = await startServer({ PORT: '0', GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests', ...environment });
  running.push({ stop: () => server.kill('SIGTERM') });
  return server;
}

async function simulator(): Promise<Simulator> {
  const made = await openSimulator();
  running.push({ stop: made.close });
  return made;
}

async function folder(): Promise<string> {
  const made = await freshFolder();
  running.push({ stop: made.remove });
  return made.path;
}

describe('the product as the account', () => {
  test('from the greeting to the work order, in WeChat', async () => {
    const wechat = await simulator();
    const dataDir = await folder();
    const server = await start({ GRIDTALK_DATA: dataDir, ...wechat.settings });
    wechat.aim(`${server.url}/wechat`);
    expect(await wechat.isConfirmed()).toBe(true);
    const openid = 'oCustomer_1';
    const greeting = await wechat.push(openid, { MsgType: 'event', Event: 'subscribe', EventKey: '' });
    expect(greeting.text).toMatch(/电语[\s\S]*1\. 故障报修/);
    // A number is the button; then a place from the map, and a voice that was recognised.
    expect((await wechat.say(openid, '1')).text).toBeTruthy();
    const place = { MsgType: 'location', Location_X: 30.27, Location_Y: 120.15, Scale: 15 };
    await wechat.say(openid, '家里没电了，西湖区文三路199号2幢1单元301室');
    await wechat.push(openid, { ...place, Label: '文三路199号' });
    await wechat.push(openid, { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '13800000017' });
    for (let n = 0; n < 4; n += 1) {
      const { text = '' } = await wechat.say(openid, '确认提交');
      if (/工单号/.test(text)) break;
    }
    await server.kill('SIGTERM');
    const storage = await openStorage({ dataDir });
    const orders = await storage.db.selectFrom('work_order').select(['channel', 'phone']).execute();
    await storage.close();
    expect(orders).toEqual([{ channel: 'wechat', phone: '13800000017' }]);
  });

  test('compressed, large and strange calls are refused; the server lives', async () => {
    const wechat = await simulator();
    const server = await start({ GRIDTALK_DATA: await folder(), ...wechat.settings });
    const post = (body: string, headers = {}) => fetch(`${server.url}/wechat`, { method: 'POST', body, headers });
    expect((await post('x', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post('x'.repeat(100_000))).status).toBe(413);
    expect((await post('%')).status).toBe(403);
    expect((await fetch(`${server.url}/wechat?nonce[$gt]=1&signature=a&signature=b`)).status).toBe(403);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test('two replicas on PostgreSQL and Redis: deliveries that alternate are one turn each, answered one way', async () => {
    const wechat = await simulator();
    const database = await freshDatabase();
    running.push({ stop: database.drop });
    const shared = { DATABASE_URL: database.url, REDIS_URL: testRedisUrl(), ...wechat.settings };
    const replicas = await Promise.all([1, 2].map(async () => start({ GRIDTALK_DATA: await folder(), ...shared })));
    wechat.aim(...replicas.map(({ url }) => `${url}/wechat`));
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const slow = wechat.api.keep(png, 'image/png', 4500);
    const pushes = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 6 === 5
          ? wechat.push(`oReplica_${n}`, { MsgType: 'image', MediaId: slow, PicUrl: 'http://x/' }, 10)
          : wechat.say(`oReplica_${n}`, '没电了', n % 3),
      ),
    );
    while (wechat.sent.length < 4) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const replica of replicas) await replica.kill('SIGTERM');
    const storage = await openStorage({ databaseUrl: database.url });
    const turns = await storage.db.selectFrom('activity').select('dedupe_key').where('role', '=', 'customer').execute();
    await storage.close();
    expect(turns).toHaveLength(24);
    expect(pushes.filter(({ outcome }) => outcome === 'silent')).toHaveLength(4);
    expect(pushes.every(({ texts }) => new Set(texts).size <= 1)).toBe(true);
    expect(wechat.sent).toHaveLength(4);
    expect(wechat.api.tokensFetched).toBe(1);
  }, 180_000);
});

describe('settings', () => {
  const base = { GRIDTALK_DATA: './data' };

  test('none: the channel is off', async () => {
    expect(readConfig(base).wechat).toBeUndefined();
    const server = await start({ GRIDTALK_DATA: await folder() });
    expect((await fetch(`${server.url}/wechat`)).status).toBe(404);
  });

  test('all faults at once, each with its mend', () => {
    const wrong = { WECHAT_APP_ID: 'x', WECHAT_AES_KEY_PREVIOUS: 'short', WECHAT_API_BASE: 'http://api.example.com' };
    expect(() => readConfig({ ...base, PORT: '-1', ...wrong })).toThrow(
      /PORT[\s\S]*WECHAT_APP_ID must[\s\S]*WECHAT_AES_KEY_PREVIOUS must[\s\S]*WECHAT_API_BASE must[\s\S]*WECHAT_APP_SECRET is missing[\s\S]*WECHAT_TOKEN is missing[\s\S]*set without WECHAT_AES_KEY/,
    );
  });

  test('whole: as they were given', async () => {
    const { settings, base: apiBase } = await simulator();
    expect(readConfig({ ...base, ...settings }).wechat).toEqual({
      ...{ appId: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET, token: settings.WECHAT_TOKEN, apiBase },
      ...{ aesKey: 'WECHAT_AES_KEY' in settings ? settings.WECHAT_AES_KEY : '', previousAesKey: undefined },
    });
  });
});

describe('simulate wechat', () => {
  test('says how to start the product against it, and shows a chat', async () => {
    const command = ['--no-warnings', ...startFlags, join(root, 'src/cli.ts'), 'simulate', 'wechat', '--port', '0'];
    const child = spawn(process.execPath, [...command, '--target', 'http://127.0.0.1:9/wechat'], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    running.push({
      async stop() {
        const gone = once(child, 'exit');
        child.kill();
        await gone;
      },
    });
    // Read on to the end: a closed pipe would end the command at its next line.
    const printed = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        if (text.includes('npm start')) resolve(text);
      });
    });
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    expect(printed).toContain(`WECHAT_API_BASE=${address}`);
    expect(await (await fetch(`${address}/`)).text()).toContain('公众号模拟器');
    const act = { do: 'text', openid: 'oVisitor_1', text: '你好' };
    const response = await fetch(`${address}/chat/do`, { method: 'POST', body: JSON.stringify(act) });
    expect(await response.json()).toMatchObject({ outcome: 'failed' });
  });
});
