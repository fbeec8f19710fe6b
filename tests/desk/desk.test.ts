import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Session, WorkOrderDetail, WorkOrderPage } from '#wire';
import { startHost } from './host.ts';
import { openParts, type Parts } from './parts.ts';

const password = 'correct horse battery';
let parts: Parts;
let host: Awaited<ReturnType<typeof startHost>>;
let headers: Record<string, string>;

async function signIn(): Promise<Record<string, string>> {
  const answer = await fetch(`${host.url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ user: 'admin', password }),
  });
  const { csrf } = (await answer.json()) as Session;
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-csrf-token': csrf };
}

const get = (path: string) => fetch(host.url + path, { headers });
const post = (path: string, body: unknown, more = headers) =>
  fetch(host.url + path, { method: 'POST', headers: more, body: JSON.stringify(body) });
const numbers = async (query: string) =>
  ((await (await get(`/api/work-orders?${query}`)).json()) as WorkOrderPage).items.map((order) => order.number);

const upload = { conversation_id: 'c1', name: '照片.png', size: 4, bytes: Buffer.from('PNG!'), created_at: 1 };
const activity = (seq: number, role: 'customer' | 'bot', body: unknown) => ({
  conversation_id: 'c1',
  seq,
  id: `c1|${seq}`,
  role,
  dedupe_key: null,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  created_at: parts.time.now + seq,
});

beforeAll(async () => {
  parts = await openParts(password);
  host = await startHost({ identity: parts.identity, endpoints: [parts.identity, parts.desk] });
  headers = await signIn();
  await parts.storage.commit(async (tx) => {
    await tx
      .insertInto('conversation')
      .values({
        id: 'c1',
        channel: 'web',
        customer_id: 'dl_1',
        version: 1,
        last_seq: 6,
        state: '{}',
        created_at: 1,
        updated_at: 1,
      })
      .execute();
    await tx
      .insertInto('upload')
      .values([
        { ...upload, id: 'photo-1', content_type: 'image/png' },
        { ...upload, id: 'page-1', content_type: 'text/html' },
      ])
      .execute();
    const place = { type: 'Place', geo: { type: 'GeoCoordinates', latitude: 30.28, longitude: 120.13 } };
    const photo = { contentType: 'image/png', contentUrl: '/v3/directline/uploads/photo-1?t=x', name: '照片.png' };
    await tx
      .insertInto('activity')
      .values([
        activity(1, 'customer', { type: 'message', text: '我家没电了 <b>急</b>' }),
        activity(2, 'bot', { type: 'message', text: '请问地址?' }),
        activity(3, 'bot', { type: 'typing' }),
        activity(4, 'customer', { type: 'message', attachments: [photo] }),
        activity(5, 'customer', { type: 'message', entities: [{ type: 'mention' }, place] }),
        activity(6, 'customer', 'not json'),
      ])
      .execute();
  });
  await parts.file({
    number: '2026112400000001',
    address: '文三路199号',
    conversationId: 'c1',
    photos: ['photo-1'],
  });
  parts.time.now += 1000;
  await parts.file({ number: '2026112400000002', type: 'hazard', urgent: true, phone: '13800000017' });
  parts.time.now += 1000;
  await parts.file({ number: '2026112400000003', type: 'complaint' });
});
afterAll(async () => {
  await host.close();
  await parts.close();
});

describe('the list', () => {
  test('is newest first and filtered', async () => {
    expect(await numbers('')).toEqual(['2026112400000003', '2026112400000002', '2026112400000001']);
    expect(await numbers('type=hazard,complaint')).toEqual(['2026112400000003', '2026112400000002']);
    expect(await numbers('urgent=true&status=accepted,claimed&q=')).toEqual(['2026112400000002']);
    expect(await numbers('q=文三路')).toEqual(['2026112400000001']);
  });

  test('comes in pages', async () => {
    const page = (await (await get('/api/work-orders?limit=2')).json()) as WorkOrderPage;
    expect(page.items).toHaveLength(2);
    expect(await numbers(`limit=2&cursor=${page.next}`)).toEqual(['2026112400000001']);
  });

  test.each([
    'status=open',
    'status=accepted,',
    'type=x',
    'urgent=yes',
    'limit=0',
    'limit=many',
    'stauts=closed',
    'q=%00',
  ])('refuses %s', async (query) => {
    const answer = await get(`/api/work-orders?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'BadRequest' } });
  });

  test('the summary counts what is open', async () => {
    expect(await (await get('/api/work-orders/summary')).json()).toEqual({
      accepted: 3,
      claimed: 0,
      closed: 0,
      cancelled: 0,
      urgentWaiting: 1,
    });
  });
});

