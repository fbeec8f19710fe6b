import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { enqueue } from '#delivery';
import { letter } from '../../src/channels/botframework/carrier.ts';
import { type Host, openHost } from './botframework/host.ts';
import { type Microsoft, openMicrosoft } from './botframework/microsoft.ts';

let microsoft: Microsoft;
let host: Host;

beforeEach(async () => {
  microsoft = await openMicrosoft();
  host = await openHost(microsoft);
});
afterEach(async () => {
  await host.close();
  await microsoft.close();
});
// The library prints each token that it refuses.
beforeAll(() => void jest.spyOn(console, 'error').mockImplementation(() => {}));
afterAll(() => void jest.restoreAllMocks());

const say = async (text: string, more: Record<string, unknown> = {}) =>
  host.post(microsoft.message(text, more), await microsoft.token());
const rows = () => host.storage.db.selectFrom('outbox').selectAll().orderBy('created_at').execute();

describe('who may come in', () => {
  test('a token of the channel opens the door; every other is 401', async () => {
    const message = microsoft.message('你好');
    expect((await host.post(message, await microsoft.token())).status).toBe(200);
    const unsigned = `${btoa('{"alg":"none","typ":"JWT"}')}.${(await microsoft.token()).split('.')[1]}.`.replaceAll(
      '=',
      '',
    );
    const wrong = {
      none: undefined,
      garbage: 'not-a-token',
      'another app': await microsoft.token({ aud: 'another' }),
      'another issuer': await microsoft.token({ iss: 'https://evil.example' }),
      'an unknown key': await microsoft.token({}, { kid: 'two' }),
      'another key': await microsoft.token({}, { key: microsoft.strangersKey }),
      'no signature': unsigned,
      'another address to answer to': await microsoft.token({ serviceurl: 'https://elsewhere.example/' }),
      'too old': await microsoft.token({}, { expires: Math.floor(Date.now() / 1000) - 600 }),
    };
    for (const [what, token] of Object.entries(wrong))
      expect([what, (await host.post(microsoft.message('停电了'), token)).status]).toEqual([what, 401]);
    const channel = microsoft.message('你好', { channelId: 'line' });
    expect((await host.post(channel, await microsoft.token())).status).toBe(401);
    const said = await host.storage.db.selectFrom('activity').selectAll().where('role', '=', 'customer').execute();
    expect(said).toHaveLength(1);
  });

  test('keys that can’t be fetched are our trouble, not the caller’s', async () => {
    microsoft.hideKeys(true);
    expect((await say('你好')).status).toBe(503);
    microsoft.hideKeys(false);
    expect((await say('你好')).status).toBe(200);
  });

  test.each([
    ['no activity', []],
    ['no type', { channelId: 'msteams' }],
    ['an address that is no one’s', { serviceUrl: 'file:///etc/passwd' }],
    ['a line that others can read', { serviceUrl: 'http://channel.example/' }],
  ])('%s is 400', async (_what, wrong) => {
    const body = Array.isArray(wrong) ? wrong : { ...microsoft.message('你好'), type: undefined, ...wrong };
    expect((await host.post(body, await microsoft.token())).status).toBe(400);
  });
});

