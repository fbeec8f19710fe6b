import { afterEach, describe, expect, test } from '@jest/globals';
import { type Host, openHost } from './wechat/host.ts';

let host: Host;
afterEach(() => host?.close());

const openid = 'oFollower_0001';
const owed = () => host.storage.db.selectFrom('inbox').selectAll().where('payload', '<>', '').execute();
const parcels = () => host.storage.db.selectFrom('outbox').selectAll().execute();

/** Until it is so; the event itself is awaited elsewhere, this looks whether it has been taken note of. */
async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !(await what()); ) {
    if (Date.now() > end) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe.each([
  ['safe', 'xml'],
  ['safe', 'json'],
  ['compatible', 'xml'],
  ['plain', 'xml'],
  ['plain', 'json'],
] as const)('%s mode, %s', (mode, notation) => {
  test('the address is confirmed; a message is answered with the same call', async () => {
    host = await openHost({ mode, notation });
    expect(await host.simulator.isConfirmed()).toBe(true);
    const pushed = await host.simulator.say(openid, '你好 ]]> <b>&amp; 👨‍👩‍👧');
    expect(pushed).toMatchObject({ outcome: 'answered', text: '回声：你好 ]]> <b>&amp; 👨‍👩‍👧' });
  });
});

describe('passive answers', () => {
  test('buttons are a numbered list; a second delivery gets the same words and no second turn', async () => {
    host = await openHost();
    host.bot.buttons = ['故障报修', '转人工'];
    const pushed = await host.simulator.say(openid, '在吗', 0);
    expect(new Set(pushed.texts)).toEqual(new Set(['回声：在吗\n\nwechat.choose\n1. 故障报修\n2. 转人工']));
    expect(pushed.texts).toHaveLength(2);
    expect(host.bot.turns).toEqual(['在吗']);
    expect(await parcels()).toEqual([]);
  });

  test('what has no room leaves by the API, once, however often it is delivered', async () => {
    host = await openHost();
    host.bot.extra = '长'.repeat(1500);
    const pushed = await host.simulator.say(openid, '说', 0);
    host.advance(2000);
    await host.settle();
    const all = pushed.text + host.simulator.sent.map(({ text }) => text).join('');
    expect(all).toBe(`回声：说${'长'.repeat(1500)}`);
    expect(host.simulator.sent).toHaveLength(2);
  });

  test('greeting, voice and video need no turn; views and positions get silence', async () => {
    host = await openHost();
    const event = (Event: string) => host.simulator.push(openid, { MsgType: 'event', Event, EventKey: '' });
    expect(await event('subscribe')).toMatchObject({ text: '您好，我是电语。' });
    expect(await host.simulator.push(openid, { MsgType: 'voice', MediaId: 'm', Format: 'amr' })).toMatchObject({
      text: 'wechat.voice',
    });
    expect(await event('VIEW')).toMatchObject({ outcome: 'silent' });
    expect(await event('LOCATION')).toMatchObject({ outcome: 'silent' });
    expect(host.bot.turns).toEqual([]);
  });

  test('a picture commits with its turn; one that is gone or no picture is asked for again', async () => {
    host = await openHost();
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const image = (MediaId: string) => host.simulator.push(openid, { MsgType: 'image', MediaId, PicUrl: 'http://x/' });
    expect((await image(host.simulator.api.keep(png, 'image/png'))).outcome).toBe('answered');
    const uploads = await host.storage.db.selectFrom('upload').select(['content_type', 'size']).execute();
    expect(uploads).toEqual([{ content_type: 'image/png', size: 16 }]);
    expect((await image('gone')).text).toBe('wechat.picture');
    expect((await image(host.simulator.api.keep(Buffer.from('<html>'), 'image/png'))).text).toBe('wechat.picture');
  });

  test('one MsgId for two people are two messages', async () => {
    host = await openHost();
    const same = { MsgType: 'text', MsgId: '4711', CreateTime: '1700000000' };
    const [a, b] = await Promise.all([
      host.simulator.push('oFollower_a', { ...same, Content: 'a' }),
      host.simulator.push('oFollower_b', { ...same, Content: 'b' }),
    ]);
    expect([a.text, b.text]).toEqual(['回声：a', '回声：b']);
  });
});

describe('slow turns', () => {
  test('are acknowledged when they are on disk, and answered by the API, once', async () => {
    host = await openHost({ patience: 100 });
    host.bot.buttons = ['是的', '不是'];
    const go = host.bot.hold();
    const pushed = await host.simulator.say(openid, '慢');
    expect(pushed).toMatchObject({ outcome: 'silent', deliveries: ['success'] });
    expect(await owed()).toHaveLength(1);
    expect(host.simulator.sent).toEqual([]);
    go();
    await until(async () => (await parcels()).length === 1);
    await host.settle();
    await host.settle();
    expect(host.simulator.sent.map(({ text }) => text)).toEqual(['回声：慢']);
    expect(host.simulator.sent[0]?.body).toMatchObject({
      msgtype: 'msgmenu',
      msgmenu: {
        list: [
          { id: '1', content: '是的' },
          { id: '2', content: '不是' },
        ],
      },
    });
    expect(host.bot.turns).toEqual(['慢']);
  });

  test('a delivery that comes after the acknowledgement, to another replica, stays silent', async () => {
    host = await openHost({ patience: 100 });
    const go = host.bot.hold();
    const fields = { MsgType: 'text', Content: '慢', MsgId: '1', CreateTime: '1700000000' };
    await host.simulator.push(openid, fields);
    host.simulator.aim(host.replicas[1].url);
    expect((await host.simulator.push(openid, fields)).outcome).toBe('silent');
    go();
    await until(async () => (await parcels()).length === 1);
    expect((await host.simulator.push(openid, fields)).outcome).toBe('silent');
    await host.settle();
    expect(host.simulator.sent).toHaveLength(1);
    expect(host.bot.turns).toEqual(['慢']);
  });

  test('two deliveries that wait together are one turn, and its answer leaves one way', async () => {
    host = await openHost({ patience: 300 });
    const go = host.bot.hold();
    const pushing = host.simulator.say(openid, '慢', 150);
    await until(async () => (await owed()).length === 1);
    go();
    const pushed = await pushing;
    await until(async () => (await parcels()).length === 1);
    await host.settle();
    expect(pushed.texts).toEqual([]);
    expect(host.simulator.sent).toHaveLength(1);
    expect(host.bot.turns).toEqual(['慢']);
  });

  test('one that a dead replica left behind is taken up when its lease is over', async () => {
    host = await openHost({ patience: 50 });
    const message = { key: 'm|1700000000|oFollower_0001', conversationId: 'unknown' };
    const payload = JSON.stringify({
      ...{ ToUserName: 'gh_1', FromUserName: openid, CreateTime: '1700000000', MsgId: 'm' },
      ...{ MsgType: 'text', Content: '留下的' },
    });
    host.simulator.followers.wrote(openid);
    const none = { attempts: 0, created_at: 1, done_at: null, dead_at: null, last_error: null };
    await host.storage.commit((tx) =>
      tx
        .insertInto('inbox')
        .values({
          ...{ id: message.key, channel: 'wechat', conversation_id: message.conversationId, payload },
          ...{ ...none, due_at: Date.now() + 60_000 },
        })
        .execute(),
    );
    await host.settle();
    expect(host.bot.turns).toEqual([]);
    host.advance(61_000);
    await Promise.all(host.replicas.map(({ channel }) => channel.takeUp()));
    await host.settle();
    expect(host.simulator.sent.map(({ text }) => text)).toEqual(['回声：留下的']);
    expect(host.bot.turns).toEqual(['留下的']);
  });

  test('a turn that fails is run again from the inbox; the customer sees no fault', async () => {
    host = await openHost();
    host.bot.fault = new Error('the database is away');
    expect((await host.simulator.say(openid, '没电了')).outcome).toBe('silent');
    await until(async () => (await owed())[0]?.last_error !== null);
    host.bot.fault = undefined;
    host.advance(60_000);
    await host.settle();
    expect(host.simulator.sent.map(({ text }) => text)).toEqual(['回声：没电了']);
  });

  test('a slow picture holds nobody else up', async () => {
    host = await openHost({ patience: 100 });
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const MediaId = host.simulator.api.keep(png, 'image/png', 500);
    const image = host.simulator.push(openid, { MsgType: 'image', MediaId, PicUrl: 'http://x/' });
    expect((await host.simulator.say('oFollower_b', '快')).outcome).toBe('answered');
    expect((await image).outcome).toBe('silent');
    await until(async () => (await parcels()).length === 1);
    await host.settle();
    expect(host.simulator.sent).toHaveLength(1);
  });
});

describe('who is not WeChat', () => {
  test('gets the same refusal whatever is wrong', async () => {
    host = await openHost();
    const at = host.replicas[0].url;
    const post = (query: string, body: string) => fetch(`${at}?${query}`, { method: 'POST', body });
    const calls = [
      post('', ''),
      post('signature=a&timestamp=1&nonce=1', '<xml/>'),
      post('encrypt_type=aes&msg_signature=a&timestamp=1&nonce=1', '<xml><Encrypt>x</Encrypt></xml>'),
      post('encrypt_type=aes&msg_signature=a&msg_signature=b&timestamp=1&nonce=1', '<xml/>'),
      fetch(`${at}?signature=a&timestamp=1&nonce=1&echostr=x`),
    ];
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect(new Set(await Promise.all(answers.map((each) => each.text()))).size).toBe(1);
    expect((await post('', 'x'.repeat(70_000))).status).toBe(413);
  });

  test('plain text is not taken where a key is set, nor an old plain signature where none is', async () => {
    host = await openHost({ mode: 'safe' });
    const { sign } = await import('../../src/channels/wechat/signature.ts');
    const push = (at: string, timestamp: string) => {
      const query = { timestamp, nonce: 'n', signature: sign('gridtalk', timestamp, 'n') };
      return fetch(`${at}?${new URLSearchParams(query)}`, { method: 'POST', body: '<xml><a>1</a></xml>' });
    };
    const now = String(Math.floor(Date.now() / 1000));
    expect((await push(host.replicas[0].url, now)).status).toBe(403);
    await host.close();
    host = await openHost({ mode: 'plain' });
    expect((await push(host.replicas[0].url, now)).status).toBe(200);
    expect((await push(host.replicas[0].url, String(Number(now) - 400))).status).toBe(403);
  });
});
