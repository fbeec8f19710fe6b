import { z } from 'zod';
import { type Carrier, Later, Undeliverable } from '#delivery';
import type { Log } from '#log';
import type { WechatApi } from './api.ts';
import type { Contacts } from './contacts.ts';
import { WechatFault } from './faults.ts';
import { conversationOf } from './incoming.ts';
import { type ApiMessage, split, textMessage } from './render.ts';

export const topic = 'wechat.send';

/** One message of the customer-service API in the outbox; `key` is that of the message it answers. */
export const Letter = z.object({ openid: z.string(), key: z.string(), message: z.custom<ApiMessage>() });
export type Letter = z.infer<typeof Letter>;

interface Parts {
  api: WechatApi;
  contacts: Contacts;
  appId: string;
  clock: () => Date;
  log: Log;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const china = 8 * 60 * minute;

/** When the daily counts of Tencent begin anew. */
export const nextMidnight = (now: number): number => Math.ceil((now + china + 1) / day) * day - china;

/** Sends by the customer-service API, one at a time: it takes no idempotency key. */
export function wechatCarrier({ api, contacts, appId, clock, log }: Parts): Carrier {
  const answered = faultAnswers({ contacts, clock, log });

  async function send(payload: unknown): Promise<void> {
    const { openid, message } = Letter.parse(payload);
    const conversationId = conversationOf(appId, openid);
    const permission = await contacts.take(openid, conversationId);
    if (permission.is === 'gone') throw new Undeliverable('The follower has unsubscribed.');
    if (permission.is === 'over') throw new Undeliverable('48 hours have passed since the last message.');
    if (permission.is === 'used up') throw new Later('The messages of the window are used up.', permission.until);
    try {
      await api.send(openid, message);
    } catch (fault) {
      if (!(fault instanceof WechatFault)) throw fault;
      await answered(fault, openid, conversationId);
    }
  }

  return Object.assign(send, { alone: true });
}

/** What an error code asks of the outbox, whatever was sent. */
export function faultAnswers({ contacts, clock, log }: Pick<Parts, 'contacts' | 'clock' | 'log'>) {
  /** Returns where nothing is left to do, else throws what the outbox is to do. */
  return async function answered(fault: WechatFault, openid: string, conversationId: string): Promise<void> {
    const now = clock().getTime();
    switch (fault.action) {
      case 'done':
        return;
      case 'gone':
        await contacts.isGone(openid, fault.message);
        throw new Undeliverable(fault.message);
      case 'window':
      case 'refused':
      case 'media':
        throw new Undeliverable(fault.message);
      case 'ours':
        log.error({ fault, conversationId }, 'WeChat refused a message of ours; it is a fault in GridTalk');
        throw new Undeliverable(fault.message);
      case 'quota':
        throw new Later(fault.message, await contacts.usedUp(openid, conversationId));
      case 'tomorrow':
        throw new Later(fault.message, nextMidnight(now));
      case 'minute':
        throw new Later(fault.message, now + minute);
      case 'operator':
      case 'token':
        log.error(
          { fault },
          'WeChat refuses the account: check app id, secret, IP list and permissions at mp.weixin.qq.com',
        );
        throw new Later(fault.message, now + 10 * minute);
      default:
        throw fault;
    }
  };
}

const wordsOf = (message: ApiMessage) =>
  message.msgtype === 'text' ? message.text.content : message.msgmenu.head_content;

/** What waited for the customer's next message, in as few messages as hold it: each costs quota. Menus of then are none of now. */
export function digest(payloads: unknown[]): unknown[] {
  const letters = payloads.map((payload) => Letter.parse(payload));
  const pieces = split(letters.map(({ message }) => wordsOf(message)).join('\n\n'));
  if (letters.length < 2 || pieces.length > letters.length) return letters;
  return pieces.map((piece, at) => ({ ...letters[at], message: textMessage(piece) }));
}
