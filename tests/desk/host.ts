import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { forbidden, GridTalkError, notFound, unauthorized } from '#errors';
import { type Identity, sameSecret } from '#identity';
import type { Answer, Call, Endpoints, Route } from '#routes';

/** The policy that the console must live with: no inline script, no inline style, nothing from elsewhere. */
export const consolePolicy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

interface HostParts {
  identity: Identity;
  endpoints: readonly Endpoints[];
  /** Folder that is served under /console/. */
  consoleDir?: string;
}

/** server.ts in small: it mounts endpoints on node:http, so that the suites need nothing of the real one. */
export async function startHost({ identity, endpoints, consoleDir }: HostParts) {
  const routes = endpoints.flatMap((each) => each.routes);
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => fault(response, error));
  });

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (consoleDir && url.pathname.startsWith('/console/'))
      return serveFile(response, consoleDir, url.pathname.slice(9));
    const found = match(routes, request.method ?? 'GET', url.pathname);
    if (!found) throw notFound(`${request.method} ${url.pathname} is not here.`, 'See contract.md.');
    const call = await asCall(request, url, found.params, found.route);
    answer(response, await found.route.handle(await guarded(identity, found.route, call)));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Cuts what is open now, like a replica that dies; clients may come back. */
    cut: () => server.closeAllConnections(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function match(routes: readonly Route[], method: string, path: string) {
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const fits = route.method === method ? pattern.exec(path) : null;
    if (fits) return { route, params: { ...fits.groups } };
  }
  return undefined;
}

async function asCall(raw: IncomingMessage, url: URL, params: Record<string, string>, route: Route): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return {
    method: raw.method ?? 'GET',
    path: url.pathname,
    params,
    query: url.searchParams,
    headers: raw.headers,
    body: route.body === 'json' ? JSON.parse(bytes.toString()) : bytes,
    raw,
    remoteAddress: raw.socket.remoteAddress ?? '',
  };
}

async function guarded(identity: Identity, route: Route, call: Call): Promise<Call> {
  if (route.audience === 'public') return call;
  const who = await identity.authenticate(call.headers);
  if (!who) throw unauthorized('Nobody is signed in.', 'Sign in.');
  if (!identity.allows(who.principal, route.audience)) throw forbidden(`Needs ${route.audience}.`, 'Ask an admin.');
  if (call.method !== 'GET' && !sameSecret(String(call.headers['x-csrf-token'] ?? ''), who.csrf))
    throw forbidden('The CSRF token is wrong.', 'Send the csrf of the session.', 'CsrfTokenWrong');
  return { ...call, principal: who.principal };
}

function answer(response: ServerResponse, given: Answer) {
  if ('events' in given) return stream(response, given.events);
  const headers = { 'cache-control': 'no-store', ...given.headers };
  if ('json' in given) {
    response.writeHead(given.status ?? 200, { ...headers, 'content-type': 'application/json' });
    response.end(JSON.stringify(given.json));
  } else response.writeHead(given.status ?? 200, headers).end(given.bytes);
}

function stream(response: ServerResponse, open: Extract<Answer, { events: unknown }>['events']) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  response.on(
    'close',
    open((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
  );
}

function fault(response: ServerResponse, error: unknown) {
  const known =
    error instanceof GridTalkError ? error : new GridTalkError('Internal', 500, String(error), 'See the log.');
  answer(response, {
    status: known.status,
    json: { error: { code: known.code, message: known.message, mend: known.mend } },
  });
}

async function serveFile(response: ServerResponse, folder: string, path: string) {
  const name = normalize(`/${path || 'index.html'}`);
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  if (!bytes) throw notFound(`No ${name}.`, 'Build the console.');
  response.writeHead(200, {
    'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'content-security-policy': consolePolicy,
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}
