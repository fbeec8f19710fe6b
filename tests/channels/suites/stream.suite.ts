import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Start, Target } from '../target.ts';
import { answered, isCustomer, Listener, listen, newVisitor, textsOf, type Visitor } from '../visitor.ts';
import { badTokens, claimsOf, forge } from './tokens.ts';

/** What is said arrives on open sockets as it is said. */
export function streamSuite(name: string, start: Start): void {
  describe(`${name}: streams`, () => {
    let target: Target;
    let visitor: Visitor;
    const open: Listener[] = [];
    beforeAll(async () => {
      target = await start();
    });
    afterAll(() => target.stop());
    beforeEach(async () => {
      visitor = await newVisitor(target);
    });
    afterEach(async () => {
      for (const listener of open.splice(0)) {
        listener.socket.terminate();
        await listener.closed;
      }
    });
    const listening = async (watermark?: string) => {
      const listener = await listen(visitor, watermark);
      open.push(listener);
      return listener;
    };
    const knocking = async (url: string, headers?: Record<string, string>) => {
      const listener = new Listener(url, headers);
      open.push(listener);
      return listener.opened();
    };

    test('what was said before the socket opened arrives on it, then what is said after (demand 5)', async () => {
      await visitor.say('先说的');
      const listener = await listening();
      const before = await listener.until(answered('先说的'));
      expect(isCustomer(before[0]!)).toBe(false);
      const { body } = await visitor.say('后说的', { channelData: { clientActivityID: 'c-9' } });
      const after = await listener.until(answered('后说的'));
      expect(after.find(isCustomer)).toMatchObject({ id: body.id, channelData: { clientActivityID: 'c-9' } });
    });

    test('frames are lists with a watermark of text, and that one resumes after them (demands 3 and 4)', async () => {
      const first = await (await listening()).frame();
      expect(first).toEqual({ activities: expect.any(Array), watermark: expect.stringMatching(/^\d+$/) });
      await visitor.say('之后');
      const heard = await (await listening(first.watermark)).until(answered('之后'));
      expect(textsOf(heard.filter(isCustomer))).toEqual(['之后']);
      const ids = new Set(first.activities.map((activity) => activity.id));
      expect(heard.some((activity) => ids.has(activity.id))).toBe(false);
    });

    test('nothing is lost or doubled on a socket that opens amid a burst', async () => {
      const texts = Array.from({ length: 20 }, (_, index) => `第${index}句`);
      const sent = Promise.all(texts.map((text) => visitor.say(text)));
      const listener = await listening();
      const all = (heard: { text?: string }[]) => texts.every((text) => heard.some((one) => one.text === text));
      const heard = await listener.until(all);
      await sent;
      await visitor.say('完');
      heard.push(...(await listener.until(answered('完'))));
      const { activities } = (await visitor.hear()).body;
      expect(heard.map((activity) => activity.id)).toEqual(
        activities.slice(0, heard.length).map((activity) => activity.id),
      );
      expect(textsOf(heard.filter(isCustomer)).sort()).toEqual([...texts, '完'].sort());
    });

    test('empty frames are the client’s heartbeat (demand 6)', async () => {
      const listener = await listening();
      await listener.frame();
      for (let beats = 0; beats < 3; beats++) listener.socket.send('');
      await visitor.say('还在');
      expect(textsOf((await listener.until(answered('还在'))).filter(isCustomer))).toEqual(['还在']);
    });

    test.each([
      ['a message', '{"type":"message","text":"x"}', 1003],
      ['binary', Buffer.from([1, 2, 3]), 1003],
      ['a large frame', 'x'.repeat(100_000), 1009],
    ])('%s sent on the socket closes it', async (_name, data, code) => {
      const listener = await listening();
      await listener.frame();
      listener.socket.send(data);
      expect(await listener.closed).toBe(code);
      expect(await visitor.said()).toEqual([]);
    });

    test('eight sockets hear everything; a ninth closes the oldest (demand 13)', async () => {
      const listeners: Listener[] = [];
      for (let count = 0; count < 9; count++) {
        listeners.push(await listening());
        await listeners.at(-1)?.frame();
      }
      expect(await listeners[0]?.closed).toBe(1008);
      await visitor.say('都听到吗');
      for (const listener of listeners.slice(1)) await listener.until(answered('都听到吗'));
    });

    test('a client that lost its socket goes on where it was (demand 12)', async () => {
      const first = await listening();
      const { watermark } = await first.frame();
      first.socket.terminate();
      await first.closed;
      await visitor.say('断线时说的');
      const heard = await (await listening(watermark)).until(answered('断线时说的'));
      expect(textsOf(heard.filter(isCustomer))).toEqual(['断线时说的']);
    });

    test('no bad token opens a stream', async () => {
      const url = new URL((await visitor.connect()).body.streamUrl);
      for (const [, token] of await badTokens(target, visitor)) {
        url.searchParams.set('t', token);
        expect(await knocking(url.href)).toBe(403);
      }
      url.searchParams.delete('t');
      expect(await knocking(url.href)).toBe(401);
    });

    test('the address of a stream is good for a minute and for nothing else', async () => {
      const url = new URL((await visitor.connect()).body.streamUrl);
      const claims = claimsOf(url.searchParams.get('t')!);
      expect(claims.exp! - claims.iat!).toBe(60);
      const old = await forge(target.signing, { ...claims, iat: claims.iat! - 61, exp: claims.exp! - 61 });
      const stale = new URL(url);
      stale.searchParams.set('t', old);
      expect(await knocking(stale.href)).toBe(403);
      visitor.token = url.searchParams.get('t')!;
      expect((await visitor.hear()).status).toBe(403);
      expect((await visitor.say('x')).status).toBe(403);
    });

    test('a stream of a conversation that nobody began is 404', async () => {
      const { user } = claimsOf(visitor.token);
      const token = await forge(target.signing, { conv: 'nobody', user });
      const base = `${target.base.replace('http', 'ws')}/v3/directline/conversations/nobody/stream`;
      expect(await knocking(`${base}?t=${token}`)).toBe(404);
    });

    test('a page of another origin opens no stream, the server’s own does (demand 15)', async () => {
      const { streamUrl } = (await visitor.connect()).body;
      expect(await knocking(streamUrl, { origin: 'https://evil.example' })).toBe(403);
      expect(await knocking(streamUrl, { origin: 'null' })).toBe(403);
      expect(await knocking(streamUrl, { origin: target.base })).toBe(101);
    });
  });
}
