import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import { enqueue } from '#delivery';
import { bind, countWrong, unbind } from '#identity';
import { subscribe, unsubscribe } from '#notices';
import { sql, type Tx } from '#storage';
import type { WorkOrder } from '#wire';
import { appendEvent, findOrder, insertOrder, isOpen, promised, updateOrder } from '#workorders';
import type { Upload } from './contract.ts';
import type { Draft, OrderNote, ProofEffect } from './draft.ts';
import { LostRace } from './races.ts';
import { factsWith } from './reporter.ts';
import { withoutReporter } from './sealed.ts';

export interface Loaded {
  id: string;
  channel: string;
  customerId: string;
  version: number;
  lastSeq: number;
}

export interface Saying {
  role: 'customer' | 'bot';
  activity: Activity;
  dedupeKey: string | null;
}

/** Writes the whole turn; answers the orders that were added to. @throws LostRace, or a unique violation for a duplicate. */
export async function writeTurn(
  tx: Tx,
  loaded: Loaded,
  draft: Draft,
  sayings: Saying[],
  uploads: readonly Upload[],
  at: number,
): Promise<WorkOrder[]> {
  await bumpConversation(tx, loaded, JSON.stringify(draft.state), sayings.length, at);
  await writeSayings(tx, loaded, sayings, at);
  await writeUploads(tx, loaded.id, uploads, at);
  for (const order of draft.orders) {
    await insertOrder(tx, order);
    await enqueue(tx, { topic: 'backend.order', orderingKey: order.order.number, payload: order.order, at });
  }
  const changed: WorkOrder[] = [];
  for (const note of draft.notes) changed.push(...(await writeNote(tx, note, at)));
  await writeWishes(tx, loaded, draft, at);
  for (const proof of draft.proofs) await writeProof(tx, loaded.customerId, proof, at);
  await writeLookUps(tx, loaded, draft, at);
  for (const contact of draft.sealed) await seal(tx, contact);
  return changed;
}

/** These two run with every message: written out, they need not be put together each time. */
export async function bumpConversation(
  tx: Tx,
  loaded: Pick<Loaded, 'id' | 'version' | 'lastSeq'>,
  state: string,
  said: number,
  at: number,
): Promise<void> {
  const result = await sql`
    update conversation
    set version = ${loaded.version + 1}, last_seq = ${loaded.lastSeq + said}, state = ${state}, updated_at = ${at}
    where id = ${loaded.id} and version = ${loaded.version}`.execute(tx);
  if (Number(result.numAffectedRows) !== 1) throw new LostRace();
}

/** What was said, behind what was said before. */
export async function writeSayings(
  tx: Tx,
  loaded: Pick<Loaded, 'id' | 'lastSeq'>,
  sayings: readonly Saying[],
  at: number,
): Promise<void> {
  const rows = sayings.map(({ role, activity, dedupeKey }, index) => {
    const seq = loaded.lastSeq + 1 + index;
    return sql`(${loaded.id}, ${seq}, ${activity.id}, ${role}, ${dedupeKey}, ${JSON.stringify(activity)}, ${at})`;
  });
  await sql`
    insert into activity (conversation_id, seq, id, role, dedupe_key, body, created_at)
    values ${sql.join(rows)}`.execute(tx);
}

async function writeUploads(tx: Tx, conversationId: string, uploads: readonly Upload[], at: number): Promise<void> {
  for (const { id, name, contentType, bytes } of uploads)
    await tx
      .insertInto('upload')
      .values({
        id,
        conversation_id: conversationId,
        name,
        content_type: contentType,
        size: bytes.length,
        bytes,
        created_at: at,
      })
      .execute();
}

/** A reminder or an addition to an order on file. The order may have been closed meanwhile: then only its log grows. */
async function writeNote(tx: Tx, given: OrderNote, at: number): Promise<WorkOrder[]> {
  const found = await findOrder(tx, given.number);
  if (!found) return [];
  const { order } = found;
  // Another's report must not be lost with an order that is over: computed again, it is one of its own.
  if (given.beside && !isOpen(order)) throw new LostRace();
  if (given.asOf !== undefined && given.asOf !== order.updatedAt) throw new LostRace();
  const note = order.type === 'theft' ? await unnamed(tx, given) : given;
  const changed: WorkOrder = {
    ...order,
    status: note.kind === 'cancelled' ? 'cancelled' : order.status,
    phone: note.phone ?? order.phone,
    name: note.name ?? order.name,
    address: note.address ?? order.address,
    ...servedBy(order, note),
    urgent: order.urgent || (note.urgent ?? false),
    description: note.words ? `${order.description}；${note.words}`.slice(0, 1000) : order.description,
    photos: [...order.photos, ...(note.photos ?? [])],
    marks: marksOf(order, note),
    facts: factsWith(order, note),
    reminders: order.reminders + Number(note.kind === 'reminded'),
    updatedAt: new Date(at).toISOString(),
  };
  if (!(await updateOrder(tx, found, changed))) throw new LostRace();
  await appendEvent(tx, note.number, at, 'customer', note.kind, { note: note.note });
  return [changed];
}

