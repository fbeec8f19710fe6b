import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bot, Receipt } from '#bot';
import { openWechat, type WechatApi, type WechatChannel } from '#channels';
import { type Cluster, openCluster } from '#cluster';
import { type Delivery, openDelivery } from '#delivery';
import { GridTalkError } from '#errors';
import { openLog } from '#log';
import type { Answer, Call } from '#routes';
import { openStorage, type Storage } from '#storage';
import type { Texts } from '#texts';
import { readBody } from '../../../src/body.ts';
import { openSimulator, type Simulator, type SimulatorOptions } from '../../../src/commands/simulator/index.ts';
import { freshFolder } from '../../setup/index.ts';
import { echoBot } from '../echo.bot.ts';

/** A bot that repeats what it hears once it may. */
export interface WaitingBot extends Bot {
  /** From now on turns wait; call the answer to let them go. */
  hold(): () => void;
  /** How often each message was really taken. */
  readonly turns: string[];
  /** Added to what it says. */
  extra: string;
  /** Titles below its replies. */
  buttons: string[];
  fault: Error | undefined;
}

/** One replica: the channel on a port of its own. */
export interface Replica {
  url: string;
  api: WechatApi;
  channel: WechatChannel;
  delivery: Delivery;
}

export interface Host {
  simulator: Simulator;
  storage: Storage;
  cluster: Cluster;
  bot: WaitingBot;
  replicas: [Replica, Replica];
  api: WechatApi;
  now(): number;
  /** Settles when the first replica has done what it does after its answers. */
  quiet(): Promise<void>;
  /** Moves the product's clock. */
  advance(milliseconds: number): void;
  /** Runs what is due on the first replica until nothing is. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const texts = { say: (_file: string, key: string) => key } as Texts;

function waitingBot(storage: Storage, cluster: Cluster): WaitingBot {
  const echo = echoBot(storage, cluster);
  const replies = new Map<string, Receipt>();
  let gate: Promise<void> = Promise.resolve();
  const bot: WaitingBot = {
    ...echo,
    extra: '',
    buttons: [],
    turns: [],
    fault: undefined,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = Promise.resolve();
        resolve();
      };
    },
    async receive(incoming) {
      await gate;
      if (bot.fault) throw bot.fault;
      const { buttons, extra } = bot;
      const receipt = await echo.receive(incoming);
      const key = `${incoming.activity.conversation?.id}|${incoming.dedupeKey}`;
      const before = replies.get(key);
      if (receipt.duplicate) return { ...receipt, replies: before?.replies ?? [] };
      const actions = buttons.map((title) => ({ type: 'imBack', title, value: title }));
      const said = receipt.replies.map((reply) => ({
        ...reply,
        text: `${reply.text}${extra}`,
        suggestedActions: { to: [], actions },
      }));
      bot.turns.push(incoming.activity.text ?? '');
      replies.set(key, { ...receipt, replies: said });
      return { ...receipt, replies: said };
    },
  };
  return bot;
}

/** Two replicas on one database, the simulator before the first; nothing runs by itself but the channel's own timers. */
export async function openHost(options: SimulatorOptions & { patience?: number } = {}): Promise<Host> {
  const { patience = 4000, ...rest } = options;
  const folder = await freshFolder();
  let skew = 0;
  const clock = () => new Date(Date.now() + skew);
  const log = openLog('silent');
  const simulator = await openSimulator({ between: 1, now: () => clock().getTime(), ...rest });
  const storage = await openStorage({ dataDir: folder.path });
  const cluster = await openCluster({});
  const bot = waitingBot(storage, cluster);
  const closing: (() => Promise<unknown>)[] = [];

  async function replica(): Promise<Replica> {
    const set = simulator.settings;
    const settings = {
      ...{ appId: set.WECHAT_APP_ID, secret: set.WECHAT_APP_SECRET, token: set.WECHAT_TOKEN },
      aesKey: 'WECHAT_AES_KEY' in set ? set.WECHAT_AES_KEY : undefined,
      apiBase: set.WECHAT_API_BASE,
    };
    const wechat = await openWechat({ settings, storage, cluster, clock, log });
    const delivery = openDelivery({ storage, clock, carriers: wechat.carriers, log, every: 0 });
    const channel = wechat.channel({ bot, texts: () => texts, delivery, patience });
    const server = createServer((request, response) => void serve(channel, request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      await channel.close();
      await delivery.close();
      server.closeAllConnections();
      server.close();
    });
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat`,
      api: wechat.api,
      channel,
      delivery,
    };
  }

  const replicas: [Replica, Replica] = [await replica(), await replica()];
  simulator.aim(replicas[0].url);
  return {
    ...{ simulator, storage, cluster, bot, replicas, api: replicas[0].api },
    now: () => clock().getTime(),
    quiet: () => replicas[0].channel.quiet(),
    advance(milliseconds) {
      skew += milliseconds;
    },
    async settle() {
      await replicas[0].channel.takeUp();
      await replicas[0].delivery.runDue();
    },
    async close() {
      for (const close of closing) await close();
      await simulator.close();
      await cluster.close();
      await storage.close();
      await folder.remove();
    },
  };
}

async function serve(channel: WechatChannel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await handle(channel, request).catch((fault): Answer => {
    const status = fault instanceof GridTalkError ? fault.status : 500;
    return { status, json: { error: String(fault) } };
  });
  if ('events' in answer) return;
  const body = 'json' in answer ? JSON.stringify(answer.json) : answer.bytes;
  response.writeHead(answer.status ?? 200, answer.headers).end(body);
}

async function handle(channel: WechatChannel, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://host');
  const route = channel.routes.find(({ method }) => method === request.method);
  if (!route) return { status: 405, json: {} };
  const call: Call = {
    ...{ method: route.method, path: url.pathname, params: {}, query: url.searchParams, headers: request.headers },
    ...{ body: await readBody(request, route), raw: request, remoteAddress: '127.0.0.1' },
  };
  return route.handle(call);
}
