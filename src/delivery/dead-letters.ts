import { randomUUID } from 'node:crypto';
import { badRequest } from '#errors';
import { mask } from '#log';
import type { Db, OutboxTable, Tx } from '#storage';
import type { DeadLetter, DeadLetterPage, Resent } from '#wire';

const page = 50;
const shownResends = 100;

/** The key of parcels about an order is its number; other keys may name a customer and are nobody's business. */
const orderIn = (key: string) => /(?:^|:)(\d{20})$/.exec(key)?.[1];

const iso = (at: number) => new Date(at).toISOString();

const present = (row: OutboxTable): DeadLetter => ({
  id: row.id,
  topic: row.topic,
  order: orderIn(row.ordering_key),
  attempts: row.attempts,
  createdAt: iso(row.created_at),
  deadAt: iso(row.dead_at ?? 0),
  reason: mask(row.last_error ?? ''),
});

function readCursor(cursor: string): { at: number; id: string } {
  const match = /^(\d{1,16})~(.{1,200})$/.exec(cursor);
  if (!match) throw badRequest('The cursor is not one of ours.', 'Pass `next` of the page before, unchanged.');
  return { at: Number(match[1]), id: match[2] as string };
}

export async function listDead(db: Db, cursor: string | null): Promise<DeadLetterPage> {
  const dead = db.selectFrom('outbox').where('dead_at', 'is not', null);
  let rows = dead.selectAll();
  if (cursor) {
    const { at, id } = readCursor(cursor);
    rows = rows.where(({ eb, or, and }) =>
      or([eb('dead_at', '<', at), and([eb('dead_at', '=', at), eb('id', '<', id)])]),
    );
  }
  const found = await rows
    .orderBy('dead_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page + 1)
    .execute();
  const { total } = await dead.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const shown = found.slice(0, page);
  const last = shown.at(-1);
  const next = found.length > page && last ? `${last.dead_at}~${last.id}` : null;
  return { items: shown.map(present), next, total: Number(total) };
}

/** From the beginning, as if it had just been put in; in the log stands who wanted it. One that is no longer dead is left alone. */
export async function resend(tx: Tx, ids: readonly string[], by: string, now: number): Promise<number> {
  let resent = 0;
  for (const id of new Set(ids)) {
    const row = await tx
      .selectFrom('outbox')
      .selectAll()
      .where('id', '=', id)
      .where('dead_at', 'is not', null)
      .executeTakeFirst();
    const result = row && (await revive(tx, id, now));
    if (!result) continue;
    const { topic, last_error } = row;
    const facts = { id: randomUUID(), at: now, staff_name: by, parcel_id: id };
    await tx
      .insertInto('resend')
      .values({ ...facts, topic, reason: last_error ?? '' })
      .execute();
    resent += 1;
  }
  return resent;
}

async function revive(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('outbox')
    .set({ dead_at: null, attempts: 0, due_at: now, last_error: null })
    .where('id', '=', id)
    .where('dead_at', 'is not', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

export async function listResends(db: Db): Promise<Resent[]> {
  const rows = await db
    .selectFrom('resend')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(shownResends)
    .execute();
  return rows.map(({ id, at, staff_name, topic, reason }) => ({
    ...{ id, at: iso(at), by: staff_name, topic },
    reason: mask(reason),
  }));
}
