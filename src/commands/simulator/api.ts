import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Account } from './envelope.ts';
import type { Followers } from './followers.ts';

/** A message that the account sent of its own accord. */
export interface Sent {
  openid: string;
  call: 'custom' | 'template' | 'subscribe';
  body: Record<string, unknown>;
  text: string;
}

export interface Media {
  type: string;
  bytes: Uint8Array;
  /** Milliseconds that a download takes to begin. */
  delay: number;
}

/** What a call brings. */
export interface Asked {
  path: string;
  query: URLSearchParams;
  body: Buffer;
}
export type Reply = { json: Record<string, unknown> } | { type: string; bytes: Uint8Array };

interface Parts {
  account: Account;
  followers: Followers;
  now: () => number;
  sent(message: Sent): void;
  /** What became of a template or subscribe message is told to the account as an event. */
  finished(message: { openid: string; call: 'template' | 'subscribe'; msgid: number; template: string }): void;
}

const words: Readonly<Record<number, string>> = {
  40001: 'invalid credential, access_token is invalid or not latest',
  40003: 'invalid openid',
  40007: 'invalid media_id',
  40013: 'invalid appid',
  40033: 'invalid charset. please check your request, if include \\uxxxx will create fail!',
  40037: 'invalid template_id',
  40125: 'invalid appsecret',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  44004: 'empty content',
  45002: 'content size out of limit',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  47001: 'data format error',
};
const fault = (errcode: number) => ({
  json: { errcode, errmsg: `${words[errcode] ?? 'error'} rid: ${randomUUID().slice(0, 8)}` },
});
const fine = (more: object = {}) => ({ json: { errcode: 0, errmsg: 'ok', ...more } });

