import type { Carrier } from '#delivery';
import type { Endpoints } from '#routes';
import type { Tx } from '#storage';
import type { WorkOrder } from '#wire';
import { noticeCarriers, releaseVisit } from './carry.ts';
import { lookAtOutages } from './outages.ts';
import { type Step, tellProgress } from './progress.ts';
import { keepReceipt, type Outcome } from './receipts.ts';
import { noticeRoutes } from './routes.ts';
import type { Tell, WechatWays } from './ways.ts';
import { openWorker, type WorkerParts } from './worker.ts';

export interface NoticeParts extends WorkerParts {
  tell: Tell;
  /** Absent where there is no Official Account. */
  wechat?: WechatWays;
}

/** Notices to many and to one: announcements, outages, progress of orders. One way for all of them. */
export interface Notices extends Endpoints {
  /** For the outbox. */
  carriers: Readonly<Record<string, Carrier>>;
  /** In the commit that changes an order. */
  orderChanged(tx: Tx, change: { order: WorkOrder; step: Step; outcome?: string; at: number }): Promise<void>;
  /** A customer has written: what waited for it is due. Answers whether there was any. */
  visited(customerId: string): Promise<boolean>;
  receipt(messageId: string, outcome: Outcome): Promise<void>;
  /** Looks at the outages that customers want to hear of, as it does by itself now and then. */
  lookAtOutages(): Promise<void>;
  /** Takes every notice as far as it goes without the outbox. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Parcels after which the worker looks whether there is room for more. */
const step = 50;

export function openNotices(parts: NoticeParts): Notices {
  const { storage, clock, settings, log, cluster } = parts;
  const worker = openWorker(parts);
  let carried = 0;
  const done = () => {
    carried += 1;
    if (carried % step === 0) worker.nudge();
  };

  async function look(): Promise<void> {
    await cluster.inTurn('notices.outages', () => lookAtOutages(parts));
    worker.nudge();
  }
  const { every } = settings.outages;
  // Of all replicas one looks.
  const lookIfFirst = async () => {
    if (await cluster.allow('notices.outages', 1, Math.max(1, Math.floor(every * 0.9)))) await look();
  };
  let looking: Promise<void> | undefined;
  const quietly = () => {
    looking ??= lookIfFirst()
      .catch((error) => log.error({ error }, 'outages could not be looked at'))
      .finally(() => {
        looking = undefined;
      });
  };
  const timer = setInterval(quietly, every * 1000);
  timer.unref();

  return {
    routes: noticeRoutes({ ...parts, nudge: worker.nudge }),
    carriers: noticeCarriers({ ...parts, done }),
    orderChanged: (tx, change) => tellProgress(tx, { texts: parts.texts(), translations: parts.translations }, change),
    visited: (customerId) => releaseVisit(storage, customerId, clock().getTime()),
    receipt: (messageId, outcome) => keepReceipt(storage, messageId, outcome, clock().getTime()),
    lookAtOutages: look,
    run: worker.run,
    async close() {
      clearInterval(timer);
      await looking;
      await worker.close();
    },
  };
}
