import type { Log } from '#log';
import type { OutboxTable, Storage } from '#storage';
import { dueParcels, lease, type Outcome, settle } from './outbox.ts';

/** Carries one parcel out. Rejecting means «try again later»; the same parcel may come twice after a crash. */
export type Carrier = (payload: unknown) => Promise<void>;

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
const batch = 100;
const maxAttempts = 12;

/** 1 s, 2 s, 4 s … up to an hour, each between half and whole, so that replicas don't knock together. */
const backOff = (attempts: number) =>
  Math.round(Math.min(2 ** (attempts - 1) * 1000, 3_600_000) * (0.5 + Math.random() / 2));

export function openDelivery({ storage, clock, carriers, log, every = 2000 }: Parts): Delivery {
  let running: Promise<void> | undefined;
  let again = false;

  async function carry(parcel: OutboxTable): Promise<Outcome> {
    const now = clock().getTime();
    try {
      const carrier = carriers[parcel.topic];
      if (!carrier) throw new Error(`No carrier for ${parcel.topic}; the settings of this replica lack its adapter.`);
      await carrier(JSON.parse(parcel.payload));
      return { id: parcel.id, done_at: now };
    } catch (error) {
      const last_error = String(error).slice(0, 500);
      log.warn({ topic: parcel.topic, key: parcel.ordering_key, attempts: parcel.attempts, error }, 'delivery failed');
      if (parcel.attempts >= maxAttempts) return { id: parcel.id, dead_at: now, last_error };
      return { id: parcel.id, due_at: now + backOff(parcel.attempts), last_error };
    }
  }

  /** Parcels of one key one after another: when one fails, those behind it wait with it. */
  async function carryInOrder(parcels: OutboxTable[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const parcel of parcels) {
      const failed = outcomes.find((outcome) => outcome.due_at !== undefined);
      outcomes.push(failed ? { id: parcel.id, due_at: (failed.due_at ?? 0) + 1 } : await carry(parcel));
    }
    return outcomes;
  }

  async function round(): Promise<number> {
    const now = clock().getTime();
    const due = await dueParcels(storage.db, now, batch);
    if (due.length === 0) return 0;
    const mine = await lease(storage, due, now + leaseMs);
    const byKey = Map.groupBy(mine, (parcel) => parcel.ordering_key);
    const outcomes = await Promise.all([...byKey.values()].map(carryInOrder));
    if (mine.length > 0) await settle(storage, outcomes.flat());
    return mine.length;
  }

  async function run(): Promise<void> {
    do {
      again = false;
      while ((await round()) > 0);
    } while (again);
  }

  function runDue(): Promise<void> {
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  const quietly = () => void runDue().catch((error) => log.error({ error }, 'the outbox could not be read'));
  const timer = every > 0 ? setInterval(quietly, every) : undefined;
  timer?.unref();
  return {
    nudge: quietly,
    runDue,
    async close() {
      clearInterval(timer);
      await running?.catch(() => {});
    },
  };
}
