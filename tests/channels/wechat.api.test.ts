import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { enqueue } from '#delivery';
import { nextMidnight } from '../../src/channels/wechat/carrier.ts';
import { actions } from '../../src/channels/wechat/faults.ts';
import { type Host, openHost } from './wechat/host.ts';

let host: Host;
beforeEach(async () => {
  host = await openHost();
});
afterEach(() => host.close());

const openid = 'oFollower_0001';
const send = '/cgi-bin/message/custom/send';

const post = (text: string, to = openid) =>
  host.storage.commit((tx) =>
    enqueue(tx, {
      ...{ topic: 'wechat.send', orderingKey: `wechat:${to}`, at: host.now() },
      payload: { openid: to, key: 'k', message: { msgtype: 'text', text: { content: text } } },
    }),
  );
const outbox = () => host.storage.db.selectFrom('outbox').selectAll().orderBy('created_at').orderBy('id').execute();
const sent = () => host.simulator.sent.map(({ text }) => text);

describe('error codes', () => {
  const byAction = Object.entries(actions).map(([code, action]) => [Number(code), action] as const);
  const dead = new Set(['gone', 'media', 'ours', 'window', 'refused']);

  test.each(byAction)('%d: %s', async (code, action) => {
    await host.simulator.say(openid, '你好');
    // Twice: a token is fetched anew and tried once more.
    host.simulator.api.fail(send, code, action === 'token' ? 2 : 1);
    await post('答复');
    await host.settle();
    const [parcel] = await outbox();
    if (action === 'done') expect(parcel?.done_at).not.toBeNull();
    else if (dead.has(action)) expect(parcel?.dead_at).not.toBeNull();
    else {
      expect(parcel).toMatchObject({ done_at: null, dead_at: null, attempts: action === 'again' ? 1 : 0 });
      expect(parcel?.due_at).toBeGreaterThan(host.now());
    }
    expect(sent()).toEqual([]);
  });

  test('a code that nobody knows is tried again', async () => {
    await host.simulator.say(openid, '你好');
    host.simulator.api.fail(send, 99_999, 1);
    await post('答复');
    await host.settle();
    host.advance(5000);
    await host.settle();
    expect(sent()).toEqual(['答复']);
  });

  test('the daily count begins anew at midnight in China', () => {
    expect(new Date(nextMidnight(Date.parse('2026-11-24T15:59:59Z'))).toISOString()).toBe('2026-11-24T16:00:00.000Z');
    expect(new Date(nextMidnight(Date.parse('2026-11-24T16:00:00Z'))).toISOString()).toBe('2026-11-25T16:00:00.000Z');
  });
});

describe('the token', () => {
  test('is fetched once, for both replicas, and again only before its end', async () => {
    await host.simulator.say(openid, '你好');
    for (let n = 0; n < 4; n += 1) await post(String(n));
    await Promise.all(host.replicas.map(({ delivery }) => delivery.runDue()));
    expect(sent()).toHaveLength(4);
    expect(host.simulator.api.tokensFetched).toBe(1);
    host.advance(7_200_000 - 200_000);
    await post('late');
    await host.settle();
    expect(host.simulator.api.tokensFetched).toBe(2);
  });

  test('one that WeChat revoked is replaced once, though both replicas fail with it', async () => {
    await host.simulator.say(openid, '你好');
    await host.simulator.say('oFollower_b', '你好');
    await post('1');
    await host.settle();
    host.advance(60_000);
    host.simulator.api.revokeToken();
    await post('2');
    await post('3', 'oFollower_b');
    await Promise.all(host.replicas.map(({ delivery }) => delivery.runDue()));
    expect(sent().sort()).toEqual(['1', '2', '3']);
    expect(host.simulator.api.tokensFetched).toBe(2);
  });
});

describe('quotas', () => {
  test('five after a message; what is more waits for the next message, and comes as one', async () => {
    await host.simulator.say(openid, '你好');
    for (let n = 1; n <= 7; n += 1) await post(String(n));
    await host.settle();
    expect(sent()).toEqual(['1', '2', '3', '4', '5']);
    await host.simulator.say(openid, '还在吗');
    await host.quiet();
    await host.settle();
    expect(sent()).toEqual(['1', '2', '3', '4', '5', '6\n\n7']);
  });

  test('three within a minute of a subscription, none without', async () => {
    await host.simulator.push(openid, { MsgType: 'event', Event: 'subscribe', EventKey: '' });
    for (let n = 1; n <= 4; n += 1) await post(String(n));
    await host.settle();
    expect(sent()).toEqual(['1', '2', '3']);
    expect((await outbox()).at(-1)?.dead_at).not.toBeNull();
  });

  test("WeChat's count holds where it differs from ours", async () => {
    await host.simulator.say(openid, '你好');
    host.simulator.api.fail(send, 45047, 1);
    await post('1');
    await post('2');
    await host.settle();
    expect(sent()).toEqual([]);
    await host.simulator.say(openid, '还在吗');
    await host.quiet();
    await host.settle();
    expect(sent()).toEqual(['1\n\n2']);
  });

  test('48 hours later nothing leaves', async () => {
    await host.simulator.say(openid, '你好');
    host.advance(48 * 3_600_000);
    await post('late');
    await host.settle();
    expect((await outbox())[0]?.last_error).toContain('48 hours');
    expect(sent()).toEqual([]);
  });
});

describe('followers who go', () => {
  test('get nothing more, until they write again', async () => {
    await host.simulator.say(openid, '报修');
    await host.simulator.push(openid, { MsgType: 'event', Event: 'unsubscribe', EventKey: '' });
    await post('1');
    await host.settle();
    expect(sent()).toEqual([]);
    await host.simulator.push(openid, { MsgType: 'event', Event: 'subscribe', EventKey: '' });
    await host.simulator.say(openid, '我回来了');
    await host.quiet();
    await post('2');
    await host.settle();
    expect(sent()).toEqual(['2']);
    const turns = await host.storage.db.selectFrom('conversation').select('id').execute();
    expect(turns).toHaveLength(1);
  });

  test('nobody sees the openid in the conversation id', async () => {
    await host.simulator.say(openid, '你好');
    const [row] = await host.storage.db.selectFrom('conversation').selectAll().execute();
    expect(row?.id).toMatch(/^wx-[\w-]{32}$/);
    expect(row).toMatchObject({ channel: 'wechat', customer_id: openid });
  });
});

describe('the rest of the API', () => {
  test('media, menus and QR codes', async () => {
    const { api } = host;
    const id = await api.upload('image', '图.png', Buffer.from([1, 2, 3, 13, 10, 45, 45, 0, 255]));
    expect([...(await api.media(id))]).toEqual([1, 2, 3, 13, 10, 45, 45, 0, 255]);
    await api.createMenu({ button: [{ type: 'click', name: '报修', key: '故障报修' }] });
    expect((await api.createQr('area-12', 3600)).ticket).not.toBe('');
    await expect(api.media('gone')).rejects.toMatchObject({ code: 40007, action: 'media' });
    const large = host.simulator.api.keep(Buffer.alloc(11 * 1024 * 1024), 'image/png');
    await expect(api.media(large)).rejects.toThrow(RangeError);
  });
});
