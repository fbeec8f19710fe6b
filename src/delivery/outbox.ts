import { randomUUID } from 'node:crypto';
import { assignments, type Db, type OutboxTable, type Storage, sql, type Tx } from '#storage';
import type { Settling } from './carrier.ts';

/** Something that must leave the process once the commit it is part of is on disk. */
export interface Parcel {
  /** Which carrier takes it, `backend.order`. */
  topic: string;
  /** Parcels with the same key leave in order; one that fails holds back only these. */
  orderingKey: string;
  payload: unknown;
  at: number;
  /** Of its own, where it must be put in only once: a second one of this name changes nothing. */
  id?: string;
}

let numbered = 0;

/** Begins with the time, then counts: parcels of one commit sort as they were put in. */
function parcelId(at: number): string {
  numbered = (numbered + 1) % 36 ** 5;
  return `${at.toString(36)}-${numbered.toString(36).padStart(5, '0')}-${randomUUID()}`;
}

export async function enqueue(tx: Tx, { topic, orderingKey, payload, at, id }: Parcel): Promise<void> {
  // This, the lease and the settling run with every parcel: written out, they need not be put together each time.
  await sql`
    insert into outbox (id, topic, ordering_key, payload, attempts, due_at, created_at)
    values (${id ?? parcelId(at)}, ${topic}, ${orderingKey}, ${JSON.stringify(payload)}, 0, ${at}, ${at})
    on conflict do nothing`.execute(tx);
}

/** Parcels of a topic whose time has come, oldest first, without those that stand behind one that still waits. */
export function dueParcels(db: Db, topic: string, now: number, limit: number): Promise<OutboxTable[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('topic', '=', topic)
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('due_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as before')
            .select('before.id')
            .whereRef('before.ordering_key', '=', 'outbox.ordering_key')
            .where('before.done_at', 'is', null)
            .where('before.dead_at', 'is', null)
            // The plus keeps SQLite from walking all that waits, once for each parcel that is due: the key finds the few.
            .where(sql`+before.due_at`, '>', now)
            .where(({ or, and, eb, ref }) =>
              or([
                eb('before.created_at', '<', ref('outbox.created_at')),
                and([eb('before.created_at', '=', ref('outbox.created_at')), eb('before.id', '<', ref('outbox.id'))]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/**
 * Takes the parcels for this process until `until`. Those that another replica took meanwhile are left out, and with them
 * those behind them.
 */
export function lease(storage: Storage, parcels: OutboxTable[], until: number): Promise<OutboxTable[]> {
  return storage.commit(async (tx) => {
    const mine: OutboxTable[] = [];
    const taken = new Set<string>();
    for (const parcel of parcels) {
      if (taken.has(parcel.ordering_key)) continue;
      const result = await sql`
        update outbox set due_at = ${until}, attempts = ${parcel.attempts + 1}, last_error = null
        where id = ${parcel.id} and attempts = ${parcel.attempts} and due_at = ${parcel.due_at}`.execute(tx);
      if (Number(result.numAffectedRows) === 1) mine.push({ ...parcel, due_at: until, attempts: parcel.attempts + 1 });
      else taken.add(parcel.ordering_key);
    }
    return mine;
  });
}

/**
 * What a killed process had in hand is due now, instead of when its lease ends. Only where no other process can be at work: the embedded
 * database belongs to one. Call it before anything is delivered.
 */
export function takeBack(storage: Storage, now: number): Promise<unknown> {
  return storage.commit((tx) =>
    tx
      .updateTable('outbox')
      .set({ due_at: now })
      .where('done_at', 'is', null)
      .where('dead_at', 'is', null)
      .where('due_at', '>', now)
      .where('attempts', '>', 0)
      // What waits for another try says why.
      .where('last_error', 'is', null)
      .execute(),
  );
}

export interface Outcome {
  attempts?: number;
  done_at?: number;
  dead_at?: number;
  due_at?: number;
  last_error?: string;
}

/** Those that went together are settled together, with what the carrier has to write: a kill repeats all of them or none. */
export function settle(storage: Storage, ids: readonly string[], set: Outcome, settling?: Settling): Promise<void> {
  return storage.commit(async (tx) => {
    await sql`update outbox set ${assignments(set)} where id in (${sql.join(ids)})`.execute(tx);
    await settling?.(tx);
  });
}

const keptDays = 3;

/** Takes away what was carried long ago: it holds what customers were told. Dead letters stay until they are sent again. */
export async function forget(storage: Storage, now: number): Promise<void> {
  const before = now - keptDays * 86_400_000;
  await storage.commit((tx) => tx.deleteFrom('outbox').where('done_at', '<', before).execute());
}

/** Fewer parcels out of several that waited; those left over count as sent with the others. */
type Merge = (payloads: unknown[]) => unknown[];

const waitingFor = (db: Db, orderingKey: string, now: number) =>
  db
    .selectFrom('outbox')
    .select(['id', 'payload'])
    .where('ordering_key', '=', orderingKey)
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('due_at', '>', now)
    // Those in hand have none: they are left alone.
    .where('last_error', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** Parcels of this key that wait for another try are due now. Costs one look where nothing waits. */
export async function release(storage: Storage, orderingKey: string, now: number, merge: Merge): Promise<boolean> {
  if ((await waitingFor(storage.db, orderingKey, now)).length === 0) return false;
  await storage.commit(async (tx) => {
    const waiting = await waitingFor(tx, orderingKey, now);
    const merged = merge(waiting.map(({ payload }) => JSON.parse(payload)));
    for (const [index, { id }] of waiting.entries()) {
      const set =
        index < merged.length
          ? { payload: JSON.stringify(merged[index]), due_at: now }
          : { done_at: now, last_error: 'It was sent together with one before it.' };
      const result = await tx
        .updateTable('outbox')
        .set(set)
        .where('id', '=', id)
        .where('done_at', 'is', null)
        .where('last_error', 'is not', null)
        .executeTakeFirst();
      if (Number(result.numUpdatedRows) !== 1) throw new Error(`Parcel ${id} was taken meanwhile; nothing is merged.`);
    }
  });
  return true;
}

/** Nothing more leaves for this key; what waited is kept, with the reason. */
export async function giveUp(tx: Tx, orderingKey: string, reason: string, now: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ dead_at: now, last_error: reason })
    .where('ordering_key', '=', orderingKey)
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();
}