describe('an order', () => {
  test('comes with its conversation, told as text', async () => {
    const { transcript } = (await (await get('/api/work-orders/2026112400000001')).json()) as WorkOrderDetail;
    expect(transcript).toMatchObject([
      { role: 'customer', text: '我家没电了 <b>急</b>', images: [] },
      { role: 'bot', text: '请问地址?' },
      { role: 'customer', text: '', images: [{ id: 'photo-1', name: '照片.png' }] },
      { role: 'customer', location: { latitude: 30.28, longitude: 120.13 } },
    ]);
  });

  test.each(['20000000', "1'%20or%20'1", '%00', 'x'.repeat(300)])('%s is not there', async (number) => {
    expect((await get(`/api/work-orders/${number}`)).status).toBe(404);
  });

  test('is claimed once and closed by a change with a token only', async () => {
    const at = '/api/work-orders/2026112400000003';
    parts.time.now += 1000;
    expect((await post(`${at}/claim`, undefined, { cookie: headers.cookie ?? '' })).status).toBe(403);
    expect(await (await post(`${at}/claim`, undefined)).json()).toMatchObject({
      status: 'claimed',
      claimedBy: 'admin',
    });
    await expect(parts.workorders.claim('2026112400000003', 'other')).rejects.toMatchObject({ status: 409 });
    parts.time.now += 1000;
    expect((await post(`${at}/close`, { outcome: 'sleep' })).status).toBe(400);
    expect(await (await post(`${at}/close`, { outcome: 'restored', note: '换了保险' })).json()).toMatchObject({
      status: 'closed',
    });
    expect(await (await get(at)).json()).toMatchObject({
      events: [{ kind: 'filed' }, { kind: 'claimed', actor: 'admin' }, { kind: 'closed', note: 'restored: 换了保险' }],
    });
  });
});

describe('a photo', () => {
  test('is shown to staff, sandboxed', async () => {
    const answer = await get('/api/uploads/photo-1');
    expect(await answer.text()).toBe('PNG!');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=86400, immutable',
    });
    expect((await fetch(`${host.url}/api/uploads/photo-1`)).status).toBe(401);
  });

  test('is never a page', async () => {
    const answer = await get('/api/uploads/page-1');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect((await get('/api/uploads/none')).status).toBe(404);
  });
});

describe('the live stream', () => {
  async function* events(stop: AbortSignal) {
    const answer = await fetch(`${host.url}/api/work-orders/events`, { headers, signal: stop });
    if (!answer.body) throw new Error(`stream answered ${answer.status}`);
    let text = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      yield* blocks;
    }
  }

  test('tells of new and changed orders', async () => {
    const stop = new AbortController();
    const told = events(stop.signal);
    expect((await told.next()).value).toBe(': open');
    await parts.file({ number: '2026112400000009' });
    expect((await told.next()).value).toMatch(/^event: created\ndata: \{.*"number":"2026112400000009"/);
    await parts.workorders.claim('2026112400000009', 'admin');
    expect((await told.next()).value).toMatch(/^event: changed\ndata: .*"claimedBy":"admin"/);
    stop.abort();
  });

  test('tells of an order whose replica died before it could', async () => {
    const stop = new AbortController();
    const told = events(stop.signal);
    await told.next();
    parts.time.now += 1000;
    await parts.write({ number: '2026112400000010' });
    expect((await told.next()).value).toMatch(/^event: created\ndata: \{.*"number":"2026112400000010"/);
    // Told once: what comes next is the next order, not this one again.
    parts.time.now += 1000;
    await parts.write({ number: '2026112400000011' });
    expect((await told.next()).value).toMatch(/^event: created\ndata: \{.*"number":"2026112400000011"/);
    stop.abort();
  });

  test('opens six times for one person, and again after one is closed', async () => {
    const route = parts.desk.routes.find((each) => each.path.endsWith('/events'));
    const open = async () => {
      const call = { principal: { user: 'busy', roles: ['staff'] } } as never;
      const answer = await route?.handle(call);
      return answer && 'events' in answer ? answer.events(() => {}) : () => {};
    };
    const closers = await Promise.all(Array.from({ length: 6 }, open));
    await expect(open()).rejects.toMatchObject({ code: 'TooMany' });
    closers[0]?.();
    closers[0]?.();
    await expect(open()).resolves.toBeDefined();
    await expect(open()).rejects.toMatchObject({ code: 'TooMany' });
  });
});

test.each([
  '/api/work-orders',
  '/api/work-orders/1',
  '/api/work-orders/events',
  '/api/work-orders/summary',
  '/api/staff',
])('%s is closed to strangers', async (path) => {
  expect((await fetch(host.url + path)).status).toBe(401);
});
