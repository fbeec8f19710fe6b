import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Activity } from 'botbuilder-core';
import { ConnectionStatus, DirectLine, type DirectLineOptions, type Services } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import Xhr from 'xhr2';
import type { Start, Target } from '../target.ts';
import { answered, type Connection, call, isCustomer, newVisitor, posted, textsOf, type Visitor } from '../visitor.ts';
import { aged } from './tokens.ts';

// Microsoft's client was written for browsers and takes both from the global scope.
Object.assign(globalThis, { XMLHttpRequest: Xhr, WebSocket });

const sockets: WebSocket[] = [];
class ObservedSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    sockets.push(this);
  }
}

/** Microsoft's own client, and what came out of it. */
class Client {
  readonly line: DirectLine;
  readonly heard: Activity[] = [];
  readonly statuses: ConnectionStatus[] = [];
  fault: unknown;
  #wake: () => void = () => {};

  constructor(target: Target, options: Partial<DirectLineOptions & Services>) {
    const services = { WebSocket: ObservedSocket as unknown as Services['WebSocket'], random: () => 0 };
    const domain = `${target.base}/v3/directline`;
    this.line = new DirectLine({ domain, pollingInterval: 200, timeout: 2000, ...services, ...options });
    const wake = () => this.#wake();
    this.line.connectionStatus$.subscribe((status) => {
      this.statuses.push(status);
      wake();
    });
    this.line.activity$.subscribe(
      (activity) => {
        this.heard.push(activity as unknown as Activity);
        wake();
      },
      (fault) => {
        this.fault = fault;
        wake();
      },
    );
  }

  async until(enough: () => boolean): Promise<void> {
    while (!enough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  say(text: string, clientActivityID: string = randomUUID()): Promise<string> {
    const message = { type: 'message', text, from: { id: 'whoever' }, channelData: { clientActivityID } } as const;
    return this.line.postActivity(message).toPromise();
  }
}

/** The real `botframework-directlinejs`, unchanged. */
export function clientsSuite(name: string, start: Start): void {
  describe.each([
    ['polling', { webSocket: false }],
    ['WebSocket', { webSocket: true }],
  ])(`${name}: Microsoft’s Direct Line client by %s`, (_way, way) => {
    let target: Target;
    const clients: Client[] = [];
    beforeAll(async () => {
      target = await start();
    });
    afterEach(() => {
      for (const client of clients.splice(0)) client.line.end();
      for (const socket of sockets.splice(0)) socket.terminate();
    });
    afterAll(() => target.stop());
    const connected = (options: Partial<DirectLineOptions & Services>) => {
      const client = new Client(target, { ...way, ...options });
      clients.push(client);
      return client;
    };
    const generated = async () =>
      (
        await call<Connection>(
          target,
          '/v3/directline/tokens/generate',
          posted({ user: { id: 'dl_ms' } }, target.secret),
        )
      ).body;

    test('is greeted, and gets its message back with its own id, and an answer', async () => {
      const client = connected({ token: (await generated()).token });
      await client.until(() => client.heard.length > 0);
      expect(client.heard.some(isCustomer)).toBe(false);
      const text = '你好👋 <b>&amp;';
      const id = await client.say(text, 'c-1');
      await client.until(() => answered(text)(client.heard));
      expect(client.heard.find(isCustomer)).toMatchObject({
        id,
        text,
        from: { id: 'dl_ms' },
        channelData: { clientActivityID: 'c-1' },
      });
      expect(new Set(client.heard.map((activity) => activity.id)).size).toBe(client.heard.length);
      expect(client.statuses.at(-1)).toBe(ConnectionStatus.Online);
    });

    test('messages sent in one go all arrive, each once', async () => {
      const client = connected({ token: (await generated()).token });
      const texts = Array.from({ length: 10 }, (_, index) => `第${index}句`);
      await Promise.all(texts.map((text) => client.say(text)));
      await client.until(() => texts.every((text) => answered(text)(client.heard)));
      expect(textsOf(client.heard.filter(isCustomer)).sort()).toEqual(texts.sort());
    });

    test('resumes: everything without a watermark, only what is later with one', async () => {
      const visitor = await newVisitor(target);
      await visitor.say('以前说的');
      const { watermark } = (await visitor.hear()).body;
      await visitor.say('后来说的');
      const again = { token: visitor.token, conversationId: visitor.id };
      const [whole, later] = [connected(again), connected({ ...again, watermark })];
      await whole.until(() => answered('后来说的')(whole.heard));
      await later.until(() => answered('后来说的')(later.heard));
      expect(textsOf(whole.heard.filter(isCustomer))).toEqual(['以前说的', '后来说的']);
      expect(textsOf(later.heard.filter(isCustomer))).toEqual(['后来说的']);
    });

    test('gets the session id it asks for', async () => {
      const client = connected({ token: (await generated()).token });
      expect(await client.line.getSessionId().take(1).toPromise()).toMatch(/./);
    });

    test('shows «failed» at once for a message that is refused', async () => {
      const client = connected({ token: (await generated()).token });
      await expect(client.say('电'.repeat(6000))).rejects.toMatchObject({ status: 400 });
      expect(await client.say('短一点')).not.toBe('retry');
    });

    test('learns that its token expired, and goes on with a fresh one (demand 8)', async () => {
      const visitor = await newVisitor(target);
      const client = connected({ token: visitor.token, conversationId: visitor.id });
      await client.until(() => client.heard.length > 0);
      const fresh = (await visitor.connect()).body;
      client.line.reconnect({ ...fresh, token: await aged(target, visitor, 0.1) });
      expect(await client.say('过期了')).toBe('retry');
      expect(client.statuses).toContain(ConnectionStatus.ExpiredToken);
      client.line.reconnect(fresh);
      await client.until(() => client.statuses.at(-1) === ConnectionStatus.Online);
      await client.say('又可以了');
      await client.until(() => answered('又可以了')(client.heard));
      expect(await spoken(visitor)).toEqual(['又可以了']);
    });

    test('a token that was never good ends it instead of storming (demand 14)', async () => {
      const visitor = await newVisitor(target);
      const client = connected({ token: await aged(target, visitor, 1), conversationId: visitor.id });
      await client.until(() => client.statuses.includes(ConnectionStatus.FailedToConnect));
    });
  });

  describe(`${name}: Microsoft’s Direct Line client`, () => {
    test('connects again after its socket broke, and misses nothing (demand 12)', async () => {
      const target = await start();
      const visitor = await newVisitor(target);
      const client = new Client(target, { webSocket: true, token: visitor.token, conversationId: visitor.id });
      await client.say('断线以前');
      await client.until(() => answered('断线以前')(client.heard));
      for (const socket of sockets) socket.terminate();
      await visitor.say('断线之中');
      await client.until(() => answered('断线之中')(client.heard));
      expect(textsOf(client.heard.filter(isCustomer))).toEqual(['断线以前', '断线之中']);
      expect(new Set(client.heard.map((activity) => activity.id)).size).toBe(client.heard.length);
      client.line.end();
      for (const socket of sockets.splice(0)) socket.terminate();
      await target.stop();
    });
  });
}

const spoken = async (visitor: Visitor) => textsOf(await visitor.said());
