import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '#storage';

/** Who wants to be told what. */
export interface Wish {
  customerId: string;
  conversationId: string;
  topic: string;
  /** '' where it belongs to no account. */
  accountNumber: string;
  /** JSON of the place to be watched, where no account stands for it. */
  place?: string;
}

/** Wanted twice, it is one all the same; and it is wanted again, if it was not before. */
export async function subscribe(tx: Tx, wish: Wish, at: number): Promise<void> {
  const { customerId, topic, accountNumber, place = '' } = wish;
  const same = { customer_id: customerId, topic, account_number: accountNumber, place };
  await tx
    .deleteFrom('subscription')
    .where((row) => row.and(same))
    .execute();
  await tx
    .insertInto('subscription')
    .values({ ...same, id: randomUUID(), conversation_id: wish.conversationId, created_at: at })
    .execute();
  await tx.deleteFrom('notice_opt_out').where('customer_id', '=', customerId).where('topic', '=', topic).execute();
}

/** From now on only what the law wants told; where one account is named, of that one. */
export async function unsubscribe(
  tx: Tx,
  { customerId, topic, accountNumber }: Pick<Wish, 'customerId' | 'topic'> & { accountNumber?: string },
  at: number,
): Promise<void> {
  const mine = { customer_id: customerId, topic };
  const named = accountNumber === undefined ? mine : { ...mine, account_number: accountNumber };
  await tx
    .deleteFrom('subscription')
    .where((row) => row.and(named))
    .execute();
  const left = await tx
    .selectFrom('subscription')
    .select('id')
    .where((row) => row.and(mine))
    .executeTakeFirst();
  if (left) return;
  await tx
    .insertInto('notice_opt_out')
    .values({ ...mine, created_at: at })
    .onConflict((clash) => clash.doNothing())
    .execute();
}

/** Those of `customers` who do not want to hear of the topic. */
export async function optedOut(db: Db, topic: string, customers: readonly string[]): Promise<Set<string>> {
  if (customers.length === 0) return new Set();
  const rows = await db
    .selectFrom('notice_opt_out')
    .select('customer_id')
    .where('topic', '=', topic)
    .where('customer_id', 'in', customers)
    .execute();
  return new Set(rows.map(({ customer_id }) => customer_id));
}
