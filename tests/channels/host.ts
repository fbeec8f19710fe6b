import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebChannel, type WebParts, webChannel } from '#channels';
import { badRequest, GridTalkError, notFound, tooLarge } from '#errors';
import type { Answer, Call, Endpoints, Route } from '#routes';
import { openStorage } from '#storage';
import { freshFolder } from '../setup/index.ts';
import { type EchoBot, echoBot } from './echo.bot.ts';
import { type QuietCluster, quietCluster } from './quiet.cluster.ts';
import type { Target } from './target.ts';

export interface Host extends Target {
  channel: WebChannel;
  bot: EchoBot;
  cluster: QuietCluster;
  /** What the channel logged as warning or error. */
  logged: string[];
  /** Moves the channel's clock. */
  advance(seconds: number): void;
  /** What later requests are seen to come from. */
  remoteAddress: string | undefined;
}

/** The web channel on a real socket with a bot that echoes: what src/server.ts does for it, and no more. */
export async function startHost(overrides: Partial<WebParts> = {}): Promise<Host> {
  const folder = await freshFolder();
  const storage = await openStorage({ dataDir: folder.path });
  const cluster = quietCluster();
  const bot = echoBot(storage, cluster);
  const secret = { directLine: 'secret-of-the-page', signing: randomBytes(32) };
  const logged: string[] = [];
  const log = { warn: (_: object, text = '') => logged.push(text), error: (_: object, text = '') => logged.push(text) };
  let skew = 0;
  const clock = () => new Date(Date.now() + skew);
  const parts = { bot, storage, cluster, secret, clock, log: log as unknown as WebParts['log'], ...overrides };
  const channel = webChannel(parts);
  const server = createServer((request, response) => void serve(host, request, response));
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://unused');
    const door = channel.upgrades?.find((one) => one.path.test(pathname));
    if (door) door.handle(request, socket, head);
    else socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host: Host = {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: secret.directLine,
    signing: secret.signing,
    channel,
    bot,
    cluster,
    logged,
    remoteAddress: undefined,
    advance: (seconds) => {
      skew += seconds * 1000;
    },
    async stop() {
      await channel.close();
      server.closeAllConnections();
      server.close();
      await storage.close();
      await folder.remove();
    },
  };
  return host;
}

async function serve(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', 'authorization,content-type,x-ms-bot-agent,x-requested-with');
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  try {
    answer(response, await dispatch(host.channel, request, host.remoteAddress));
  } catch (fault) {
    const known = fault instanceof GridTalkError ? fault : undefined;
    const error = { code: known?.code ?? 'Internal', message: known ? `${known.message} ${known.mend}` : 'Internal' };
    answer(response, { status: known?.status ?? 500, json: { error } });
  }
}

async function dispatch(endpoints: Endpoints, request: IncomingMessage, remoteAddress?: string): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://unused');
  for (const route of endpoints.routes) {
    const params = route.method === request.method ? match(route.path, url.pathname) : undefined;
    if (!params) continue;
    const call: Call = {
      method: route.method,
      path: url.pathname,
      params,
      query: url.searchParams,
      headers: request.headers,
      body: await bodyFor(route, request),
      raw: request,
      remoteAddress: remoteAddress ?? request.socket.remoteAddress ?? '',
    };
    return route.handle(call);
  }
  throw notFound('There is nothing here.', 'Look at the routes.');
}

function match(pattern: string, pathname: string): Record<string, string> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((found) => found[1]!);
  const found = new RegExp(`^${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(pathname);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]));
}

async function bodyFor(route: Route, request: IncomingMessage): Promise<unknown> {
  if (route.body !== 'json') return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= (route.limit ?? 65_536)) chunks.push(chunk);
  }
  if (size > (route.limit ?? 65_536)) throw tooLarge(`The body has ${size} bytes.`, 'Send less.');
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON.', 'Send JSON.');
  }
}

function answer(response: ServerResponse, content: Answer): void {
  if ('events' in content) throw new Error('the web channel has no event streams');
  const body = 'json' in content ? JSON.stringify(content.json) : content.bytes;
  const type = 'json' in content ? { 'content-type': 'application/json; charset=utf-8' } : {};
  response.writeHead(content.status ?? 200, { ...type, ...content.headers }).end(body);
}
