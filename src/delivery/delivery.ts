import type { Log } from '#log';
import type { Storage } from '#storage';
import type { Carrier } from './carrier.ts';
import { forget } from './outbox.ts';
import { openTopic } from './topic.ts';

export interface Delivery {
  /** Something was put into the outbox: look now rather than at the next round. */
  nudge(): void;
  /** Delivers all that is due; resolves when nothing due is left. */
  runDue(): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  storage: Storage;
  clock: () => Date;
  carriers: Readonly<Record<string, Carrier>>;
  log: Log;
  /** Milliseconds between looks for parcels that a crash left behind or that wait for another try; 0: only when nudged. */
  every?: number;
}

const forgetEvery = 3_600_000;

export function openDelivery({ storage, clock, carriers, log, every = 2000 }: Parts): Delivery {
  // Each topic on its own: a slow system delays nobody else's parcels.
  const topics = Object.entries(carriers).map(([name, carrier]) => openTopic({ storage, clock, log, name, carrier }));
  const unread = (error: unknown) => log.error({ error }, 'the outbox could not be read');
  const nudge = () => {
    for (const topic of topics) topic.look().catch(unread);
  };
  const timers = every > 0 ? [setInterval(nudge, every), setInterval(tidy, forgetEvery)] : [];
  for (const timer of timers) timer.unref();
  function tidy(): void {
    forget(storage, clock().getTime()).catch((error) => log.warn({ error }, 'old parcels could not be forgotten'));
  }
  return {
    nudge,
    runDue: async () => void (await Promise.all(topics.map((topic) => topic.drain()))),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(topics.map((topic) => topic.stop()));
    },
  };
}
