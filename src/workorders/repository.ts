import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '#storage';
import type { WorkOrder, WorkOrderEvent } from '#wire';
import { putDue, putNews } from './news.ts';
import { type DraftOrder, openKeyOf } from './order.ts';
import { detailsOf, fromRow, toRow } from './rows.ts';

const openStatuses: readonly WorkOrder['status'][] = ['accepted', 'claimed'];

/** Somebody still has to act on it. */
export const isOpen = ({ status }: Pick<WorkOrder, 'status'>): boolean => openStatuses.includes(status);

let lastEvent = 0;

/** Sorts as it was made, also within a millisecond of one process. */
function eventId(at: number): string {
  lastEvent = (lastEvent + 1) % 1_000_000;
  return `${String(at).padStart(15, '0')}-${String(lastEvent).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
}

/** Appends to the log of an order; the log is never changed. */
export async function appendEvent(tx: Tx, number: string, at: number, actor: string, kind: string, data: object = {}) {
  await tx
    .insertInto('work_order_event')
    .values({ id: eventId(at), number, at, actor, kind, data: JSON.stringify(data) })
    .execute();
}

/** @throws a unique violation (storage's `isUniqueViolation`) where the same fault is open already. */
export async function insertOrder(tx: Tx, draft: DraftOrder): Promise<void> {
  const row = toRow(draft);
  await tx.insertInto('work_order').values(row).execute();
  await appendEvent(tx, row.number, row.created_at, 'customer', 'filed');
  await putNews(tx, { event: 'filed', number: row.number }, row.created_at);
  await putDue(tx, draft.order);
}

/** Writes what changed in an order that was read as `before`; false where someone else changed it meanwhile. */
export async function updateOrder(tx: Tx, before: VersionedOrder, order: WorkOrder): Promise<boolean> {
  const open = isOpen(order);
  const result = await tx
    .updateTable('work_order')
    .set({
      status: order.status,
      address: order.address ?? null,
      grid: order.grid ?? null,
      area: order.area ?? null,
      phone: order.phone ?? null,
      name: order.name ?? null,
      claimed_by: order.claimedBy ?? null,
      urgent: Number(order.urgent),
      details: detailsOf(order),
      version: before.version + 1,
      updated_at: Date.parse(order.updatedAt),
      ...(open ? await moved(tx, before.order, order) : { open_key: null }),
    })
    .where('number', '=', order.number)
    .where('version', '=', before.version)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) !== 1) return false;
  if (order.urgent && !before.order.urgent)
    await putNews(tx, { event: 'urgent', number: order.number }, Date.parse(order.updatedAt));
  return true;
}

/** Put right, it is the fault of another place: reports of that one, and of the wrong one no longer, are the same. */
async function moved(tx: Tx, before: WorkOrder, order: WorkOrder): Promise<{ open_key?: string }> {
  if (before.address === order.address) return {};
  const key = openKeyOf(order);
  const taken = await tx.selectFrom('work_order').select('number').where('open_key', '=', key).executeTakeFirst();
  return { open_key: taken ? `${order.type}:${order.number}` : key };
}

export interface VersionedOrder {
  order: WorkOrder;
  version: number;
}

export async function findOrder(db: Db | Tx, number: string): Promise<VersionedOrder | undefined> {
  const row = await db.selectFrom('work_order').selectAll().where('number', '=', number).executeTakeFirst();
  return row && { order: fromRow(row), version: row.version };
}

/** Those of them that there are, by number. */
export async function findOrders(db: Db, numbers: readonly string[]): Promise<ReadonlyMap<string, WorkOrder>> {
  const rows = await db.selectFrom('work_order').selectAll().where('number', 'in', numbers).execute();
  return new Map(rows.map((row) => [row.number, fromRow(row)]));
}

export async function findByOpenKey(db: Db | Tx, openKey: string): Promise<WorkOrder | undefined> {
  const row = await db.selectFrom('work_order').selectAll().where('open_key', '=', openKey).executeTakeFirst();
  return row && fromRow(row);
}

/** Orders of one conversation, newest first. */
export async function ordersOf(db: Db, conversationId: string): Promise<WorkOrder[]> {
  const rows = await db
    .selectFrom('work_order')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .orderBy('number', 'desc')
    .limit(20)
    .execute();
  return rows.map(fromRow);
}

export async function eventsOf(db: Db, number: string): Promise<WorkOrderEvent[]> {
  const rows = await db
    .selectFrom('work_order_event')
    .selectAll()
    .where('number', '=', number)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ at, actor, kind, data }) => ({
    at: new Date(at).toISOString(),
    actor,
    kind,
    note: JSON.parse(data).note,
  }));
}

/** Who reported a theft, as far as they told. */
export async function sealedContact(tx: Tx, number: string): Promise<{ phone?: string; name?: string }> {
  const row = await tx.selectFrom('sealed_contact').selectAll().where('number', '=', number).executeTakeFirst();
  return { phone: row?.phone ?? undefined, name: row?.name ?? undefined };
}

/** `20261124` + the unit's six digits + a running number of six: unique for ever, also after a restart. */
export async function nextNumber(tx: Tx, unit: string, now: Date): Promise<string> {
  const row = await tx
    .insertInto('counter')
    .values({ name: 'work_order', value: 1 })
    .onConflict((clash) => clash.column('name').doUpdateSet((set) => ({ value: set('counter.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow();
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}${unit}${String(row.value % 1_000_000).padStart(6, '0')}`;
}
