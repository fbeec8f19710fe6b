import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Bot, openBot } from '#bot';
import { openBotFramework, openWechat, openWecom, webChannel } from '#channels';
import { openCluster } from '#cluster';
import type { Config } from '#config';
import { deadLetters, openDelivery, takeBack } from '#delivery';
import { desk } from '#desk';
import { openIdentity } from '#identity';
import type { Log } from '#log';
import { openNotices, readNoticeSettings } from '#notices';
import { openStorage, type Storage } from '#storage';
import { openStudio } from '#studio';
import { type WorkOrder, workOrdersTopic } from '#wire';
import { dueTopic, newsTopic, openWorkOrders, overdueCarrier } from '#workorders';
import { operations } from './operations.ts';
import { pages } from './pages.ts';
import { openServer } from './server.ts';
import { backendFrom, carriersTo, gazetteerOf, readShipped } from './shipped.ts';
import { engineOf } from './understanding.ts';

export interface App {
  bot: Bot;
  /** There only at the very first start: print it. */
  firstPassword?: string;
  listen(): Promise<number>;
  /** Finishes turns, closes streams, lets go of the database. */
  close(): Promise<void>;
}

/** Puts the rooms together. `main.ts` runs it as a process; tests run it as it is. */
export async function openApp(root: string, config: Config, log: Log, clock = () => new Date()): Promise<App> {
  const storage = await openStorage(
    config.databaseUrl ? { databaseUrl: config.databaseUrl } : { dataDir: config.dataDir },
  );
  const cluster = await openCluster({ redisUrl: config.redisUrl });
  const shipped = await readShipped(root);
  const { intents, texts, dialogs, model, translations } = shipped;
  const backend = backendFrom(config, clock, log);
  const gazetteer = await gazetteerOf(backend, log);
  const wechat = config.wechat && (await openWechat({ settings: config.wechat, storage, cluster, clock, log }));
  const { botFramework: settings } = config;
  const botFramework = settings && (await openBotFramework({ settings, storage, clock, log }));
  const notices = openNotices({
    ...{ storage, cluster, backend, translations, clock, log, settings: readNoticeSettings(config.notices) },
    ...{ texts: () => parts.texts, wechat: wechat?.notices },
    tell: (said) => bot.notify(said),
    nudge: () => delivery.nudge(),
  });
  const ops = operations({ storage, sockets: () => web.sockets });
  const announce = (event: 'created' | 'changed', order: WorkOrder) => {
    if (event === 'created') ops.orderFiled(order.type);
    cluster.publish(workOrdersTopic, { event, order });
  };
  const studio = await openStudio({
    ...{ storage, cluster, clock, log, dialogs, gazetteer, engine: engineOf(root), cache: join(root, 'dist') },
    shipped: { lines: { folder: join(root, 'intents') }, intents, texts, model, modelFile: shipped.modelFile },
  });
  const news = {
    texts: () => studio.current.texts,
    nameOf: (intent: string) => studio.current.intents.get(intent)?.name ?? intent,
  };
  const carriers = {
    ...{ ...carriersTo(backend), ...wechat?.carriers, ...botFramework?.carriers, ...notices.carriers },
    [dueTopic]: overdueCarrier({ storage, clock, announce }),
    ...(config.wecom ? openWecom({ settings: config.wecom, storage, clock, log, ...news }) : { [newsTopic]: unheard }),
  };
  if (storage.kind === 'sqlite') await takeBack(storage, clock().getTime());
  const delivery = openDelivery({ storage, clock, carriers, log });
  const parts = {
    storage,
    cluster,
    backend,
    dialogs,
    translations,
    gazetteer,
    // What the studio has published last, so that the very next message meets it.
    get intents() {
      return studio.current.intents;
    },
    get texts() {
      return studio.current.texts;
    },
    classifier: () => studio.current.model,
    clock,
    log,
    announce,
    deliver: delivery.nudge,
  };
  const bot = openBot(parts);
  const { identity, firstPassword } = await openIdentity({
    storage,
    cluster,
    clock,
    adminPassword: config.adminPassword,
  });
  const secret = await secrets(storage, config.directLineSecret);
  const origins = config.origins.length > 0 ? config.origins : undefined;
  const web = webChannel({ bot, storage, cluster, secret, clock, origins, log });
  const told = { bot, texts: () => parts.texts, delivery };
  const others = [wechat?.channel({ ...told, notices }), botFramework?.channel(told)].filter(
    (each) => each !== undefined,
  );
  const workorders = openWorkOrders({ storage, clock, announce, progress: notices.orderChanged });
  const server = openServer({
    endpoints: [
      ...[ops, web, identity, desk({ storage, cluster, workorders, log }), studio, notices, pages(join(root, 'dist'))],
      ...[...others, deadLetters({ storage, clock, delivery })],
    ],
    identity,
    log,
    origins: config.origins,
    observe: ops.observe,
  });
  return {
    bot,
    firstPassword,
    listen: () => server.listen(config.port, config.host),
    async close() {
      ops.drain();
      await server.close();
      await notices.close();
      await delivery.close();
      await cluster.close();
      await storage.close();
    },
  };
}

/** Nobody listens to news of orders: they count as told. */
const unheard = async () => {};

/** Made at the first start and kept in the database, so that tokens outlive a restart and every replica knows them. */
async function secrets(storage: Storage, directLine?: string) {
  const kept = async (name: string) => {
    await storage.commit((tx) =>
      tx
        .insertInto('setting')
        .values({ name, value: randomBytes(32).toString('base64url') })
        .onConflict((clash) => clash.doNothing())
        .execute(),
    );
    return (await storage.db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirstOrThrow())
      .value;
  };
  const signing = Buffer.from(await kept('directline.signing'), 'base64url');
  return { signing, directLine: directLine ?? (await kept('directline.secret')) };
}