const Custom = z.looseObject({
  touser: z.string(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  msgmenu: z
    .object({ head_content: z.string(), list: z.array(z.object({ id: z.string(), content: z.string() })) })
    .optional(),
});
const Template = z.looseObject({ touser: z.string(), template_id: z.string(), client_msg_id: z.string().optional() });

/** So long WeChat knows a `client_msg_id`. */
const keyMs = 600_000;

/** api.weixin.qq.com, as far as an account like ours calls it. */
export function openApi({ account, followers, now, sent, finished }: Parts) {
  let token = { value: randomUUID(), until: 0 };
  let fetched = 0;
  let msgid = 1_000_000;
  const media = new Map<string, Media>();
  const templates = new Map<string, { msgid: number; until: number }>();
  const scripted = new Map<string, number[]>();

  function stableToken(body: Record<string, unknown>): Reply {
    if (body.appid !== account.appId) return fault(40013);
    if (body.secret !== account.secret) return fault(40125);
    fetched += 1;
    if (body.force_refresh || token.until <= now()) token = { value: randomUUID(), until: now() + 7_200_000 };
    return { json: { access_token: token.value, expires_in: Math.round((token.until - now()) / 1000) } };
  }

  function custom(body: Record<string, unknown>): Reply {
    const parsed = Custom.safeParse(body);
    if (!parsed.success) return fault(47001);
    const { touser: openid, text, msgmenu } = parsed.data;
    const content = text?.content ?? msgmenu?.head_content ?? '';
    if (!content) return fault(44004);
    if (Buffer.byteLength(content) > 2048) return fault(45002);
    const code = followers.spend(openid);
    if (code) return fault(code);
    followers.show(openid, { from: 'account', text: content, way: 'api', buttons: msgmenu?.list });
    sent({ openid, call: 'custom', body, text: content });
    return fine();
  }

  /** The same `client_msg_id` is sent once within ten minutes. */
  function template(body: Record<string, unknown>): Reply {
    const parsed = Template.safeParse(body);
    if (!parsed.success) return fault(47001);
    const { touser: openid, client_msg_id: key } = parsed.data;
    const before = key ? templates.get(`${openid}|${key}`) : undefined;
    if (before && before.until > now()) return fine({ msgid: before.msgid });
    if (!followers.has(openid) || !followers.of(openid).subscribed) return fault(43004);
    const made = handOver('template', parsed.data, body);
    if (key) templates.set(`${openid}|${key}`, { msgid: made.json.msgid, until: now() + keyMs });
    return made;
  }

  /** 订阅通知: one for each time that the follower agreed. */
  function subscribe(body: Record<string, unknown>): Reply {
    const parsed = Template.safeParse(body);
    if (!parsed.success) return fault(47001);
    const { touser: openid } = parsed.data;
    if (!followers.has(openid)) return fault(40003);
    const follower = followers.of(openid);
    if (follower.agreed === 0) return fault(43101);
    follower.agreed -= 1;
    return handOver('subscribe', parsed.data, body);
  }

  function handOver(call: 'template' | 'subscribe', to: z.infer<typeof Template>, body: Record<string, unknown>) {
    const { touser: openid, template_id: template } = to;
    msgid += 1;
    const text = JSON.stringify(body.data ?? {});
    if (!followers.of(openid).blocks) followers.show(openid, { from: 'account', text, way: 'template' });
    sent({ openid, call, body, text });
    finished({ openid, call, msgid, template });
    return { json: { errcode: 0, errmsg: 'ok', msgid } };
  }

  async function download(query: URLSearchParams): Promise<Reply> {
    const found = media.get(query.get('media_id') ?? '');
    if (!found) return fault(40007);
    await pause(found.delay);
    return { type: found.type, bytes: found.bytes };
  }

  function keep(bytes: Uint8Array, type: string, delay = 0): string {
    const id = `media-${randomUUID()}`;
    media.set(id, { type, bytes, delay });
    return id;
  }

  /** Of a multipart body only its first file is of interest here. */
  function upload({ body, query }: Asked): Reply {
    const start = body.indexOf('\r\n\r\n') + 4;
    const end = body.lastIndexOf('\r\n--', body.length - 3);
    const id = keep(body.subarray(start, end), 'application/octet-stream');
    return fine({ type: query.get('type'), media_id: id, created_at: Math.floor(now() / 1000) });
  }

  const calls: Readonly<Record<string, (asked: Asked, body: Record<string, unknown>) => Reply | Promise<Reply>>> = {
    '/cgi-bin/message/custom/send': ({ body: raw }, body) =>
      /(?<!\\)(?:\\\\)*\\u[0-9a-f]{4}/i.test(raw.toString('latin1')) ? fault(40033) : custom(body),
    '/cgi-bin/message/custom/typing': () => fine(),
    '/cgi-bin/message/template/send': (_, body) => template(body),
    '/cgi-bin/message/subscribe/bizsend': (_, body) => subscribe(body),
    '/cgi-bin/media/get': ({ query }) => download(query),
    '/cgi-bin/media/upload': (asked) => upload(asked),
    '/cgi-bin/menu/create': () => fine(),
    '/cgi-bin/qrcode/create': () =>
      fine({ ticket: randomUUID(), expire_seconds: 60, url: 'http://weixin.qq.com/q/simulated' }),
    '/cgi-bin/getcallbackip': () => fine({ ip_list: ['127.0.0.1'] }),
  };

  return {
    keep,
    /** The next `times` calls of this path are answered with this code. */
    fail(path: string, code: number, times = 1) {
      scripted.set(path, [...(scripted.get(path) ?? []), ...Array<number>(times).fill(code)]);
    },
    /** As when somebody forces a new one: the old token holds no longer. */
    revokeToken() {
      token = { value: randomUUID(), until: now() + 7_200_000 };
    },
    get tokensFetched() {
      return fetched;
    },
    /** Undefined where this is no path of the API. */
    async answer(asked: Asked): Promise<Reply | undefined> {
      const { path, query, body } = asked;
      const planned = scripted.get(path)?.shift();
      if (planned !== undefined) return fault(planned);
      const json = path === '/cgi-bin/media/upload' || body.length === 0 ? {} : parse(body);
      if (!json) return fault(47001);
      if (path === '/cgi-bin/stable_token') return stableToken(json);
      const call = calls[path];
      if (call && query.get('access_token') !== token.value) return fault(40001);
      return call?.(asked, json);
    },
  };
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
