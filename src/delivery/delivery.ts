import type { Log } from '#log';
import type { OutboxTable, Storage } from '#storage';
import { type Carrier, Later, type Settling, Undeliverable } from './carrier.ts';
import { dueParcels, lease, type Outcome, settle } from './outbox.ts';

export interface Delivery {
  /** Something was put into the outbox: look now rather than at the next round. */
  nudge(): void;
  /** Delivers all that is due; resolves when nothing due is left. */
  runDue(): Promise<void>;
  /** Parcels given up: a person must look. */
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

const leaseMs = 30_000;
/** No carrier may take longer; what can't be begun in time is left to whoever has the next lease. */
const longestCarry = 6000;
const batch = 100;
const maxAttempts = 12;

/** 1 s, 2 s, 4 s … up to an hour, each between half and whole, so that replicas don't knock together. */
const backOff = (attempts: number) =>
  Math.round(Math.min(2 ** (attempts - 1) * 1000, 3_600_000) * (0.5 + Math.random() / 2));

export function openDelivery({ storage, clock, carriers, log, every = 2000 }: Parts): Delivery {
  // Each topic on its own: a slow system delays nobody else's parcels.
  const topics = Object.entries(carriers).map(([topic, carrier]) =>
    runner((stopped) => round({ storage, clock, log, stopped }, topic, carrier)),
  );
  const runDue = async () => void (await Promise.all(topics.map((topic) => topic.run())));
  const quietly = () => void runDue().catch((error) => log.error({ error }, 'the outbox could not be read'));
  const timer = every > 0 ? setInterval(quietly, every) : undefined;
  timer?.unref();
  return {
    nudge: quietly,
    runDue,
    async close() {
      clearInterval(timer);
      await Promise.all(topics.map((topic) => topic.stop()));
    },
  };
}

/** Repeats `round` until it finds nothing; asked again while it runs, it looks once more. */
function runner(round: (stopped: () => boolean) => Promise<number>) {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  async function rounds(): Promise<void> {
    do {
      again = false;
      while (!stopped && (await round(() => stopped)) > 0);
    } while (again && !stopped);
  }
  return {
    run(): Promise<void> {
      again = true;
      running ??= rounds().finally(() => {
        running = undefined;
      });
      return running;
    },
    async stop() {
      stopped = true;
      await running?.catch(() => {});
    },
  };
}

interface Tools extends Pick<Parts, 'storage' | 'clock' | 'log'> {
  /** The process wants to end: what is not begun stays for the next. */
  stopped(): boolean;
}

async function round(tools: Tools, topic: string, carrier: Carrier): Promise<number> {
  const now = tools.clock().getTime();
  const due = await dueParcels(tools.storage.db, topic, now, batch);
  if (due.length === 0) return 0;
  const mine = await lease(tools.storage, due, now + leaseMs);
  const queues = carrier.alone ? [mine] : [...Map.groupBy(mine, (parcel) => parcel.ordering_key).values()];
  await Promise.all(queues.map((queue) => carryInOrder(tools, carrier, queue)));
  return mine.length;
}

/** Parcels one after another: when one fails, those of its key wait with it. */
async function carryInOrder(tools: Tools, carrier: Carrier, parcels: OutboxTable[]): Promise<void> {
  const held = new Map<string, number>();
  for (const parcel of parcels) {
    if (tools.stopped()) return;
    const until = held.get(parcel.ordering_key);
    // Too late to begin: the lease would be over, and another replica might begin as well.
    if (until === undefined && tools.clock().getTime() > parcel.due_at - longestCarry) return;
    const { settling, ...outcome }: Carried =
      until === undefined
        ? await carry(tools, carrier, parcel)
        : { id: parcel.id, due_at: until + 1, attempts: parcel.attempts - 1, last_error: 'One before it waits.' };
    if (outcome.due_at !== undefined) held.set(parcel.ordering_key, outcome.due_at);
    await settle(tools.storage, outcome, settling);
  }
}

type Carried = Outcome & { settling?: Settling };

async function carry({ clock, log }: Tools, carrier: Carrier, parcel: OutboxTable): Promise<Carried> {
  const { id, attempts } = parcel;
  try {
    const settling = (await carrier(JSON.parse(parcel.payload))) ?? undefined;
    return { id, done_at: clock().getTime(), settling };
  } catch (error) {
    const now = clock().getTime();
    const last_error = String(error).slice(0, 500);
    if (error instanceof Later) return { id, due_at: error.at, attempts: attempts - 1, last_error };
    // Without its key, which may name a customer.
    log.warn({ topic: parcel.topic, id, attempts, error }, 'delivery failed');
    if (error instanceof Undeliverable || attempts >= maxAttempts) return { id, dead_at: now, last_error };
    return { id, due_at: now + backOff(attempts), last_error };
  }
}
