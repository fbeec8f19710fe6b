import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openApi, type Sent } from './api.ts';
import { chatRoutes } from './chat.ts';
import type { Account } from './envelope.ts';
import { openFollowers } from './followers.ts';
import type { PushFields } from './messages.ts';
import { openPusher, type Pushed, type PusherOptions } from './pusher.ts';

export type { Sent } from './api.ts';
export type { Pushed } from './pusher.ts';

/** An account that exists only here; its settings are what the product is started with. */
export const simulatedAccount: Account = {
  appId: 'wx0123456789abcdef',
  secret: '0123456789abcdef0123456789abcdef',
  token: 'gridtalk',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

export interface SimulatorOptions extends Partial<Omit<PusherOptions, 'account' | 'target'>> {
  account?: Account;
  /** The account's callback, e.g. `http://127.0.0.1:3978/wechat`; can be set later. */
  target?: string;
  port?: number;
  now?: () => number;
  onSent?(message: Sent): void;
}

export type Simulator = Awaited<ReturnType<typeof openSimulator>>;

export const accountName = 'gh_simulated';

/** Tencent's servers on this machine: they push what followers say, and answer the account's calls. */
export async function openSimulator(options: SimulatorOptions = {}) {
  const { account = simulatedAccount, now = Date.now, port = 0, onSent } = options;
  const { mode = 'safe', notation = 'xml', cutOff = 5000, tries = 3, between = 1000 } = options;
  let target: () => string = () => options.target ?? '';
  let lastId = BigInt(now()) * 1_000_000n;
  const sent: Sent[] = [];
  const results = new Set<Promise<unknown>>();
  const followers = openFollowers(now);
  const pusher = openPusher({ account, target: () => target(), mode, notation, cutOff, tries, between });
  const api = openApi({
    ...{ account, followers, now },
    sent(message) {
      sent.push(message);
      onSent?.(message);
    },
    finished(message) {
      const told: Promise<unknown> = push(message.openid, resultOf(message)).finally(() => results.delete(told));
      results.add(told);
    },
  });

  function resultOf({
    openid,
    call,
    msgid,
    template,
  }: Parameters<Parameters<typeof openApi>[0]['finished']>[0]): PushFields {
    const status = followers.of(openid).blocks ? 'failed:user block' : 'success';
    if (call === 'template') return { MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH', MsgID: msgid, Status: status };
    const List = { TemplateId: template, MsgID: msgid, ErrorCode: 0, ErrorStatus: status };
    return { MsgType: 'event', Event: 'subscribe_msg_sent_event', SubscribeMsgSentEvent: { List } };
  }

  /** Anything that a follower may do; what is not given is filled in. `again`: delivered once more after so many milliseconds. */
  async function push(openid: string, fields: PushFields, again?: number): Promise<Pushed> {
    const head = { ToUserName: accountName, FromUserName: openid, CreateTime: Math.floor(now() / 1000) };
    lastId += 1n;
    const all = { ...head, ...(fields.MsgType === 'event' ? {} : { MsgId: String(lastId) }), ...fields };
    openWindow(openid, fields);
    const pushed = await pusher.push(all, again);
    if (pushed.text !== undefined) followers.show(openid, { from: 'account', text: pushed.text, way: 'passive' });
    // Nobody waits for the answer to a result.
    if (pushed.outcome === 'failed' && !('MsgID' in fields || 'SubscribeMsgSentEvent' in fields))
      followers.show(openid, { from: 'system', text: '该公众号提供的服务出现故障，请稍后再试' });
    return pushed;
  }

  function openWindow(openid: string, { MsgType, Event, bizmsgmenuid }: PushFields): void {
    if (MsgType !== 'event' && bizmsgmenuid === undefined) {
      followers.wrote(openid);
      return;
    }
    followers.of(openid).subscribed = Event !== 'unsubscribe';
    if (MsgType !== 'event' || /^(subscribe|SCAN|CLICK|scancode_\w+)$/.test(String(Event))) followers.acted(openid);
  }

  const page = readFileSync(new URL('./page.html', import.meta.url));
  const chat = chatRoutes({ followers, push, keep: api.keep });
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => respond(response, 500, { error: String(error) }));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    if (url.pathname === '/')
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    if (url.pathname === '/chat/stream') return chat.stream(url.searchParams.get('openid') ?? '', response);
    const body = await read(request);
    if (url.pathname === '/chat/do') return respond(response, 200, await chat.act(JSON.parse(body.toString())));
    const reply = await api.answer({ path: url.pathname, query: url.searchParams, body });
    if (!reply) return respond(response, 404, { errcode: 404, errmsg: 'no such call' });
    if ('json' in reply) return respond(response, 200, reply.json);
    response.writeHead(200, { 'content-type': reply.type }).end(reply.bytes);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    /** The environment that makes the product this account. */
    settings: {
      WECHAT_APP_ID: account.appId,
      WECHAT_APP_SECRET: account.secret,
      WECHAT_TOKEN: account.token,
      ...(mode === 'plain' ? {} : { WECHAT_AES_KEY: account.aesKey }),
      WECHAT_API_BASE: base,
    },
    /** Several: each try goes to the next, as through a balancer. */
    aim(...callbacks: string[]) {
      let turn = 0;
      target = () => callbacks[turn++ % callbacks.length] ?? '';
    },
    push,
    say: (openid: string, text: string, again?: number) => push(openid, { MsgType: 'text', Content: text }, again),
    isConfirmed: pusher.isConfirmed,
    sent: sent as readonly Sent[],
    /** Settles when the account has been told what became of all that it sent so far. */
    told: async () => void (await Promise.all(results)),
    followers,
    api,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function respond(response: ServerResponse, status: number, json: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
}
