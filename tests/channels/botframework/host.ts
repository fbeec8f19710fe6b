import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { demoBackend } from '#backends';
import { openBot } from '#bot';
import { openBotFramework } from '#channels';
import { openCluster } from '#cluster';
import { openDelivery } from '#delivery';
import { GridTalkError } from '#errors';
import { openLog } from '#log';
import type { Answer, Endpoints } from '#routes';
import { openStorage, type Storage } from '#storage';
import { readBody } from '../../../src/body.ts';
import { readShipped } from '../../../src/shipped.ts';
import { freshFolder } from '../../setup/index.ts';
import { appId, type Microsoft } from './microsoft.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

let read: ReturnType<typeof readShipped> | undefined;
/** The same for all hosts of a suite: it takes seconds to read, and nobody changes it. */
function shippedOnce() {
  read ??= readShipped(root);
  return read;
}

export type Host = Awaited<ReturnType<typeof openHost>>;

/** Our own calls carry this: a real secret can be tried only against Microsoft. */
const credentials = {
  isValidAppId: async (id: string) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    async signRequest<Request extends { headers: { set(name: string, value: string): void } }>(request: Request) {
      request.headers.set('authorization', 'Bearer ours');
      return request;
    },
  }),
};

/** The product's bot behind `/api/messages`, with Microsoft beside it. Parcels leave when nudged; `advance` moves the clock. */
export async function openHost(microsoft: Microsoft) {
  const folder = await freshFolder();
  let skew = 0;
  const clock = () => new Date(Date.now() + skew);
  const log = openLog('silent');
  const storage = await openStorage({ dataDir: folder.path });
  const cluster = await openCluster({});
  const { model, ...shipped } = await shippedOnce();
  const settings = { is: 'registered', appId, password: 'unused', cloud: 'public' } as const;
  const { endpoints } = microsoft;
  const parts = { settings, storage, clock, log, endpoints, credentials: credentials as never };
  const botFramework = await openBotFramework(parts);
  const delivery = openDelivery({ storage, clock, carriers: botFramework.carriers, log, every: 0 });
  const bot = openBot({
    ...{ ...shipped, storage, cluster, clock, log, backend: demoBackend(clock), classifier: () => model },
    ...{ announce: () => {}, deliver: delivery.nudge },
  });
  const channel = botFramework.channel({ bot, texts: () => shipped.texts, delivery });
  const server = createServer((request, response) => {
    void handle(channel, request).then((answer) => {
      if ('json' in answer) response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.json));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  return {
    url,
    storage: storage as Storage,
    delivery,
    bot,
    advance(milliseconds: number) {
      skew += milliseconds;
    },
    async post(body: unknown, token?: string) {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as { activities?: { text: string }[] } };
    },
    async close() {
      await delivery.close();
      server.closeAllConnections();
      server.close();
      await cluster.close();
      await storage.close();
      await folder.remove();
    },
  };
}

async function handle(channel: Endpoints, request: IncomingMessage): Promise<Answer> {
  const [route] = channel.routes;
  if (!route) throw new Error('the channel has no route');
  try {
    const url = new URL(request.url ?? '/', 'http://host');
    return await route.handle({
      ...{ method: 'POST', path: url.pathname, params: {}, query: url.searchParams, headers: request.headers },
      ...{ body: await readBody(request, route), raw: request, remoteAddress: request.socket.remoteAddress ?? '' },
    });
  } catch (fault) {
    const status = fault instanceof GridTalkError ? fault.status : 500;
    return { status, json: { error: String(fault) } };
  }
}
