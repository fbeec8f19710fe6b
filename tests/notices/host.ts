import { fileURLToPath } from 'node:url';
import { type Backend, demoBackend, type Outage } from '#backends';
import { type Bot, openBot } from '#bot';
import { openWechat } from '#channels';
import { openCluster } from '#cluster';
import { type Delivery, openDelivery } from '#delivery';
import { desk } from '#desk';
import { openIdentity } from '#identity';
import { openLog } from '#log';
import { type NoticeSettings, type Notices, openNotices, readNoticeSettings } from '#notices';
import { openStorage, type Storage } from '#storage';
import { readTexts, readTranslations } from '#texts';
import type { NoticeDetail } from '#wire';
import { openWorkOrders, type WorkOrders } from '#workorders';
import { conversationOf } from '../../src/channels/wechat/incoming.ts';
import { openSimulator, type Simulator, simulatedAccount } from '../../src/commands/simulator/index.ts';
import { echoBot } from '../channels/echo.bot.ts';
import { startHost } from '../desk/host.ts';
import { freshFolder } from '../setup/index.ts';
import { type Admin, secondAdmin, signIn } from './admins.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A house with notices, the demonstration's utility and WeChat's servers; its clock stands until it is moved. */
export interface House {
  url: string;
  storage: Storage;
  notices: Notices;
  delivery: Delivery;
  workorders: WorkOrders;
  simulator: Simulator;
  bot: Bot;
  author: Admin;
  approver: Admin;
  now(): number;
  advance(milliseconds: number): void;
  moveTo(iso: string): void;
  follower(openid: string, accounts?: readonly string[]): Promise<string>;
  visitor(id: string, accounts?: readonly string[], language?: string): Promise<string>;
  wish(
    customerId: string,
    conversationId: string,
    topic: string,
    accountNumber?: string,
    since?: string,
    place?: object,
  ): Promise<void>;
  /** What the utility knows of outages where accounts are; undefined: what the demonstration says. */
  outages?: Outage[];
  /** Everything that is due, until nothing is. */
  settle(): Promise<void>;
  /** Through both hands, then out. */
  send(content: unknown): Promise<NoticeDetail>;
  look(id: string): Promise<NoticeDetail>;
  /** How many receivers stand where. */
  by(id: string): Promise<Record<string, number>>;
  /** As new, but for who is signed in: making a password's hash takes long on purpose. */
  reset(settings?: Partial<NoticeSettings>): Promise<void>;
  close(): Promise<void>;
}

const start = Date.parse('2026-11-24T10:00:00+08:00');
/** What one test leaves to the next if it is not taken away. */
const tables = [
  ...[
    'conversation',
    'activity',
    'binding',
    'subscription',
    'outbox',
    'wechat_contact',
    'work_order',
    'work_order_event',
  ],
  ...['notice', 'notice_receiver', 'notice_receipt', 'notice_event', 'notice_opt_out', 'outage_stage'],
] as const;

interface Options {
  /** A built console to be served, too. */
  consoleDir?: string;
  /** PostgreSQL instead of the embedded database. */
  databaseUrl?: string;
}

