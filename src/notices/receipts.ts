import { type Storage, sql, type Tx } from '#storage';

export type Outcome = 'delivered' | 'blocked' | 'failed';

/**
 * What became of a message. It may come before the answer that names the message is written down: then it is kept, and taken up by
 * whoever writes that (carry.ts), or by the next sweep.
 */
export async function keepReceipt(storage: Storage, messageId: string, outcome: Outcome, at: number): Promise<void> {
  await storage.commit(async (tx) => {
    if (await apply(tx, messageId, outcome, at)) return;
    await tx
      .insertInto('notice_receipt')
      .values({ message_id: messageId, outcome, at })
      .onConflict((clash) => clash.doNothing())
      .execute();
  });
}

async function apply(tx: Tx, messageId: string, outcome: string, at: number): Promise<boolean> {
  const result = await sql`
    update notice_receiver set status = ${outcome}, done_at = ${at}
    where message_id = ${messageId} and status = 'sent'`.execute(tx);
  return Number(result.numAffectedRows) > 0;
}

const keptMs = 3 * 86_400_000;

/** Two commits that crossed; and receipts of messages that are none of ours go after a while. */
export async function sweepReceipts(storage: Storage, now: number): Promise<void> {
  const any = await storage.db.selectFrom('notice_receipt').select('message_id').limit(1).executeTakeFirst();
  if (!any) return;
  const crossed = await storage.db
    .selectFrom('notice_receipt')
    .innerJoin('notice_receiver', 'notice_receiver.message_id', 'notice_receipt.message_id')
    .select(['notice_receipt.message_id', 'notice_receipt.outcome', 'notice_receipt.at'])
    .execute();
  await storage.commit(async (tx) => {
    for (const { message_id, outcome, at } of crossed) {
      await apply(tx, message_id, outcome, at);
      await tx.deleteFrom('notice_receipt').where('message_id', '=', message_id).execute();
    }
    await tx
      .deleteFrom('notice_receipt')
      .where('at', '<', now - keptMs)
      .execute();
  });
}
