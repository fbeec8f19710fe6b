import type { IncomingMessage, Server } from 'node:http';
import { createRequire } from 'node:module';
import type { Server as Mounts, Request, Response, Next as Step } from 'restify';
import { forbidden, GridTalkError, notFound, unauthorized } from '#errors';
import { type Identity, sameSecret } from '#identity';
import type { Log } from '#log';
import type { Answer, Audience, Call, Endpoints, Principal, Route, Upgrade } from '#routes';
import { readBody } from './body.ts';
import { endEvents, openEvents } from './events.ts';
import { guard, securityHeaders } from './guards.ts';

interface Parts {
  endpoints: readonly Endpoints[];
  identity: Pick<Identity, 'authenticate' | 'allows'>;
  log: Log;
  /** Pages elsewhere that may call cross-origin routes; empty: any. */
  origins: readonly string[];
  /** Called with route, status and seconds of every answered request. */
  observe(path: string, status: number, seconds: number): void;
}

export interface HttpServer {
  listen(port: number, host?: string): Promise<number>;
  /** Refuses new connections, lets answers finish, cuts streams; resolves within `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** The only file that knows restify: mounts the rooms' routes, guards them, and turns faults into answers. */
export function openServer(parts: Parts): HttpServer {
  const server = createServer(parts.log);
  const http = server.server as unknown as Server;
  server.pre(guard(parts.origins));
  for (const { routes } of parts.endpoints) for (const route of routes) mount(server, route, parts);
  server.on('restifyError', (_request: Request, response: Response, error: Error, done: () => void) => {
    // restify answers whatever it does not know to be answered; its own `send` tells it.
    const { status, body } = faultAnswer(error);
    if (!response.headersSent) response.send(status, body, securityHeaders);
    done();
  });
  http.on('upgrade', upgrader(parts.endpoints.flatMap((each) => each.upgrades ?? [])));
  http.requestTimeout = 60_000;
  http.headersTimeout = 20_000;
  return { listen: (port, host) => listen(http, port, host), close: (graceMs = 4000) => close(http, parts, graceMs) };
}

/** What restify's `createServer` does, but for its index: that loads every plugin as well, 200 modules and 10 MB of no use here. */
function createServer(log: Log): Mounts {
  const part = createRequire(import.meta.url);
  const Router = part('restify/lib/router.js') as new (options: object) => object;
  const RestifyServer = part('restify/lib/server.js') as new (options: object) => Mounts;
  const itsLog = { trace: () => false, warn: log.warn.bind(log) };
  const options = { name: 'GridTalk', ignoreTrailingSlash: true, log: itsLog };
  return new RestifyServer({ ...options, router: new Router(options) });
}

function mount(server: Mounts, route: Route, parts: Parts): void {
  const verb = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'del', OPTIONS: 'opts' } as const;
  server[verb[route.method]](route.path, (request: Request, response: Response, next: Step) => {
    const began = performance.now();
    response.once('close', () => parts.observe(route.path, response.statusCode, (performance.now() - began) / 1000));
    serve(request, response, route, parts)
      .catch((error) => {
        if (!(error instanceof GridTalkError)) parts.log.error({ error, path: route.path }, 'a request failed');
        if (!response.headersSent) sendFault(response, error);
      })
      .finally(() => next(false));
  });
}

async function serve(request: Request, response: Response, route: Route, parts: Parts): Promise<void> {
  const principal = await admit(request, route, parts);
  const body = await readBody(request, route);
  const url = new URL(request.url ?? '/', 'http://host');
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    params: (request.params ?? {}) as Record<string, string>,
    query: url.searchParams,
    headers: request.headers,
    body,
    raw: request as IncomingMessage,
    remoteAddress: request.socket.remoteAddress ?? '',
    principal,
  };
  send(response, await route.handle(call), parts);
}

/** Role, and for changes the token that only our own pages can know. @throws Unauthorized, Forbidden */
async function admit(request: Request, route: Route, parts: Parts): Promise<Principal | undefined> {
  if (route.audience === 'public') return undefined;
  const session = await parts.identity.authenticate(request.headers);
  if (!session) throw unauthorized('Nobody is signed in.', 'Sign in at /console/ and try again.');
  if (!parts.identity.allows(session.principal, route.audience as Exclude<Audience, 'public'>))
    throw forbidden(`${session.principal.user} may not do this.`, 'Ask an administrator for the role.');
  if (route.method !== 'GET' && !sameSecret(session.csrf, String(request.headers['x-csrf-token'] ?? '')))
    throw forbidden(
      'The x-csrf-token header is missing or old.',
      'Reload the page; scripts send `csrf` of their sign-in.',
    );
  return session.principal;
}

function send(response: Response, answer: Answer, { log }: Parts): void {
  if ('events' in answer) {
    openEvents(response, answer.events, log);
    return;
  }
  const json = 'json' in answer;
  response.writeHead(answer.status ?? 200, {
    ...securityHeaders,
    ...(json ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...answer.headers,
  });
  response.end(json ? JSON.stringify(answer.json) : answer.bytes);
}

/** A fault of ours says nothing about itself. */
function faultAnswer(error: unknown) {
  const { code, status, message, mend } = error instanceof GridTalkError ? error : fromLibrary(error);
  return { status, body: { error: { code, message: `${message} ${mend}`.trim() } } };
}

function sendFault(response: Response, error: unknown): void {
  const { status, body } = faultAnswer(error);
  response.writeHead(status, { ...securityHeaders, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function fromLibrary(error: unknown): GridTalkError {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 404) return notFound('There is nothing at this address.', 'The README says what is where.');
  if (status >= 400 && status < 500)
    return new GridTalkError(
      'BadRequest',
      status,
      'The request was not understood.',
      'Check method, address and headers.',
    );
  return new GridTalkError(
    'Internal',
    500,
    'Something went wrong on our side.',
    'Try again; if it stays, tell the operator.',
  );
}

function upgrader(upgrades: readonly Upgrade[]) {
  return (request: IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const door = upgrades.find(({ path }) => path.test(pathname));
    if (door) return door.handle(request, socket, head);
    socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  };
}

function listen(http: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

async function close(http: Server, { endpoints }: Parts, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await Promise.all(endpoints.map((each) => each.close?.()));
  endEvents();
  http.closeIdleConnections();
  const cut = setTimeout(() => http.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