export async function openHouse({ consoleDir, databaseUrl }: Options = {}): Promise<House> {
  const folder = await freshFolder();
  let at = start;
  const settings = readNoticeSettings();
  const shipped = { ...settings };
  const clock = () => new Date(at);
  const log = openLog('silent');
  const storage = await openStorage(databaseUrl ? { databaseUrl } : { dataDir: folder.path });
  const cluster = await openCluster({});
  const demo = demoBackend(clock);
  const backend: Backend = {
    ...demo,
    outages: {
      at: async (place) =>
        house.outages ? { asOf: clock().toISOString(), outages: house.outages } : demo.outages.at(place),
    },
  };
  const texts = readTexts(`${root}/locales/zh-CN`);
  const translations = readTranslations(`${root}/locales`);
  const simulator = await openSimulator({ between: 1, now: () => at });
  const set = simulator.settings;
  const wechat = await openWechat({
    settings: {
      ...{ appId: set.WECHAT_APP_ID, secret: set.WECHAT_APP_SECRET, token: set.WECHAT_TOKEN },
      ...{ aesKey: 'WECHAT_AES_KEY' in set ? set.WECHAT_AES_KEY : undefined, apiBase: set.WECHAT_API_BASE },
    },
    ...{ storage, cluster, clock, log },
  });
  const notices = openNotices({
    ...{ storage, cluster, backend, translations, clock, log, wechat: wechat.notices },
    settings,
    texts: () => texts,
    tell: (said) => bot.notify(said),
    nudge: () => {},
  });
  const delivery = openDelivery({
    storage,
    clock,
    carriers: { ...wechat.carriers, ...notices.carriers },
    log,
    every: 0,
  });
  const nobody = () => {
    throw new Error('nothing is understood here');
  };
  const bot = openBot({
    ...{ storage, cluster, backend, texts, translations, clock, log },
    ...{ dialogs: new Map(), intents: new Map(), classifier: nobody, announce() {}, deliver() {} },
  });
  const echo = echoBot(storage, cluster);
  /** Hears what followers say at the time that the house's clock shows. */
  const listener: Bot = {
    ...echo,
    async receive(incoming) {
      const receipt = await echo.receive(incoming);
      const id = String(incoming.activity.conversation?.id);
      await storage.commit(async (tx) => {
        await tx.updateTable('activity').set({ created_at: at }).where('conversation_id', '=', id).execute();
        await tx.updateTable('conversation').set({ updated_at: at }).where('id', '=', id).execute();
      });
      return receipt;
    },
  };
  const workorders = openWorkOrders({ storage, clock, announce() {}, progress: notices.orderChanged });
  const channel = wechat.channel({ bot: listener, texts: () => texts, delivery, notices });
  const password = 'correct horse battery';
  const { identity } = await openIdentity({ storage, cluster, clock, adminPassword: password });
  const endpoints = [identity, notices, channel, desk({ storage, cluster, workorders, log })];
  const host = await startHost({ identity, endpoints, consoleDir });
  simulator.aim(`${host.url}/wechat`);
  const author = await signIn(host.url, 'admin', password);
  const approver = await secondAdmin(host.url, author);
  const house: House = {
    ...{ url: host.url, storage, notices, delivery, workorders, simulator, bot, author, approver, now: () => at },
    advance(milliseconds) {
      at += milliseconds;
    },
    moveTo(iso) {
      at = Date.parse(iso);
    },
    async follower(openid, accounts = []) {
      simulator.followers.of(openid);
      const id = conversationOf(simulatedAccount.appId, openid);
      await bot.open({ id, channel: 'wechat', customerId: openid, accounts });
      return id;
    },
    async visitor(customerId, accounts = [], language = 'zh-CN') {
      const id = `web-${customerId}`;
      await bot.open({ id, channel: 'web', customerId, accounts });
      const state = JSON.stringify({ language });
      await storage.commit((tx) => tx.updateTable('conversation').set({ state }).where('id', '=', id).execute());
      return id;
    },
    async wish(customer_id, conversation_id, topic, account_number = '', since = clock().toISOString(), where = {}) {
      const place = account_number || topic !== 'outage' ? '' : JSON.stringify(where);
      const wanted = { customer_id, conversation_id, topic, account_number, place };
      const row = { ...wanted, id: `${customer_id} ${topic}`, created_at: Date.parse(since) };
      await storage.commit((tx) => tx.insertInto('subscription').values(row).execute());
    },
    async settle() {
      for (let before = -1, now = 0; before !== now; ) {
        before = now;
        await notices.run();
        await delivery.runDue();
        await simulator.told();
        await channel.quiet();
        const done = await storage.db.selectFrom('outbox').select('id').where('done_at', 'is not', null).execute();
        now = done.length;
      }
      await notices.run();
    },
    async send(content) {
      const made = await author.call<NoticeDetail>('POST', '/api/notices', content);
      await notices.run();
      const path = `/api/notices/${made.notice.id}`;
      const { notice } = await author.call<NoticeDetail>('POST', `${path}/submit`, { version: made.notice.version });
      await approver.call('POST', `${path}/approve`, { version: notice.version });
      await house.settle();
      return house.look(made.notice.id);
    },
    look: (id) => author.call<NoticeDetail>('GET', `/api/notices/${encodeURIComponent(id)}`),
    async by(id) {
      const rows = await storage.db.selectFrom('notice_receiver').select('status').where('notice', '=', id).execute();
      const grouped = Map.groupBy(rows, ({ status }) => status);
      return Object.fromEntries([...grouped].map(([status, all]) => [status, all.length]));
    },
    async reset(own = {}) {
      at = start;
      house.outages = undefined;
      Object.assign(settings, shipped, own);
      (simulator.sent as unknown[]).length = 0;
      await storage.commit(async (tx) => {
        for (const table of tables) await tx.deleteFrom(table).execute();
      });
    },
    async close() {
      await host.close();
      await channel.close();
      await notices.close();
      await delivery.close();
      await simulator.close();
      await cluster.close();
      await storage.close();
      await folder.remove();
    },
  };
  return house;
}
