import type { IncomingMessage } from 'node:http';
import type { Identity } from '#identity';
import type { Answer, Call } from '#routes';
import { match } from '../desk/host.ts';

interface Asked {
  body?: unknown;
  cookie?: string;
  headers?: Record<string, string>;
  address?: string;
}

/** Calls a route as the server would, without a socket; the guards of the server are not asked. */
export async function ask(identity: Pick<Identity, 'routes'>, method: string, path: string, asked: Asked = {}) {
  const url = new URL(path, 'http://localhost');
  const found = match(identity.routes, method, url.pathname);
  if (!found) throw new Error(`no route ${method} ${path}`);
  const call: Call = {
    method,
    path: url.pathname,
    params: found.params,
    query: url.searchParams,
    headers: { ...asked.headers, ...(asked.cookie ? { cookie: asked.cookie } : {}) },
    body: asked.body,
    raw: { socket: {} } as IncomingMessage,
    remoteAddress: asked.address ?? '192.0.2.1',
  };
  return (await found.route.handle(call)) as Exclude<Answer, { events: unknown } | { bytes: unknown }>;
}

export const cookieOf = (answer: { headers?: Record<string, string> }) =>
  (answer.headers?.['set-cookie'] ?? '').split(';')[0] ?? '';
