import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cleanText, firstCharacters } from '../web/clean.ts';
import { textField } from './push.ts';
import type { Field, Fields } from './xml.ts';

const longest = 4000;

/** What one push asks of us. */
export type Wish =
  | { is: 'text'; text: string }
  | { is: 'image'; mediaId: string }
  | { is: 'place'; latitude: number; longitude: number; label: string }
  /** Something the bot can't read: these words of common.yml say what to do instead. */
  | { is: 'unread'; answer: 'wechat.voice' | 'wechat.video' | 'wechat.file' }
  | { is: 'greeting' }
  | { is: 'gone' }
  /** What became of a template or subscribe message of ours. */
  | { is: 'receipt'; messageId: string; outcome: 'delivered' | 'blocked' | 'failed' }
  /** For the log only; nothing is answered. */
  | { is: 'nothing'; what: string };

/** One message or event of one follower. */
export interface Arrival {
  /** The same for every delivery of this very message, and for no other. */
  key: string;
  openid: string;
  /** The account's own name, from which it answers. */
  account: string;
  /** Seconds, as written; the answer carries it, so that a re-delivery gets the same bytes. */
  createdAt: string;
  wish: Wish;
  /** A tap on a menu, a scan or a subscription lets us send less than a message does. */
  event: boolean;
}

const name = z.string().regex(/^[\w.@-]{1,64}$/);
const Head = z.object({
  ToUserName: name,
  FromUserName: name,
  CreateTime: z.string().regex(/^\d{1,12}$/),
  MsgType: z.string().max(64),
});

/** Undefined for what can't be a push of an account: no sender, no time. */
export function readArrival(fields: Fields): Arrival | undefined {
  const head = Head.safeParse(fields);
  if (!head.success) return undefined;
  const { ToUserName: account, FromUserName: openid, CreateTime: createdAt, MsgType: type } = head.data;
  const event = type === 'event';
  const wish = event ? eventWish(fields) : messageWish(type, fields);
  const menu = event || textField(fields, 'bizmsgmenuid') !== undefined;
  return { key: keyOf(fields, openid, createdAt, event), openid, account, createdAt, wish, event: menu };
}

/** MsgIds alone are shared by messages of the same moment; events have none, and several share a second. */
function keyOf(fields: Fields, openid: string, createdAt: string, event: boolean): string {
  const of = (field: string) => clean(textField(fields, field), 500);
  if (!event) return [of('MsgId'), createdAt, openid].join('|');
  const facts = [of('Event'), of('EventKey'), of('Ticket'), of('MsgID')];
  return [openid, createdAt, ...facts].join('|');
}

const clean = (text: string | undefined, most = longest) => firstCharacters(cleanText(text ?? ''), most);

function messageWish(type: string, fields: Fields): Wish {
  const reader = Object.hasOwn(messages, type) ? messages[type] : undefined;
  return reader?.(fields) ?? { is: 'nothing', what: clean(type, 64) };
}

const messages: Readonly<Record<string, (fields: Fields) => Wish | undefined>> = {
  // A tap on a menu message brings its label; its id is the label's number.
  text: (fields) => words(textField(fields, 'Content') || textField(fields, 'bizmsgmenuid')),
  image(fields) {
    const mediaId = textField(fields, 'MediaId') ?? '';
    return /^[\w-]{1,256}$/.test(mediaId) ? { is: 'image', mediaId } : undefined;
  },
  voice: (fields) => words(textField(fields, 'Recognition')) ?? { is: 'unread', answer: 'wechat.voice' },
  video: () => ({ is: 'unread', answer: 'wechat.video' }),
  shortvideo: () => ({ is: 'unread', answer: 'wechat.video' }),
  file: () => ({ is: 'unread', answer: 'wechat.file' }),
  location(fields) {
    const [latitude, longitude] = [degrees(fields.Location_X, 90), degrees(fields.Location_Y, 180)];
    if (latitude === undefined || longitude === undefined) return undefined;
    return { is: 'place', latitude, longitude, label: clean(textField(fields, 'Label'), 200) };
  },
  link: (fields) => words([textField(fields, 'Title'), textField(fields, 'Description')].filter(Boolean).join('\n')),
};

function words(content: string | undefined): Wish | undefined {
  const text = clean(content);
  return text.trim() ? { is: 'text', text } : undefined;
}

function degrees(value: Field | undefined, most: number): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : Number.NaN;
  return Math.abs(number) <= most ? number : undefined;
}

/** Every other event is told to the log: views, positions, pictures taken from the menu, results of sent templates. */
function eventWish(fields: Fields): Wish {
  const event = clean(textField(fields, 'Event'), 64);
  switch (event.toLowerCase()) {
    case 'subscribe':
    case 'scan':
      return { is: 'greeting' };
    case 'unsubscribe':
      return { is: 'gone' };
    case 'templatesendjobfinish':
      return receipt(fields, textField(fields, 'Status') ?? '');
    case 'subscribe_msg_sent_event':
      return sentEvent(fields);
    case 'click':
      return words(textField(fields, 'EventKey')) ?? { is: 'nothing', what: event };
    default:
      return { is: 'nothing', what: event };
  }
}

/** «success», «failed:user block», «failed: system failed»; the number is 64 bits, as written. */
function receipt(fields: Fields, status: string): Wish {
  const messageId = textField(fields, 'MsgID') ?? '';
  if (!/^\d{1,20}$/.test(messageId)) return { is: 'nothing', what: 'TEMPLATESENDJOBFINISH' };
  if (/^success$/i.test(status)) return { is: 'receipt', messageId, outcome: 'delivered' };
  return { is: 'receipt', messageId, outcome: /block|reject/i.test(status) ? 'blocked' : 'failed' };
}

/** The same for a subscribe message, one level deeper. */
function sentEvent(fields: Fields): Wish {
  const event = fieldsIn(fields.SubscribeMsgSentEvent);
  const list = fieldsIn(Array.isArray(event?.List) ? event.List[0] : event?.List);
  return list
    ? receipt(list, textField(list, 'ErrorStatus') ?? '')
    : { is: 'nothing', what: 'subscribe_msg_sent_event' };
}

const fieldsIn = (field: Field | undefined): Fields | undefined =>
  typeof field === 'object' && !Array.isArray(field) ? field : undefined;

/** Not to be guessed from outside, and it does not show the openid to those who see conversations. */
export const conversationOf = (appId: string, openid: string): string =>
  `wx-${createHash('sha256').update(`${appId}|${openid}`).digest('base64url').slice(0, 32)}`;
