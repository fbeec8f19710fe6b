import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import busboy from 'busboy';
import { type WebSocket, WebSocketServer } from 'ws';

/** A Direct Line activity as the stub keeps it; loose, because tests put in what an honest server never would. */
export type Said = Record<string, unknown>;

interface Talk {
  id: string;
  said: Said[];
  sockets: Set<WebSocket>;
  seen: Set<string>;
}

type Reply = (message: Said) => Said[];

const choices = ['我要报修', '查询停电', '查询电费'];
const suggested = { actions: choices.map((title) => ({ type: 'imBack', title, value: title })) };

const echo: Reply = (message) => [{ text: `收到：${message.text || '图片或位置'}`, suggestedActions: suggested }];

/**
 * A Direct Line server in memory that fails on request, for what a real server can't be asked for. `faults` are read at every
 * request; everything received is in `received`.
 */
export function openStub(reply: Reply = echo) {
  const talks = new Map<string, Talk>();
  const tokens = new Map<string, { talk: string; live: boolean }>();
  const uploads = new Map<string, { type: string; bytes: Buffer }>();
  const faults = { life: 1800, refuseSockets: false, deaf: false, failPosts: 0, loseAnswers: 0, failAll: false };
  const received: Said[] = [];
  const calls: string[] = [];
  const server = new WebSocketServer({ noServer: true });

  const token = (talk: string) => {
    const value = randomUUID();
    tokens.set(value, { talk, live: true });
    return { conversationId: talk, token: value, expires_in: faults.life };
  };

  function push(talk: Talk, activity: Said): void {
    const role = activity.role ?? 'bot';
    const from = { id: role === 'user' ? 'dl_customer' : 'gridtalk', role };
    const timestamp = new Date().toISOString();
    talk.said.push({ type: 'message', id: randomUUID(), timestamp, ...activity, from });
    if (faults.deaf) return;
    for (const socket of talk.sockets) socket.send(frame(talk, talk.said.length - 1));
  }

  const frame = (talk: Talk, from: number) =>
    JSON.stringify({ activities: talk.said.slice(from), watermark: String(talk.said.length) });

  function begin(): Talk {
    const talk: Talk = { id: randomUUID(), said: [], sockets: new Set(), seen: new Set() };
    talks.set(talk.id, talk);
    push(talk, { text: '您好，我是智能客服小电，请问有什么可以帮您？', suggestedActions: suggested });
    return talk;
  }

  function receive(talk: Talk, activity: Said): void {
    received.push(activity);
    const key = (activity.channelData as { clientActivityID?: string } | undefined)?.clientActivityID ?? randomUUID();
    if (talk.seen.has(key)) return;
    talk.seen.add(key);
    push(talk, { ...activity, role: 'user' });
    for (const each of reply(activity)) push(talk, each);
  }

  const read = async (request: IncomingMessage): Promise<Said> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString() || '{}');
  };

  function readForm(request: IncomingMessage): Promise<Said> {
    const form = busboy({ headers: request.headers, defParamCharset: 'utf8' });
    const attachments: Said[] = [];
    let activity = '{}';
    form.on('file', async (part, stream, info) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      if (part === 'activity') {
        activity = Buffer.concat(chunks).toString();
        return;
      }
      const id = randomUUID();
      uploads.set(id, { type: info.mimeType, bytes: Buffer.concat(chunks) });
      attachments.push({ contentType: info.mimeType, name: info.filename, contentUrl: `/v3/directline/uploads/${id}` });
    });
    request.pipe(form);
    return new Promise((resolve) => form.on('close', () => resolve({ ...JSON.parse(activity), attachments })));
  }

  function json(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    if (!body.token) return json(response, 200, token(begin().id));
    const known = tokens.get(String(body.token));
    if (!known || !talks.has(known.talk)) return json(response, 403, {});
    json(response, 200, token(known.talk));
  }

  async function post(talk: Talk, request: IncomingMessage, response: ServerResponse, form: boolean): Promise<void> {
    const activity = form ? await readForm(request) : await read(request);
    if (faults.failPosts-- > 0) return json(response, 502, { error: { code: 'BotError', message: 'secret detail' } });
    if (activity.text === '!refuse') return json(response, 400, {});
    receive(talk, activity);
    if (faults.loseAnswers-- > 0) request.socket.destroy();
    else json(response, 200, { id: randomUUID() });
  }

  async function talked(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const known = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    if (!known?.live) return json(response, 403, { error: { code: 'TokenExpired' } });
    if (url.pathname.endsWith('/tokens/refresh')) return json(response, 200, token(known.talk));
    const talk = talks.get(known.talk);
    if (!talk) return json(response, 404, {});
    const from = Number(url.searchParams.get('watermark') ?? 0);
    if (url.pathname.endsWith('/upload')) return post(talk, request, response, true);
    if (!url.pathname.endsWith('/activities')) {
      const streamUrl = `ws://inner.invalid/v3/directline/conversations/${talk.id}/stream?watermark=${from}`;
      return json(response, 200, { ...token(talk.id), streamUrl });
    }
    if (request.method === 'POST') return post(talk, request, response, false);
    response.writeHead(200, { 'content-type': 'application/json' }).end(frame(talk, from));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://stub');
    calls.push(`${request.method} ${url.pathname}`);
    const upload = uploads.get(url.pathname.split('/').at(-1) ?? '');
    if (!/^\/(v3|api)\//.test(url.pathname)) return false;
    if (faults.failAll) request.socket.destroy();
    else if (url.pathname === '/api/widget/token') await admit(request, response);
    else if (upload) response.writeHead(200, { 'content-type': upload.type }).end(upload.bytes);
    else await talked(request, response, url);
    return true;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://stub');
    calls.push(`WS ${url.pathname}`);
    const talk = talks.get(url.pathname.split('/')[4] ?? '');
    if (!talk || faults.refuseSockets || faults.failAll) return void socket.destroy();
    server.handleUpgrade(request, socket, head, (opened) => {
      talk.sockets.add(opened);
      opened.on('close', () => talk.sockets.delete(opened));
      const from = Number(url.searchParams.get('watermark'));
      if (talk.said.length > from) opened.send(frame(talk, from));
    });
  }

  function drop(talk: Talk): void {
    for (const socket of talk.sockets) socket.terminate();
  }

  const newest = () => [...talks.values()].at(-1) as Talk;
  return {
    handle,
    upgrade,
    faults,
    received,
    calls,
    talks,
    say: (activity: Said) => push(newest(), activity),
    dropSockets: () => drop(newest()),
    expireTokens() {
      for (const each of tokens.values()) each.live = false;
    },
    forget: () => talks.clear(),
    close() {
      for (const talk of talks.values()) drop(talk);
    },
  };
}

export type Stub = ReturnType<typeof openStub>;
