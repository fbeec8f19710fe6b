import type { Bot } from '#bot';
import type { Cluster } from '#cluster';
import type { WechatSettings } from '#config';
import type { Carrier, Delivery } from '#delivery';
import type { Log } from '#log';
import type { Notices, WechatWays } from '#notices';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import { openApi, type WechatApi } from './api.ts';
import { topic, wechatCarrier } from './carrier.ts';
import { type WechatChannel, wechatChannel } from './channel.ts';
import { openContacts } from './contacts.ts';
import { openInbox } from './inbox.ts';
import { noticeSender } from './notices.ts';
import { openTurns } from './turns.ts';

export type { WechatApi } from './api.ts';
export type { WechatChannel } from './channel.ts';

export interface WechatParts {
  settings: WechatSettings;
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
  log: Log;
}

interface ChannelParts {
  bot: Bot;
  texts(): Texts;
  delivery: Pick<Delivery, 'nudge'>;
  notices?: Pick<Notices, 'visited' | 'receipt'>;
  patience?: number;
}

/** The Official Account: what sends for it, and, once there is a bot, the door through which its followers come. */
export interface Wechat {
  api: WechatApi;
  carriers: Readonly<Record<string, Carrier>>;
  /** How a notice gets to a follower. */
  notices: WechatWays;
  channel(parts: ChannelParts): WechatChannel;
}

export function openWechat({ settings, storage, cluster, clock, log }: WechatParts): Wechat {
  const { appId } = settings;
  const api = openApi({ settings, storage, cluster, clock });
  const contacts = openContacts(storage, clock);
  const inbox = openInbox(storage, clock);
  return {
    api,
    carriers: { [topic]: wechatCarrier({ api, contacts, appId, clock, log }) },
    notices: noticeSender({ api, contacts, clock, log }),
    channel({ bot, texts, delivery, notices, patience }) {
      const turns = openTurns({ bot, api, appId, texts, clock, log });
      return wechatChannel({
        settings,
        storage,
        turns,
        inbox,
        contacts,
        texts,
        delivery,
        notices,
        clock,
        log,
        patience,
      });
    },
  };
}
