import { randomBytes, randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import type { Bot, Upload } from '#bot';
import type { Log } from '#log';
import type { Texts } from '#texts';
import { pictureType, uploadPath } from '../web/pictures.ts';
import type { WechatApi } from './api.ts';
import { WechatFault } from './faults.ts';
import { type Arrival, conversationOf, type Wish } from './incoming.ts';
import { type Spoken, spoken } from './render.ts';

/** What answers one arrival; `turn` says whether the bot heard it, so that the conversation knows the message. */
export interface Said {
  turn: boolean;
  replies: Spoken[];
}

interface Parts {
  bot: Bot;
  api: WechatApi;
  appId: string;
  texts(): Texts;
  clock: () => Date;
  log: Log;
}

/** After so many tries a picture that can't be had is asked for again. */
const pictureTries = 3;
const rememberedConversations = 50_000;

/** One arrival, one turn: from what WeChat sent to what the bot said. */
export function openTurns({ bot, api, appId, texts, clock, log }: Parts) {
  const running = new Map<string, Promise<Said>>();
  const opened = new Set<string>();

  async function open(arrival: Arrival): Promise<string> {
    const id = conversationOf(appId, arrival.openid);
    if (opened.has(id)) return id;
    if (!(await bot.history(id, 0, 1))) await bot.open({ id, channel: 'wechat', customerId: arrival.openid });
    if (opened.size >= rememberedConversations) opened.clear();
    opened.add(id);
    return id;
  }

  const note = (key: string): Said => ({
    turn: false,
    replies: [{ text: texts().say('common', key), buttons: [] }],
  });

  async function run(arrival: Arrival, tries: number): Promise<Said> {
    const { wish } = arrival;
    const id = await open(arrival);
    if (wish.is === 'unread') return note(wish.answer);
    if (wish.is === 'greeting')
      return { turn: false, replies: spoken((await bot.history(id, 0, 1))?.activities ?? []) };
    if (wish.is !== 'image') return hear(arrival, id, content(wish), []);
    const upload = await picture(wish.mediaId, tries);
    if (!upload) return note('wechat.picture');
    const attachments = [{ contentType: upload.contentType, contentUrl: uploadPath(upload.id), name: upload.name }];
    return hear(arrival, id, { text: '', attachments }, [upload]);
  }

  async function hear(arrival: Arrival, id: string, said: Partial<Activity>, uploads: Upload[]): Promise<Said> {
    const activity = { ...stamp(arrival, id, clock()), ...said };
    const { replies } = await bot.receive({ activity, dedupeKey: arrival.key, uploads });
    return { turn: true, replies: spoken(replies) };
  }

  /** Undefined where it is gone, too large or no picture. @throws where trying again may help */
  async function picture(mediaId: string, tries: number): Promise<Upload | undefined> {
    try {
      const bytes = await api.media(mediaId);
      const contentType = pictureType(bytes);
      if (!contentType) return undefined;
      // As in the web channel: the address of a picture is the right to read it.
      const id = randomBytes(24).toString('base64url');
      return { id, name: `picture.${contentType.slice('image/'.length)}`, contentType, bytes };
    } catch (fault) {
      const final = fault instanceof RangeError || (fault instanceof WechatFault && fault.action === 'media');
      if (!final && tries < pictureTries) throw fault;
      log.warn({ fault }, 'a picture could not be had from WeChat; the customer is asked for it again');
      return undefined;
    }
  }

  return {
    /** Makes the conversation, if it is not there. */
    open,
    /** Deliveries of one message that overlap in this process share one run; those elsewhere meet at the commit. */
    take(arrival: Arrival, tries = 0): Promise<Said> {
      const before = running.get(arrival.key);
      if (before) return before;
      const mine = run(arrival, tries).finally(() => running.delete(arrival.key));
      running.set(arrival.key, mine);
      return mine;
    },
  };
}

export type Turns = ReturnType<typeof openTurns>;

const stamp = ({ openid, event }: Arrival, id: string, timestamp: Date): Partial<Activity> => ({
  type: 'message',
  id: randomUUID(),
  timestamp,
  channelId: 'wechat',
  conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
  from: { id: openid, name: '', role: 'user' },
  recipient: { id: 'gridtalk', name: '', role: 'bot' },
  ...(event && { channelData: { menu: true } }),
});

function content(wish: Wish): Partial<Activity> {
  if (wish.is === 'text') return { text: wish.text, textFormat: 'plain' };
  if (wish.is !== 'place') return { text: '' };
  const { latitude, longitude, label } = wish;
  const geo = { type: 'GeoCoordinates', latitude, longitude, ...(label && { name: label }) };
  return { text: '', entities: [{ type: 'Place', geo }] };
}
