import type { Log } from '#log';
import type { OutboxTable, Storage } from '#storage';
import { type Carrier, Later, type Settling, Undeliverable } from './carrier.ts';
import { type Outcome, settle } from './outbox.ts';

/** No carrier may take longer; what can't be begun in time is left to whoever has the next lease. */
const longestCarry = 6000;
const maxAttempts = 12;

/** 1 s, 2 s, 4 s … up to an hour, each between half and whole, so that replicas don't knock together. */
const backOff = (attempts: number) =>
  Math.round(Math.min(2 ** (attempts - 1) * 1000, 3_600_000) * (0.5 + Math.random() / 2));

export interface Desk {
  storage: Storage;
  clock: () => Date;
  log: Log;
  carrier: Carrier;
  /** The process wants to end: what is not begun stays for the next. */
  stopped(): boolean;
}

/** Parcels one after another: when one fails, those of its key wait with it. */
export async function carryInOrder(desk: Desk, parcels: OutboxTable[]): Promise<void> {
  const held = new Map<string, number>();
  for (let left = parcels; left.length > 0; ) {
    const [parcel, ...rest] = left as [OutboxTable, ...OutboxTable[]];
    left = rest;
    if (desk.stopped()) return;
    const until = held.get(parcel.ordering_key);
    if (until !== undefined) {
      const wait = { due_at: until + 1, attempts: parcel.attempts - 1, last_error: 'One before it waits.' };
      await settle(desk.storage, [parcel.id], wait);
      continue;
    }
    // Too late to begin: the lease would be over, and another replica might begin as well.
    if (desk.clock().getTime() > parcel.due_at - longestCarry) return;
    const behind = rest.filter(({ ordering_key }) => ordering_key === parcel.ordering_key);
    const { outcome, along = 0, settling } = await carry(desk, parcel, behind);
    if (outcome.due_at !== undefined) held.set(parcel.ordering_key, outcome.due_at);
    const carried = [parcel, ...behind.slice(0, along)];
    await settle(
      desk.storage,
      carried.map(({ id }) => id),
      outcome,
      settling,
    );
    left = rest.filter((each) => !carried.includes(each));
  }
}

interface Done {
  outcome: Outcome;
  along?: number;
  settling?: Settling;
}

async function carry(desk: Desk, parcel: OutboxTable, behind: OutboxTable[]): Promise<Done> {
  try {
    const [payload, ...others] = [parcel, ...behind].map(read);
    const carried = await desk.carrier(payload, others);
    const outcome = { done_at: desk.clock().getTime() };
    return typeof carried === 'function' ? { outcome, settling: carried } : { outcome, along: carried ?? 0 };
  } catch (error) {
    return { outcome: afterFault(desk, parcel, error) };
  }
}

function read({ payload }: OutboxTable): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new Undeliverable('What it holds can’t be read.');
  }
}

function afterFault({ clock, log }: Desk, { id, topic, attempts }: OutboxTable, error: unknown): Outcome {
  const now = clock().getTime();
  const known = error instanceof Later || error instanceof Undeliverable;
  const last_error = (known ? error.message : String(error)).slice(0, 500);
  if (error instanceof Later) return { due_at: error.at, attempts: attempts - 1, last_error };
  // Without its key, which may name a customer.
  log.warn({ topic, id, attempts, error }, 'delivery failed');
  if (error instanceof Undeliverable || attempts >= maxAttempts) return { dead_at: now, last_error };
  return { due_at: now + backOff(attempts), last_error };
}
