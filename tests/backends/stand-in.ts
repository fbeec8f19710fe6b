import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Backend } from '#backends';
import { answers, type Question } from './stand-in.answers.ts';

/** What ails the utility's system just now. */
export type Trouble =
  | 'none'
  | 'status 500'
  | 'status 503'
  | 'status 401'
  | 'reset'
  | 'silent'
  | 'trickle'
  | 'half'
  | 'nonsense'
  | 'page'
  | 'empty'
  | 'huge'
  | 'busy'
  | 'other account'
  | 'another row'
  | 'other shape';

export interface Seen extends Question {
  headers: IncomingMessage['headers'];
}

async function questionOf(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const { method = 'GET', headers } = request;
  return { method, url, headers, body: text ? JSON.parse(text) : {}, key: String(headers['idempotency-key'] ?? '') };
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const lie = (value: unknown, field: string, becomes: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => lie(each, field, becomes));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, its]) => [key, key === field ? becomes : lie(its, field, becomes)]),
  );
};

const another = '3301000000033';
type Good = { status: number; body: unknown };

const troubles: Record<Exclude<Trouble, 'none'>, (response: ServerResponse, good: Good) => void> = {
  'status 500': (response) => json(response, 500, { message: 'java.lang.NullPointerException' }),
  'status 503': (response) => response.writeHead(503).end('<html>503</html>'),
  'status 401': (response) => json(response, 401, { message: 'token expired' }),
  reset: (response) => response.socket?.resetAndDestroy(),
  silent: () => {},
  trickle: (response) => response.writeHead(200).write('{"code":'),
  half(response, { body }) {
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(text)) });
    response.write(text.slice(0, text.length >> 1), () => response.socket?.destroy());
  },
  nonsense: (response) => response.writeHead(200).end('{"code":"0000","data":{"consNo":"33010'),
  page: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>系统维护中</html>'),
  empty: (response) => response.writeHead(200).end(),
  huge: (response, { body }) => json(response, 200, { ...(body as object), padding: 'x'.repeat(3_000_000) }),
  busy: (response) => json(response, 200, { code: '9999', msg: '系统繁忙' }),
  'other account': (response, { status, body }) => json(response, status, lie(body, 'consNo', another)),
  'another row': (response, { status, body }) => json(response, status, lieInRows(body)),
  'other shape': (response, { status, body }) => json(response, status, { ...(body as object), data: { a: [1] } }),
};

function lieInRows(body: unknown): unknown {
  const { data, ...rest } = body as { data: Record<string, unknown> };
  const rows = Object.entries(data).map(([key, its]) => [key, Array.isArray(its) ? lie(its, 'consNo', another) : its]);
  return { ...rest, data: Object.fromEntries(rows) };
}

/**
 * A utility's gateway, as src/backends/http/example.yml describes it: it has the demo's data in its own shape, and it can be made to
 * fail, hang and lie. `times`: so often, then it is well again.
 */
export async function openStandIn(utility: Backend) {
  const state = { trouble: 'none' as Trouble, times: Number.POSITIVE_INFINITY };
  const seen: Seen[] = [];
  const done = new Set<string>();
  const server = createServer(async (request, response) => {
    response.on('error', () => {});
    const question = await questionOf(request);
    seen.push(question);
    const good = await answers(utility, question, done).catch((fault: Error) => ({ status: 500, body: fault.message }));
    const trouble = state.times > 0 ? state.trouble : 'none';
    state.times -= 1;
    if (trouble === 'none') json(response, good.status, good.body);
    else troubles[trouble](response, good);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway`,
    /** What was asked, oldest first. */
    seen,
    /** Idempotency keys of the writes that were done, once each. */
    done,
    suffer(trouble: Trouble, times = Number.POSITIVE_INFINITY) {
      Object.assign(state, { trouble, times });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type StandIn = Awaited<ReturnType<typeof openStandIn>>;
