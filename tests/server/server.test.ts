import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshFolder } from '../setup/index.ts';
import { type ServerProcess, startServer } from '../setup/server-process.ts';

const secret = 'a-secret-for-tests-only';
const password = 'a-password-for-tests';
let server: ServerProcess;
let folder: Awaited<ReturnType<typeof freshFolder>>;

beforeAll(async () => {
  folder = await freshFolder();
  server = await startServer({
    PORT: '0',
    GRIDTALK_DATA: folder.path,
    GRIDTALK_ADMIN_PASSWORD: password,
    GRIDTALK_DIRECTLINE_SECRET: secret,
  });
}, 60_000);
afterAll(async () => {
  await server?.kill('SIGTERM');
  await folder?.remove();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const alive = async () => (await get('/healthz')).status;

async function visitor() {
  const response = await post('/api/widget/token', '{}');
  const { conversationId, token } = (await response.json()) as { conversationId: string; token: string };
  const at = `/v3/directline/conversations/${conversationId}/activities`;
  const bearer = { authorization: `Bearer ${token}` };
  return {
    say: (text: string) => post(at, JSON.stringify({ type: 'message', text }), bearer),
    send: (body: BodyInit, headers: Record<string, string> = {}) => post(at, body, { ...bearer, ...headers }),
    async said() {
      const { activities } = (await (await get(at, bearer)).json()) as {
        activities: { text: string; from: { id: string } }[];
      };
      return activities;
    },
  };
}

/** Signs in, as the first administrator unless told; answers the headers of a change. */
async function signIn(user = 'admin', word = password) {
  const response = await post('/api/session', JSON.stringify({ user, password: word }));
  const { csrf } = (await response.json()) as { csrf: string };
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': csrf };
}

describe('operations', () => {
  test('the first lines say where everything is', () => {
    for (const address of ['/console/', '/healthz', 'customers']) expect(server.banner).toContain(address);
  });

  test('alive, ready, and measured', async () => {
    expect(await alive()).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('gridtalk_http_request_seconds');
    expect(metrics).toContain('process_resident_memory_bytes');
  });

  test('pages carry a strict policy', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect((await get('/widget.js')).headers.get('content-type')).toContain('javascript');
    expect((await get('/console/')).status).toBe(200);
    expect((await get('/console/../../package.json')).status).toBe(404);
  });
});

describe('bad input gets a clear error and changes nothing', () => {
  test('malformed JSON, wrong type, too large', async () => {
    const customer = await visitor();
    const before = (await customer.said()).length;
    const malformed = await customer.send('{"type": "message",');
    expect(malformed.status).toBe(400);
    expect(await malformed.json()).toMatchObject({
      error: { code: 'MalformedJson', message: expect.stringContaining('JSON') },
    });
    expect((await customer.send('text', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await customer.send('x'.repeat(10 * 1024 * 1024))).status).toBe(413);
    expect((await customer.said()).length).toBe(before);
  });

  test('a body that claims to be gzip kills nothing', async () => {
    const customer = await visitor();
    const bad = await customer.send('not gzip at all', { 'content-encoding': 'gzip' });
    expect(bad.status).toBe(415);
    expect(await alive()).toBe(200);
  });

  test('NUL and lone surrogates are cleaned, 5,000 characters are refused or cut, never a fault of ours', async () => {
    const customer = await visitor();
    expect((await customer.say('没电\u0000了\ud800')).status).toBe(200);
    const said = await customer.said();
    expect(said.some(({ text }) => text.includes('没电'))).toBe(true);
    expect(JSON.stringify(said)).not.toContain('\\u0000');
    expect((await customer.say('啊'.repeat(5000))).status).toBeLessThan(500);
    expect((await customer.say('')).status).toBeLessThan(500);
    expect((await customer.say('🙂')).status).toBe(200);
  });

  test('HTML and javascript: links stay text', async () => {
    const customer = await visitor();
    const evil = '<img src=x onerror=alert(1)> [点我](javascript:alert(1))';
    await customer.say(evil);
    expect((await customer.said()).map(({ text }) => text)).toContain(evil);
  });

  test('an unknown address, method or conversation', async () => {
    expect((await get('/nothing/here')).status).toBe(404);
    expect((await get('/api/session', { cookie: 'gridtalk_session=nonsense' })).status).toBe(401);
    const customer = await visitor();
    const foreign = await get('/v3/directline/conversations/someone-elses/activities');
    expect(foreign.status).toBe(401);
    expect((await customer.say('你好')).status).toBe(200);
  });

  test('a raw half request does not hold anything up', async () => {
    const port = Number(new URL(server.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"user"');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    expect(await alive()).toBe(200);
  });
});

describe('staff', () => {
  test('nothing without a session, no change without its token', async () => {
    expect((await get('/api/work-orders')).status).toBe(401);
    const headers = await signIn();
    expect((await get('/api/work-orders', { cookie: headers.cookie })).status).toBe(200);
    const forged = await post('/api/work-orders/1/claim', '', { cookie: headers.cookie });
    expect(forged.status).toBe(403);
    expect((await post('/api/work-orders/1/claim', '', headers)).status).toBe(404);
  });

  test('a report on the web is on the desk, live', async () => {
    const headers = await signIn();
    const stream = await get('/api/work-orders/events', { cookie: headers.cookie });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const customer = await visitor();
    await customer.say('我家没电了，西湖区文三路501号2幢1单元301，电话13800000501');
    await customer.say('确认提交');
    let heard = '';
    while (!heard.includes('event: created')) heard += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    const list = (await (await get('/api/work-orders?status=accepted', { cookie: headers.cookie })).json()) as {
      items: { number: string; phone: string }[];
    };
    const order = list.items.find(({ phone }) => phone === '13800000501');
    expect(heard).toContain(order?.number);
    const claimed = await post(`/api/work-orders/${order?.number}/claim`, '', headers);
    expect(await claimed.json()).toMatchObject({ status: 'claimed', claimedBy: 'admin' });
  });

  test('a report of theft hides its own turns from staff, not what the customer says of other things', async () => {
    const admin = await signIn();
    const member = JSON.stringify({ name: 'wangqiang', displayName: '王强', roles: ['staff'] });
    const { oneTimePassword } = (await (await post('/api/staff', member, admin)).json()) as { oneTimePassword: string };
    const staff = await signIn('wangqiang', oneTimePassword);
    await post('/api/session/password', JSON.stringify({ current: oneTimePassword, next: `${password}-2` }), staff);
    const customer = await visitor();
    for (const line of [
      '我要举报有人偷电，九堡镇三村8组45号做豆腐的从表前面接的线',
      '匿名',
      '确认提交',
      '就是门口有棵大樟树那家',
      '家里跳闸了推不上，西湖区文三路502号2幢1单元302，电话13800000502',
      '确认提交',
      '上次举报的那家有结果了吗',
    ])
      await customer.say(line);
    const read = async ({ cookie }: { cookie: string }, path: string) => (await get(path, { cookie })).json();
    const { items } = (await read(staff, '/api/work-orders?status=accepted')) as {
      items: { number: string; phone?: string }[];
    };
    const fault = items.find(({ phone }) => phone === '13800000502');
    const seen = JSON.stringify(await read(staff, `/api/work-orders/${fault?.number}`));
    expect(seen).toContain('跳闸了推不上');
    for (const words of ['举报', '偷电', '豆腐', '大樟树', '匿名']) expect(seen).not.toContain(words);
    expect(JSON.stringify(await read(admin, `/api/work-orders/${fault?.number}`))).toContain('豆腐');
  });
});
