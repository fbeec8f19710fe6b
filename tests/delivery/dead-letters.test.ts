import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deadLetters, enqueue, openDelivery, Undeliverable } from '#delivery';
import { openLog } from '#log';
import { startHost } from '../desk/host.ts';
import { openParts, type Parts } from '../desk/parts.ts';

const password = 'a-password-for-tests';
const order = '20261124330100000007';
let parts: Parts;
let host: Awaited<ReturnType<typeof startHost>>;
let delivery: ReturnType<typeof openDelivery>;
let broken: boolean;
let carried: unknown[];

beforeEach(async () => {
  parts = await openParts(password);
  [broken, carried] = [true, []];
  const post = async (payload: unknown) => {
    if (broken) throw new Undeliverable('The other side does not know 13800000017.');
    carried.push(payload);
  };
  const { storage, clock, identity } = parts;
  const carriers = { 'backend.order': post, 'wechat.send': post };
  delivery = openDelivery({ storage, clock, carriers, log: openLog('silent'), every: 0 });
  host = await startHost({ identity, endpoints: [identity, deadLetters({ storage, clock, delivery })] });
});
afterEach(async () => {
  await host.close();
  await delivery.close();
  await parts.close();
});

const put = (topic: string, orderingKey: string, ...payloads: string[]) =>
  parts.storage.commit(async (tx) => {
    for (const payload of payloads) await enqueue(tx, { topic, orderingKey, payload, at: parts.time.now++ });
  });

async function signIn(user = 'admin', secret = password) {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ user, password: secret });
  const answer = await fetch(`${host.url}/api/session`, { method: 'POST', headers: json, body });
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (
    method: string,
    path: string,
    sent?: unknown,
    headers: Record<string, string> = { 'x-csrf-token': csrf },
  ) => {
    const asked = await fetch(`${host.url}/api/${path}`, {
      ...{ method, headers: { ...json, cookie, ...headers } },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
    return { status: asked.status, body: (await asked.json()) as any };
  };
}

describe('dead letters', () => {
  test('are seen with reason and age, but not what they hold nor whom they are for', async () => {
    await put('backend.order', order, 'secret words');
    await put('wechat.send', 'wechat:oCustomer_1', 'secret words');
    await delivery.runDue();
    const ask = await signIn();
    const { status, body } = await ask('GET', 'dead-letters');
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(body.items.find(({ topic }: { topic: string }) => topic === 'backend.order')).toEqual({
      ...{ id: expect.any(String), topic: 'backend.order', order, attempts: 1 },
      ...{ createdAt: expect.any(String), deadAt: expect.any(String), reason: expect.stringContaining('138****0017') },
    });
    expect(JSON.stringify(body)).not.toMatch(/secret words|oCustomer_1|13800000017/);
  });

  test('leave again, once, in their order, and who wanted it is written down', async () => {
    await put('wechat.send', 'wechat:o1', 'one', 'two');
    await delivery.runDue();
    const ask = await signIn();
    const ids = (await ask('GET', 'dead-letters')).body.items.map(({ id }: { id: string }) => id);
    broken = false;
    await put('wechat.send', 'wechat:o1', 'three');
    expect(await ask('POST', 'dead-letters/resend', { ids: [...ids, 'no such'] })).toMatchObject({
      status: 200,
      body: { resent: 2 },
    });
    await delivery.runDue();
    expect(carried).toEqual(['one', 'two', 'three']);
    expect(await ask('POST', 'dead-letters/resend', { ids })).toMatchObject({
      status: 409,
      body: { error: { code: 'NotDead' } },
    });
    await delivery.runDue();
    expect(carried).toHaveLength(3);
    expect((await ask('GET', 'dead-letters')).body).toEqual({ items: [], next: null, total: 0 });
    const log = (await ask('GET', 'dead-letters/resends')).body.items;
    expect(log).toHaveLength(2);
    expect(log[0]).toMatchObject({
      by: 'admin',
      topic: 'wechat.send',
      reason: expect.stringContaining('does not know'),
    });
  });

  test('come again where they fail again', async () => {
    await put('wechat.send', 'wechat:o1', 'one');
    await delivery.runDue();
    const ask = await signIn();
    const [{ id }] = (await ask('GET', 'dead-letters')).body.items;
    await ask('POST', 'dead-letters/resend', { ids: [id] });
    await delivery.runDue();
    expect((await ask('GET', 'dead-letters')).body.items).toMatchObject([{ id }]);
    expect((await ask('GET', 'dead-letters/resends')).body.items).toHaveLength(1);
  });

  test('are paged', async () => {
    for (let n = 0; n < 60; n += 1) await put('wechat.send', `wechat:o${n}`, 'x');
    await delivery.runDue();
    const ask = await signIn();
    const first = (await ask('GET', 'dead-letters')).body;
    const second = (await ask('GET', `dead-letters?cursor=${encodeURIComponent(first.next)}`)).body;
    expect([first.items.length, second.items.length, second.next, second.total]).toEqual([50, 10, null, 60]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(60);
    expect((await ask('GET', 'dead-letters?cursor=x')).status).toBe(400);
  });

  test('are for administrators only, and are not sent by a page of somebody else', async () => {
    const ask = await signIn();
    const made = (await ask('POST', 'staff', { name: 'chief', displayName: '班长', roles: ['supervisor'] })).body;
    const chief = await signIn('chief', made.oneTimePassword);
    for (const [method, path] of [
      ['GET', 'dead-letters'],
      ['GET', 'dead-letters/resends'],
      ['POST', 'dead-letters/resend'],
    ] as const) {
      expect((await chief(method, path, method === 'POST' ? { ids: ['x'] } : undefined)).status).toBe(403);
      expect(
        (await fetch(`${host.url}/api/${path}`, { method, ...(method === 'POST' && { body: '{}' }) })).status,
      ).toBe(401);
    }
    expect((await ask('POST', 'dead-letters/resend', { ids: ['x'] }, {})).status).toBe(403);
    expect((await ask('POST', 'dead-letters/resend', { ids: [] })).status).toBe(400);
  });
});
