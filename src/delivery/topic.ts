import type { Log } from '#log';
import type { OutboxTable, Storage } from '#storage';
import type { Carrier } from './carrier.ts';
import { carryInOrder, type Desk } from './carry.ts';
import { dueParcels, lease } from './outbox.ts';

const leaseMs = 30_000;
const batch = 100;
/** Keys that are carried at the same time; more wait until one is done. */
const mostInHand = 100;

interface Parts {
  storage: Storage;
  clock: () => Date;
  log: Log;
  name: string;
  carrier: Carrier;
}

/** One topic's parcels. Each key is carried by itself, and nobody waits for another's: a slow one holds up only its own. */
export function openTopic({ storage, clock, log, name, carrier }: Parts) {
  const inHand = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;
  let again = false;
  let begun = 0;
  /** Something was put in while others were on their way: it may stand behind one of them. */
  let behind = false;
  let stopped = false;
  const desk: Desk = { storage, clock, log, carrier, stopped: () => stopped };

  function begin(parcels: OutboxTable[]): void {
    begun += parcels.length;
    const task: Promise<void> = carryInOrder(desk, parcels)
      .catch((error) => log.error({ error, topic: name }, 'the outbox could not be written; the parcels come again'))
      .finally(() => {
        inHand.delete(task);
        if (behind) quietly();
        behind &&= inHand.size > 0;
      });
    inHand.add(task);
  }

  /** Takes what is due; answers how many that were. */
  async function round(): Promise<number> {
    if (inHand.size >= mostInHand) await Promise.race(inHand);
    const now = clock().getTime();
    const due = await dueParcels(storage.db, name, now, batch);
    if (due.length === 0) return 0;
    const mine = await lease(storage, due, now + leaseMs);
    const queues = carrier.alone ? [mine] : [...Map.groupBy(mine, (parcel) => parcel.ordering_key).values()];
    for (const queue of queues) begin(queue);
    if (carrier.alone) await Promise.all(inHand);
    behind ||= due.length === batch;
    return mine.length;
  }

  async function rounds(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        while (!stopped && (await round()) > 0);
      }
    } finally {
      // Here and not in a `finally` of the promise: who asks in between would be told that it is being looked after.
      looking = undefined;
    }
  }

  function look(): Promise<void> {
    again = true;
    behind ||= inHand.size > 0;
    looking ??= rounds();
    return looking;
  }
  const quietly = () => void look().catch((error) => log.error({ error }, 'the outbox could not be read'));

  return {
    /** Begins all that is due and not yet begun. */
    look,
    /** The same, and waits until nothing due is left. */
    async drain(): Promise<void> {
      let before: number;
      do {
        // What they held back is due once they are done.
        await Promise.all(inHand);
        before = begun;
        await look();
      } while (begun > before && !stopped);
    },
    /** What is not begun stays for the next. */
    async stop(): Promise<void> {
      stopped = true;
      await looking?.catch(() => {});
      await Promise.all(inHand);
    },
  };
}
