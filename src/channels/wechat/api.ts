import { z } from 'zod';
import type { Cluster } from '#cluster';
import type { WechatSettings } from '#config';
import type { Storage } from '#storage';
import { WechatFault } from './faults.ts';
import type { ApiMessage } from './render.ts';
import { type AccessToken, accessToken } from './token.ts';

/** Shorter than the outbox's lease allows for: who waits longer will not be answered. */
const patience = 5000;
const mediaPatience = 20_000;
const largestMedia = 10 * 1024 * 1024;

const Answer = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });
const Token = z.object({ access_token: z.string().min(1).max(2048), expires_in: z.number().positive() });
const MediaId = z.object({ media_id: z.string() });
const Sent = z.object({ msgid: z.union([z.number(), z.string()]).optional() });
const Qr = z.object({ ticket: z.string(), url: z.string() });

export interface MenuButton {
  type: 'click' | 'view';
  name: string;
  /** For «click»: what the bot then reads. */
  key?: string;
  url?: string;
}
/** A message that needs no open window: `data` as the account's template names its fields. */
export interface TemplateMessage {
  touser: string;
  template_id: string;
  data: Record<string, { value: string }>;
  url?: string;
  /** Sent once, however often it is asked for. Subscribe messages know no such key. */
  client_msg_id?: string;
}
export interface Menu {
  button: (MenuButton | { name: string; sub_button: MenuButton[] })[];
}

/** What we use of WeChat's API. Every call throws WechatFault, or the network's own error. */
export interface WechatApi {
  send(openid: string, message: ApiMessage): Promise<void>;
  /** Answers WeChat's number of the message, by which its receipt is known. */
  template(message: TemplateMessage): Promise<string | undefined>;
  /** 订阅通知: one for each time that the follower agreed to it. */
  subscribe(message: TemplateMessage): Promise<string | undefined>;
  /** A customer's picture or recording. @throws WechatFault, RangeError where it is larger than we take */
  media(mediaId: string): Promise<Uint8Array>;
  /** Temporary: it lives three days. Answers its media id. */
  upload(type: 'image' | 'voice' | 'video' | 'thumb', name: string, bytes: Uint8Array): Promise<string>;
  createMenu(menu: Menu): Promise<void>;
  /** A QR code that brings `scene` with the scan; at most 30 days. */
  createQr(scene: string, seconds: number): Promise<{ ticket: string; url: string }>;
}

interface Parts {
  settings: WechatSettings;
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
}

export function openApi({ settings, storage, cluster, clock }: Parts): WechatApi {
  const { appId, secret, apiBase } = settings;
  const url = (path: string, query: Record<string, string>) => `${apiBase}${path}?${new URLSearchParams(query)}`;
  const token: AccessToken = accessToken({
    ...{ storage, cluster, clock },
    name: `wechat.token ${appId} ${new URL(apiBase).host}`,
    async fetch() {
      const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: false };
      return Token.parse(await json('stable_token', await post(`${apiBase}/cgi-bin/stable_token`, body)));
    },
  });

  /** Calls with the token; with a new one, once, where WeChat no longer takes it. */
  async function withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    const first = await token.get();
    try {
      return await call(first);
    } catch (fault) {
      if (!(fault instanceof WechatFault && fault.action === 'token')) throw fault;
      return call(await token.after(first));
    }
  }

  const ask = (name: string, path: string, body: unknown) =>
    withToken(async (access_token) => json(name, await post(url(path, { access_token }), body)));

  return {
    async send(touser, message) {
      await ask('message/custom/send', '/cgi-bin/message/custom/send', { touser, ...message });
    },
    async template(message) {
      return numberOf(await ask('message/template/send', '/cgi-bin/message/template/send', message));
    },
    async subscribe(message) {
      return numberOf(await ask('message/subscribe/bizsend', '/cgi-bin/message/subscribe/bizsend', message));
    },
    media: (media_id) =>
      withToken(async (access_token) => {
        const response = await fetch(url('/cgi-bin/media/get', { access_token, media_id }), options(mediaPatience));
        return readMedia(response);
      }),
    upload: (type, name, bytes) =>
      withToken(async (access_token) => {
        const form = new FormData();
        form.set('media', new Blob([new Uint8Array(bytes)]), name);
        const target = url('/cgi-bin/media/upload', { access_token, type });
        const response = await fetch(target, { ...options(mediaPatience), method: 'POST', body: form });
        return MediaId.parse(await json('media/upload', response)).media_id;
      }),
    async createMenu(menu) {
      await ask('menu/create', '/cgi-bin/menu/create', menu);
    },
    async createQr(scene_str, expire_seconds) {
      const body = { expire_seconds, action_name: 'QR_STR_SCENE', action_info: { scene: { scene_str } } };
      return Qr.parse(await ask('qrcode/create', '/cgi-bin/qrcode/create', body));
    },
  };
}

function numberOf(answer: unknown): string | undefined {
  const { msgid } = Sent.parse(answer);
  return msgid === undefined ? undefined : String(msgid);
}

// Its address is fixed by the settings: an answer that leads elsewhere is not followed.
const options = (milliseconds: number) => ({
  redirect: 'error' as const,
  signal: AbortSignal.timeout(milliseconds),
});

const post = (target: string, body: unknown) =>
  // JSON.stringify leaves Chinese as it is: WeChat refuses \u escapes.
  fetch(target, {
    ...options(patience),
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });

/** Faults come with status 200, and the type of the content is not always JSON's. */
async function json(call: string, response: Response): Promise<z.infer<typeof Answer>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`WeChat's ${call} answered with status ${response.status}.`);
  const parsed = Answer.safeParse(parse(text));
  if (!parsed.success) throw new Error(`WeChat's ${call} answered what can't be read.`);
  if (parsed.data.errcode !== 0) throw new WechatFault(call, parsed.data.errcode, parsed.data.errmsg);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    // Numbers of messages may have more digits than a number keeps.
    return JSON.parse(text.replace(/"msgid"\s*:\s*(\d{15,})/, '"msgid":"$1"'));
  } catch {
    return undefined;
  }
}

/** A fault comes as JSON in the file's place. */
async function readMedia(response: Response): Promise<Uint8Array> {
  if (/json|text/.test(response.headers.get('content-type') ?? '')) {
    await json('media/get', response);
    throw new Error("WeChat's media/get answered no file.");
  }
  if (!response.ok) throw new Error(`WeChat's media/get answered with status ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestMedia) throw new RangeError(`The file is larger than ${largestMedia} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
