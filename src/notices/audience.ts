import type { Db } from '#storage';
import type { Notice } from './notice.ts';

/** Customers beyond `after`, in order: for a legal notice everybody with a proved account too, else only those who asked for the topic. */
export async function customersAfter(db: Db, notice: Notice, after: string, limit: number): Promise<string[]> {
  const asked = db
    .selectFrom('subscription')
    .select('customer_id')
    .where('topic', '=', notice.topic)
    .where('customer_id', '>', after);
  const all = notice.legal
    ? asked.union(db.selectFrom('binding').select('customer_id').where('customer_id', '>', after))
    : asked;
  const rows = await db
    .selectFrom(all.as('wanted'))
    .select('customer_id')
    .distinct()
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map(({ customer_id }) => customer_id);
}

/** Accounts that these customers have proved to own. */
export async function accountsOf(db: Db, customers: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('binding')
    .select(['customer_id', 'account_number'])
    .where('customer_id', 'in', customers)
    .orderBy('created_at')
    .execute();
  const grouped = Map.groupBy(rows, ({ customer_id }) => customer_id);
  return new Map([...grouped].map(([customer, own]) => [customer, own.map(({ account_number }) => account_number)]));
}

export interface Where {
  conversationId: string;
  channel: string;
}

/** Where each of them can be told: what reaches a phone first, then the conversation they used last. */
export async function conversationsOf(db: Db, customers: readonly string[]): Promise<Map<string, Where>> {
  const rows = await db
    .selectFrom('conversation')
    .select(['id', 'channel', 'customer_id'])
    .where('customer_id', 'in', customers)
    .orderBy('updated_at')
    .execute();
  const found = new Map<string, Where>();
  for (const { id, channel, customer_id } of rows)
    if (channel !== 'web' || found.get(customer_id)?.channel !== 'wechat')
      found.set(customer_id, { conversationId: id, channel });
  return found;
}
