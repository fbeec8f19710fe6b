import { randomUUID } from 'node:crypto';
import type { Db, OutboxTable, Storage, Tx } from '#storage';

/** Something that must leave the process once the commit it is part of is on disk. */
export interface Parcel {
  /** Which carrier takes it, `backend.order`. */
  topic: string;
  /** Parcels with the same key leave in order; one that fails holds back only these. */
  orderingKey: string;
  payload: unknown;
  at: number;
}

export async function enqueue(tx: Tx, { topic, orderingKey, payload, at }: Parcel): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      id: `${at.toString(36)}-${randomUUID()}`,
      topic,
      ordering_key: orderingKey,
      payload: JSON.stringify(payload),
      attempts: 0,
      due_at: at,
      created_at: at,
      done_at: null,
      dead_at: null,
      last_error: null,
    })
    .execute();
}

/** Parcels whose time has come, oldest first. */
export function dueParcels(db: Db, now: number, limit: number): Promise<OutboxTable[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Takes the parcels for this process until `until`; those another replica took meanwhile are left out. */
export function lease(storage: Storage, parcels: OutboxTable[], until: number): Promise<OutboxTable[]> {
  return storage.commit(async (tx) => {
    const mine: OutboxTable[] = [];
    for (const parcel of parcels) {
      const result = await tx
        .updateTable('outbox')
        .set({ due_at: until, attempts: parcel.attempts + 1 })
        .where('id', '=', parcel.id)
        .where('attempts', '=', parcel.attempts)
        .executeTakeFirst();
      if (Number(result.numUpdatedRows) === 1) mine.push({ ...parcel, attempts: parcel.attempts + 1 });
    }
    return mine;
  });
}

export interface Outcome {
  id: string;
  done_at?: number;
  dead_at?: number;
  due_at?: number;
  last_error?: string;
}

export function settle(storage: Storage, outcomes: Outcome[]): Promise<void> {
  return storage.commit(async (tx) => {
    for (const { id, ...set } of outcomes) await tx.updateTable('outbox').set(set).where('id', '=', id).execute();
  });
}
