import { setTimeout as pause } from 'node:timers/promises';
import type { WechatSettings } from '#config';
import { type Delivery, release } from '#delivery';
import type { Log } from '#log';
import type { Notices } from '#notices';
import type { Answer, Call, Endpoints } from '#routes';
import type { InboxTable, Storage } from '#storage';
import type { Texts } from '#texts';
import { openCallback, type Verified } from './callback.ts';
import { digest } from './carrier.ts';
import { type Contacts, orderingKey } from './contacts.ts';
import type { Inbox } from './inbox.ts';
import { type Arrival, conversationOf, readArrival } from './incoming.ts';
import { asMessages, asTexts, passive, textMessage } from './render.ts';
import type { Said, Turns } from './turns.ts';

export interface ChannelParts {
  settings: WechatSettings;
  storage: Storage;
  turns: Turns;
  inbox: Inbox;
  contacts: Contacts;
  texts(): Texts;
  delivery: Pick<Delivery, 'nudge'>;
  clock: () => Date;
  log: Log;
  /** Told of visits and receipts. */
  notices?: Pick<Notices, 'visited' | 'receipt'>;
  /** Milliseconds after which a turn counts as slow; WeChat itself waits five seconds. */
  patience?: number;
}

const success: Answer = { headers: { 'content-type': 'text/plain; charset=utf-8' }, bytes: 'success' };
const limit = 64 * 1024;
const lookEvery = 1000;
const forgetEvery = 3_600_000;
const atOnce = 20;
const grace = 3000;

export interface WechatChannel extends Endpoints {
  close(): Promise<void>;
  /** Takes up what others left behind; the channel calls it by itself. */
  takeUp(): Promise<void>;
  /** Settles when what follows the answers given so far is done. */
  quiet(): Promise<void>;
}

/** `/wechat`: what the account's followers say comes in here, and the answer goes out with the same call where it is ready in time. */
export function wechatChannel(parts: ChannelParts): WechatChannel {
  const { settings, storage, turns, inbox, contacts, delivery, clock, log, patience = 4000 } = parts;
  const callback = openCallback(settings, clock, log);
  const inHand = new Set<string>();
  const background = new Set<Promise<void>>();

  const messageOf = ({ key, openid }: Arrival) => ({ key, conversationId: conversationOf(settings.appId, openid) });

  /** Goes on after the answer; a fault is logged. */
  function aside(what: string, work: Promise<unknown>): void {
    const task: Promise<void> = work
      .then(
        () => undefined,
        (fault) => log.error({ fault }, `${what} failed`),
      )
      .finally(() => background.delete(task));
    background.add(task);
  }

  async function receive(call: Call): Promise<Answer> {
    const push = callback.verify(Buffer.from(call.body as Uint8Array).toString('utf8'), call.query);
    const arrival = readArrival(push.fields);
    if (!arrival || arrival.wish.is === 'nothing') {
      log.info({ what: arrival?.wish ?? 'unknown' }, 'a push of WeChat that asks for nothing');
      return success;
    }
    if (arrival.wish.is === 'gone') {
      await contacts.isGone(arrival.openid, 'The follower has unsubscribed.');
      return success;
    }
    if (arrival.wish.is === 'receipt') {
      await parts.notices?.receipt(arrival.wish.messageId, arrival.wish.outcome);
      return success;
    }
    if (arrival.event) await contacts.acted(arrival.openid);
    const answer = await respond(arrival, push);
    aside('the follow-up of a message', refresh(arrival));
    return answer;
  }

  /** A message renews what may be sent: what waited for it leaves now. */
  async function refresh({ openid }: Arrival): Promise<void> {
    await contacts.isBack(openid);
    const waited = await release(storage, orderingKey(openid), clock().getTime(), digest);
    if ((await parts.notices?.visited(openid)) || waited) delivery.nudge();
  }

  async function respond(arrival: Arrival, push: Verified): Promise<Answer> {
    const turn = turns.take(arrival);
    if (!(await isReady(turn, patience)) && (await owe(arrival, push, turn))) return success;
    let said: Said;
    try {
      said = await turn;
    } catch (fault) {
      log.error({ fault }, 'a turn failed; it is run again from the inbox');
      if (await owe(arrival, push, turn)) return success;
      throw fault;
    }
    const free = said.turn ? !(await inbox.isOwed(arrival.key)) : await inbox.answerPassively(messageOf(arrival));
    return free ? passively(arrival, push, said) : success;
  }

  /** On disk before «success» is said. False where the turn was committed meanwhile: then the answer is passive after all. */
  async function owe(arrival: Arrival, push: Verified, turn: Promise<Said>): Promise<boolean> {
    await turns.open(arrival);
    const owed = await inbox.owe(messageOf(arrival), JSON.stringify(push.fields));
    if (owed === 'mine') aside('a slow turn', finish(arrival, turn, 1));
    return owed !== 'answered';
  }

  /** Sees a message of the inbox through; what it said goes to the outbox. */
  async function finish(arrival: Arrival, turn: Promise<Said>, attempts: number): Promise<void> {
    inHand.add(arrival.key);
    try {
      await inbox.settle(arrival, asMessages((await turn).replies));
      delivery.nudge();
    } catch (fault) {
      log.warn({ fault, attempts }, 'a slow turn failed');
      await inbox.failed(arrival, attempts, fault, textMessage(parts.texts().say('common', 'trouble')));
    } finally {
      inHand.delete(arrival.key);
    }
  }

  async function passively(arrival: Arrival, { notation, wrap }: Verified, said: Said): Promise<Answer> {
    const { openid, account, createdAt } = arrival;
    const [first, ...rest] = asTexts(said.replies, parts.texts());
    if (first === undefined) return success;
    if (rest.length > 0) await inbox.postRest(messageOf(arrival), openid, rest.map(textMessage));
    const type = notation === 'json' ? 'application/json' : 'text/xml';
    return {
      headers: { 'content-type': `${type}; charset=utf-8` },
      bytes: wrap(passive(notation, openid, account, createdAt, first)),
    };
  }

  async function takeUpOne(row: InboxTable): Promise<void> {
    const arrival = readArrival(JSON.parse(row.payload));
    if (!arrival) throw new Error(`The inbox holds ${row.id}, which can't be read.`);
    await finish(arrival, turns.take(arrival, row.attempts), row.attempts + 1);
  }

  let taken = 0;
  async function takeUp(): Promise<void> {
    await inbox.renew([...inHand]);
    const rows = await inbox.take(atOnce - taken);
    taken += rows.length;
    const over = () => {
      taken -= 1;
    };
    await Promise.all(rows.map((row) => takeUpOne(row).finally(over)));
  }

  const timers = [
    setInterval(() => aside('a message of the inbox', takeUp()), lookEvery),
    setInterval(() => aside('forgetting old messages', inbox.forget()), forgetEvery),
  ];
  for (const timer of timers) timer.unref();

  const at = { path: '/wechat', audience: 'public' } as const;
  const echo = (call: Call): Answer => ({
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    bytes: callback.echo(call.query),
  });
  return {
    routes: [
      { ...at, method: 'GET', handle: echo },
      { ...at, method: 'POST', body: 'bytes', limit, handle: receive },
    ],
    takeUp,
    quiet: async () => void (await Promise.all(background)),
    async close() {
      for (const timer of timers) clearInterval(timer);
      // What is not done by then is in the inbox.
      await Promise.race([Promise.all(background), pause(grace, undefined, { ref: false })]);
    },
  };
}

/** Whether it is over, well or ill, within the time. */
async function isReady(turn: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const over = () => resolve(true);
  turn.then(over, over);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