describe('a conversation', () => {
  test('whoever adds the bot is welcomed, once, with buttons as suggested actions', async () => {
    const { text: _, ...update } = microsoft.message('', { type: 'conversationUpdate' });
    const added = { ...update, membersAdded: [{ id: '29:customer' }, { id: '28:bot' }] };
    await host.post(added, await microsoft.token());
    await host.post({ ...added, id: 'again' }, await microsoft.token());
    await microsoft.arrived(1);
    await host.delivery.runDue();
    expect(microsoft.delivered).toHaveLength(1);
    const [{ activity, path, authorization } = { activity: {}, path: '', authorization: '' }] = microsoft.delivered;
    expect(path).toBe('/v3/conversations/a%3Aconversation/activities');
    expect(authorization).toBe('Bearer ours');
    expect(activity.text).toContain('电语');
    expect(activity.suggestedActions?.actions.map(({ title }) => title)).toContain('故障报修');
    expect(activity).toMatchObject({ from: { id: '28:bot' }, recipient: { id: '29:customer' }, textFormat: 'plain' });
  });

  test('a message is a turn like any other, and the answer is carried to it by the outbox', async () => {
    const message = microsoft.message('家里没电了，西湖区文三路199号2幢1单元301室');
    expect(await host.post(message, await microsoft.token())).toMatchObject({ status: 200, body: {} });
    await microsoft.arrived(1);
    await host.delivery.runDue();
    const texts = microsoft.delivered.map(({ activity }) => activity.text).join('\n');
    expect(texts).toMatch(/电话/);
    expect(microsoft.delivered[0]?.path).toBe(`/v3/conversations/a%3Aconversation/activities/${message.id}`);
    expect(microsoft.delivered[0]?.activity.replyToId).toBe(message.id);
    const before = microsoft.delivered.length;
    await say('13800000017');
    await host.delivery.runDue();
    const confirm = microsoft.delivered.slice(before).at(-1)?.activity;
    expect(confirm?.suggestedActions?.actions).toContainEqual({ type: 'imBack', title: '确认提交', value: '确认提交' });
    await say('确认提交');
    const orders = await host.storage.db.selectFrom('work_order').select(['channel', 'phone']).execute();
    expect(orders).toEqual([{ channel: 'botframework', phone: '13800000017' }]);
  });

  test('the same activity twice is one turn and one answer', async () => {
    const message = microsoft.message('怎么缴费');
    await Promise.all([1, 2, 3].map(async () => host.post(message, await microsoft.token())));
    await host.post(message, await microsoft.token());
    await host.delivery.runDue();
    const said = await host.storage.db.selectFrom('activity').selectAll().where('role', '=', 'customer').execute();
    expect(said).toHaveLength(1);
    const answered = await rows();
    expect(microsoft.delivered).toHaveLength(answered.length);
  });

  test('who asks for the replies in the answer gets them there, again for a duplicate, and nowhere else', async () => {
    const message = microsoft.message('怎么缴费', { deliveryMode: 'expectReplies' });
    const first = await host.post(message, await microsoft.token());
    expect(first.body.activities?.[0]?.text).toBeTruthy();
    const again = await host.post(message, await microsoft.token());
    expect(again.body.activities?.map(({ text }) => text)).toEqual(first.body.activities?.map(({ text }) => text));
    await host.delivery.runDue();
    expect(await rows()).toEqual([]);
    expect(microsoft.delivered).toEqual([]);
  });

  test('two customers never meet; a group is told to write alone', async () => {
    await say('我叫张三，怎么缴费');
    await say('怎么缴费', { from: { id: '29:other' } });
    const conversations = await host.storage.db.selectFrom('conversation').select(['id', 'customer_id']).execute();
    expect(new Set(conversations.map(({ customer_id }) => customer_id))).toEqual(
      new Set(['msteams|29:customer', 'msteams|29:other']),
    );
    await host.delivery.runDue();
    microsoft.delivered.splice(0);
    const group = microsoft.message('<at>电语</at> 查电费', { conversation: { id: '19:group', isGroup: true } });
    await host.post(group, await microsoft.token());
    await host.post(group, await microsoft.token());
    await host.delivery.runDue();
    expect(microsoft.delivered.map(({ activity }) => activity.text)).toEqual([expect.stringContaining('单独')]);
    const said = await host.storage.db.selectFrom('activity').selectAll().where('role', '=', 'customer').execute();
    expect(said).toHaveLength(2);
  });

  test('where a page may say any name, what is proved holds for the conversation only', async () => {
    const inConversation = (id: string) => say('你好', { channelId: 'webchat', conversation: { id } });
    await inConversation('one');
    await inConversation('two');
    const rows = await host.storage.db.selectFrom('conversation').select('customer_id').execute();
    expect(new Set(rows.map(({ customer_id }) => customer_id)).size).toBe(2);
  });

  test('a photo is asked for in words', async () => {
    await say('', { attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/secret' }] });
    await host.delivery.runDue();
    expect(microsoft.delivered.map(({ activity }) => activity.text)).toEqual([expect.stringContaining('文字')]);
  });
});

describe('of our own accord', () => {
  const conversationId = async () =>
    (await host.storage.db.selectFrom('bot_reference').select('conversation_id').executeTakeFirstOrThrow())
      .conversation_id;
  async function tell(text: string) {
    const id = await conversationId();
    await host.storage.commit((tx) => enqueue(tx, { ...letter(id, { text }), at: Date.now() }));
    await host.delivery.runDue();
  }

  test('what is put into the outbox reaches the conversation, at the address of the latest message', async () => {
    await say('你好');
    await host.delivery.runDue();
    const moved = await openMicrosoft();
    await host.post(
      microsoft.message('谢谢', { serviceUrl: `${moved.url}/` }),
      await microsoft.token({ serviceurl: `${moved.url}/` }),
    );
    await host.delivery.runDue();
    moved.delivered.splice(0);
    await tell('您的工单已办结。');
    expect(moved.delivered).toMatchObject([
      { path: '/v3/conversations/a%3Aconversation/activities', activity: { text: '您的工单已办结。' } },
    ]);
    await moved.close();
  });

  test('a channel that is down gets it later, in order', async () => {
    await say('你好');
    await host.delivery.runDue();
    microsoft.delivered.splice(0);
    microsoft.refusals.push(...Array(20).fill(502));
    await tell('一');
    await tell('二');
    expect(microsoft.delivered).toEqual([]);
    microsoft.refusals.splice(0);
    host.advance(60_000);
    await host.delivery.runDue();
    expect(microsoft.delivered.map(({ activity }) => activity.text)).toEqual(['一', '二']);
  });

  test('who has removed the bot is not written to any more, until they write', async () => {
    await say('你好');
    await host.delivery.runDue();
    microsoft.delivered.splice(0);
    microsoft.refusals.push(403);
    await tell('一');
    const { text: _, ...gone } = microsoft.message('', { type: 'installationUpdate', action: 'remove' });
    const id = await conversationId();
    await host.post(gone, await microsoft.token());
    await host.storage.commit((tx) => enqueue(tx, { ...letter(id, { text: '二' }), at: Date.now() }));
    await host.delivery.runDue();
    expect(microsoft.delivered).toEqual([]);
    const dead = (await rows()).filter(({ dead_at }) => dead_at !== null);
    expect(dead.map(({ last_error }) => last_error)).toEqual([
      expect.stringContaining('403'),
      expect.stringContaining('removed'),
    ]);
    await say('你好');
    await host.delivery.runDue();
    expect(microsoft.delivered.length).toBeGreaterThan(0);
  });
});