/** An address put right may be another crew's, with another promise from the time that it was filed. */
function servedBy({ type, intent, createdAt }: WorkOrder, { service }: OrderNote): Partial<WorkOrder> {
  if (!service) return {};
  const { grid, area, setting } = service;
  return { grid, area, ...promised(type, intent, setting, new Date(createdAt)) };
}

/** What a reporter of a theft adds, without who they are: that goes where only few may look. */
async function unnamed(tx: Tx, { phone, name, ...note }: OrderNote): Promise<OrderNote> {
  if (phone || name) await seal(tx, { number: note.number, phone, name });
  return { ...note, note: withoutReporter(note.note, name) };
}

/** What is told anew counts; what is not stays. */
async function seal(tx: Tx, { number, phone, name }: Draft['sealed'][number]): Promise<void> {
  await tx
    .insertInto('sealed_contact')
    .values({ number, phone: phone ?? null, name: name ?? null })
    .onConflict((clash) =>
      clash.column('number').doUpdateSet({ ...(phone ? { phone } : {}), ...(name ? { name } : {}) }),
    )
    .execute();
}

/** A phone given later takes «no phone» away; a mark is put once. */
function marksOf(order: WorkOrder, { phone, mark }: OrderNote): string[] {
  const kept = order.marks.filter((each) => !(phone && each === 'no_phone') && each !== mark);
  return mark ? [...kept, mark] : kept;
}

async function writeWishes(tx: Tx, loaded: Loaded, draft: Draft, at: number): Promise<void> {
  const base = { conversation_id: loaded.id, created_at: at };
  for (const handoff of draft.handoffs) await queue(tx, base, handoff);
  const { id: conversationId, customerId } = loaded;
  for (const wish of draft.subscriptions) await subscribe(tx, { ...wish, conversationId, customerId }, at);
  for (const given of draft.unsubscribed) await unsubscribe(tx, { ...given, customerId }, at);
}

/** One place in the queue a conversation: who waits already is only told of anew. */
async function queue(
  tx: Tx,
  base: { conversation_id: string; created_at: number },
  { reason, summary, news }: Draft['handoffs'][number],
): Promise<void> {
  const waiting = await tx
    .selectFrom('handoff')
    .select(['id', 'summary'])
    .where('conversation_id', '=', base.conversation_id)
    .where('status', '=', 'waiting')
    .executeTakeFirst();
  if (!waiting) {
    const row = { ...base, id: randomUUID(), reason, summary, status: 'waiting' };
    await tx.insertInto('handoff').values(row).execute();
  } else if (news) {
    const told = `${waiting.summary} | ${news}`.slice(0, 1000);
    await tx.updateTable('handoff').set({ summary: told }).where('id', '=', waiting.id).execute();
  }
}

async function writeProof(tx: Tx, customerId: string, proof: ProofEffect, at: number): Promise<void> {
  if (proof.kind === 'wrong') return countWrong(tx, proof.id);
  if (proof.kind === 'unbound') return unbind(tx, { customerId, accountNumber: proof.accountNumber });
  if (proof.kind === 'right') return bind(tx, { customerId, accountNumber: proof.accountNumber }, at, proof.id);
  const { row, phone, code } = proof;
  await tx.insertInto('proof').values(row).execute();
  if (phone)
    await enqueue(tx, { topic: 'backend.code', orderingKey: row.id, payload: { id: row.id, phone, code }, at });
}

async function writeLookUps(tx: Tx, loaded: Loaded, draft: Draft, at: number): Promise<void> {
  const base = { at, customer_id: loaded.customerId, conversation_id: loaded.id };
  const rows = draft.lookUps.map(({ accountNumber, what }) => ({
    ...{ ...base, id: randomUUID() },
    ...{ account_number: accountNumber, what },
  }));
  if (rows.length > 0) await tx.insertInto('look_up').values(rows).execute();
}
