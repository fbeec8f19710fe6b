import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { tooMany } from '#errors';
import { type Host, startHost } from './host.ts';
import {
  answered,
  bearer,
  type Connection,
  call,
  isCustomer,
  Listener,
  listen,
  newVisitor,
  posted,
  textsOf,
  type Visitor,
} from './visitor.ts';

/** What only a host whose bot, clock and cluster can be made to fail will show. */
describe('web channel in trouble', () => {
  let host: Host;
  let visitor: Visitor;
  const open: Listener[] = [];
  beforeEach(async () => {
    host = await startHost();
    visitor = await newVisitor(host);
  });
  afterEach(async () => {
    for (const listener of open.splice(0)) listener.socket.terminate();
    await host.stop();
  });
  const listening = async () => {
    const listener = await listen(visitor);
    open.push(listener);
    return listener;
  };

  test.each([new Error('disk full: /secret/path'), tooMany('Too many.', 'Wait.')])(
    'a bot that fails (%s) is 502, and the same message sent again is taken (demand 9)',
    async (fault) => {
      const message = { channelData: { clientActivityID: randomUUID() } };
      host.bot.fault = fault;
      const { status, body } = await visitor.say('停电了', message);
      expect(status).toBe(502);
      expect(body.error).toMatchObject({ code: 'BotError', message: expect.not.stringContaining('secret') });
      host.bot.fault = undefined;
      expect(await visitor.said()).toEqual([]);
      expect((await visitor.say('停电了', message)).status).toBe(200);
      expect(await visitor.said()).toHaveLength(1);
      expect(host.logged).toContain('a turn failed');
    },
  );

  test('polling is answered with silence while history cannot be read (demand 7)', async () => {
    host.bot.fault = new Error('the database is away');
    expect(await visitor.hear('7')).toMatchObject({ status: 200, body: { activities: [], watermark: '7' } });
    expect(await visitor.hear()).toMatchObject({ status: 200, body: { activities: [], watermark: '0' } });
    host.bot.fault = undefined;
    expect((await visitor.hear('0')).body.activities).toHaveLength(1);
  });

  test('coming back works while history cannot be read: a refusal would be for good (demand 11)', async () => {
    host.bot.fault = new Error('the database is away');
    const { status, body } = await visitor.connect();
    expect(status).toBe(200);
    expect(await new Listener(body.streamUrl).opened()).toBe(503);
  });

  test('each poll after the token ran out is TokenExpired, however many come (demands 8 and 14)', async () => {
    host.advance(1801);
    for (let polls = 0; polls < 20; polls++) {
      expect(await visitor.hear()).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    }
    const { body } = await call<Connection>(
      host,
      '/api/widget/token',
      posted({ conversationId: visitor.id, token: visitor.token }),
    );
    visitor.token = body.token;
    expect((await visitor.hear()).status).toBe(200);
  });

  test('a picture’s address lasts as long as its conversation can be resumed', async () => {
    const data = new FormData();
    data.append('file', new Blob([Buffer.from('GIF89a')]), 'a.gif');
    await visitor.upload(data);
    const url = (await visitor.said())[0]!.attachments![0]!.contentUrl!;
    expect((await fetch(url)).status).toBe(200);
    host.advance(31 * 86_400);
    expect((await fetch(url)).status).toBe(404);
  });

  test('the pictures of a turn that failed are not there', async () => {
    host.bot.fault = new Error('no');
    const data = new FormData();
    data.append('file', new Blob([Buffer.from('GIF89a')]), 'a.gif');
    expect((await visitor.upload(data)).status).toBe(502);
    expect(host.bot.heard).toEqual([]);
  });

  test('what was said while its notice got lost arrives with the next sweep, once', async () => {
    const listener = await listening();
    await listener.frame();
    host.cluster.silent = true;
    await visitor.say('丢了通知');
    host.cluster.silent = false;
    await host.channel.sweep();
    const heard = await listener.until(answered('丢了通知'));
    await visitor.say('后面的');
    heard.push(...(await listener.until(answered('后面的'))));
    expect(textsOf(heard.filter(isCustomer))).toEqual(['丢了通知', '后面的']);
    expect(heard).toHaveLength(4);
  });

  test('a notice that leaves a gap makes the stream read what is between', async () => {
    const listener = await listening();
    await listener.frame();
    host.cluster.silent = true;
    await visitor.say('第一句');
    host.cluster.silent = false;
    await visitor.say('第二句');
    const heard = await listener.until(answered('第二句'));
    expect(textsOf(heard.filter(isCustomer))).toEqual(['第一句', '第二句']);
  });

  test('notices that come twice, late or in a strange shape say nothing twice', async () => {
    const listener = await listening();
    const [welcome] = (await listener.frame()).activities;
    const topic = `conversation:${visitor.id}`;
    host.cluster.publish(topic, { activities: [welcome], firstSeq: 1, lastSeq: 1 });
    host.cluster.publish(topic, { what: 'is this' });
    await host.bot.tell(visitor.id, '通知');
    expect(textsOf((await listener.frame()).activities)).toEqual(['通知']);
    expect(host.logged).toContain('a notice of new activities has a strange shape');
  });

  test('a history longer than a page arrives whole and in order', async () => {
    const texts = Array.from({ length: 450 }, (_, index) => `通知${index}`);
    for (const text of texts) await host.bot.tell(visitor.id, text);
    const listener = await listening();
    const heard = await listener.until((all) => all.at(-1)?.text === texts.at(-1));
    expect(textsOf(heard).slice(1)).toEqual(texts);
    const polled = (await visitor.hear('1')).body;
    expect(textsOf(polled.activities)).toEqual(texts.slice(0, polled.activities.length));
    expect(Number(polled.watermark)).toBe(1 + polled.activities.length);
  });

  test('a socket that does not read is cut, and the others hear on', async () => {
    const [deaf, well] = [await listening(), await listening()];
    await Promise.all([deaf.frame(), well.frame()]);
    deaf.socket.pause();
    const large = 'x'.repeat(1_000_000);
    for (let told = 0; host.channel.sockets === 2 && told < 100; told++) {
      await host.bot.tell(visitor.id, large);
      await well.frame();
    }
    expect(host.channel.sockets).toBe(1);
    await visitor.say('还在');
    await well.until(answered('还在'));
  });

  test('a socket that answers no ping is cut at the next one', async () => {
    const [mute, well] = [await listening(), await listening()];
    await Promise.all([mute.frame(), well.frame()]);
    mute.socket.pause();
    const ponged = new Promise((resolve) => well.socket.once('ping', resolve));
    host.channel.beat();
    await ponged;
    well.socket.send('');
    await visitor.say('一声');
    await well.until(answered('一声'));
    host.channel.beat();
    await host.bot.tell(visitor.id, '还在吗');
    await well.frame();
    mute.socket.resume();
    await mute.closed;
    expect(host.channel.sockets).toBe(1);
  });

  test('a server that stops says goodbye, and takes no more streams', async () => {
    const listener = await listening();
    await listener.frame();
    const { streamUrl } = (await visitor.connect()).body;
    await host.channel.close();
    expect(await listener.closed).toBe(1001);
    expect(await new Listener(streamUrl).opened()).toBe(503);
    expect(host.channel.sockets).toBe(0);
  });

  test('typing, conversationUpdate and traces of the bot’s own: only what a client may see leaves', async () => {
    await host.bot.tell(visitor.id, '', { type: 'conversationUpdate' });
    await host.bot.tell(visitor.id, '', { type: 'trace' });
    await host.bot.tell(visitor.id, '看得见');
    const { activities, watermark } = (await visitor.hear('1')).body;
    expect(textsOf(activities)).toEqual(['看得见']);
    expect(watermark).toBe('4');
  });

  test('every route may be called from a page elsewhere (demand 15)', () => {
    expect(host.channel.routes.filter((route) => !route.crossOrigin)).toEqual([]);
  });

  test('no answer of Microsoft’s protocol is 429, whatever comes from one address', async () => {
    host.remoteAddress = '203.0.113.7';
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await visitor.hear()).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const session = '/v3/directline/session/getsessionid';
    expect((await call(host, session, { headers: bearer(visitor.token) })).status).toBe(200);
  });
});

describe('web channel settings', () => {
  test('one address begins only so many conversations a minute; our own machine as many as it likes', async () => {
    const host = await startHost({ tokensPerMinute: 3 });
    const begin = async (from?: string) => {
      host.remoteAddress = from;
      return (await call(host, '/api/widget/token', posted({}))).status;
    };
    const seven = [await begin('198.51.100.7'), await begin('198.51.100.7'), await begin('198.51.100.7')];
    expect(seven).toEqual([200, 200, 200]);
    expect(await begin('198.51.100.7')).toBe(429);
    expect(await begin('198.51.100.8')).toBe(200);
    for (let count = 0; count < 5; count++) expect(await begin()).toBe(200);
    await host.stop();
  });

  test('origins that were allowed open streams beside the server’s own', async () => {
    const host = await startHost({ origins: ['https://www.utility.example'] });
    const visitor = await newVisitor(host);
    const { streamUrl } = (await visitor.connect()).body;
    const knock = async (origin: string) => {
      const listener = new Listener(streamUrl, { origin });
      const status = await listener.opened();
      listener.socket.terminate();
      return status;
    };
    expect(await knock('https://www.utility.example')).toBe(101);
    expect(await knock('https://utility.example')).toBe(403);
    await host.stop();
  });
});
