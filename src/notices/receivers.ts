import { assignments, type NoticeReceiverTable, sql, type Tx } from '#storage';
import type { Where } from './audience.ts';

export type Receiver = NoticeReceiverTable;

interface Wanted extends Where {
  customerId: string;
  accounts: readonly string[];
}

const rowsAtOnce = 100;

/** Each customer once a notice; whoever is in already stays as they are. Answers how many were new. */
export async function addReceivers(
  tx: Tx,
  notice: string,
  wanted: readonly Wanted[],
  set: Partial<Receiver> = {},
): Promise<number> {
  let added = 0;
  for (let at = 0; at < wanted.length; at += rowsAtOnce) {
    const rows = wanted.slice(at, at + rowsAtOnce).map(({ customerId, conversationId, channel, accounts }) => ({
      ...{ notice, customer_id: customerId, conversation_id: conversationId, channel },
      ...{ accounts: JSON.stringify(accounts), status: 'waiting', way: '' },
      ...{ body: null, message_id: null, reason: null, queued_at: null, sent_at: null, done_at: null },
      ...set,
    }));
    const result = await tx
      .insertInto('notice_receiver')
      .values(rows)
      .onConflict((clash) => clash.doNothing())
      .executeTakeFirst();
    added += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return added;
}

/** Who of a notice a parcel is for. */
export interface Address {
  notice: string;
  customer: string;
}

/**
 * Moves one receiver on, if they are still where they were: false where another replica, or this parcel before a kill, was faster.
 * With every message several times: written out, it need not be put together each time.
 */
export async function moveReceiver(
  tx: Tx,
  { notice, customer }: Address,
  from: readonly string[],
  set: Partial<Receiver>,
): Promise<boolean> {
  const result = await sql`
    update notice_receiver set ${assignments(set)}
    where notice = ${notice} and customer_id = ${customer} and status in (${sql.join(from)})`.execute(tx);
  return Number(result.numAffectedRows) === 1;
}
