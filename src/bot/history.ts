import type { Activity } from 'botbuilder-core';
import type { Db } from '#storage';
import type { Receipt, Said } from './contract.ts';

/** What was said after `seq`, oldest first; undefined for an unknown conversation. */
export async function readHistory(
  db: Db,
  conversationId: string,
  after: number,
  limit: number,
): Promise<Said | undefined> {
  const rows = await db
    .selectFrom('activity')
    .select(['seq', 'body'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  if (rows.length === 0 && !(await exists(db, conversationId))) return undefined;
  return { activities: rows.map((row) => JSON.parse(row.body) as Activity), lastSeq: rows.at(-1)?.seq ?? after };
}

async function exists(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('conversation').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** The receipt of a message that was taken before, with what was answered then; undefined for a new one. */
export async function earlierReceipt(db: Db, conversationId: string, dedupeKey: string): Promise<Receipt | undefined> {
  const first = await db
    .selectFrom('activity')
    .select(['id', 'seq'])
    .where('conversation_id', '=', conversationId)
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirst();
  if (!first) return undefined;
  const following = await db
    .selectFrom('activity')
    .select(['role', 'body'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', first.seq)
    .orderBy('seq')
    .limit(20)
    .execute();
  const end = following.findIndex((row) => row.role === 'customer');
  const replies = following.slice(0, end < 0 ? undefined : end).map((row) => JSON.parse(row.body) as Activity);
  return { id: first.id, duplicate: true, replies };
}
