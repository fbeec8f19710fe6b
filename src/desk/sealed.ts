import type { Principal } from '#routes';
import type { Db } from '#storage';
import type { WorkOrder } from '#wire';

/**
 * Who reports a theft must not be known to those who look into it: not by the order, not by the turns it was told in, and not by another
 * order of that conversation.
 */
export const maySee = (principal: Principal | undefined): boolean => principal?.roles.includes('admin') ?? false;

/** The order as this member of staff sees it: a report of theft does not lead to its conversation. */
export const shownTo = (principal: Principal | undefined, order: WorkOrder): WorkOrder =>
  order.type === 'theft' && !maySee(principal) ? { ...order, conversationId: '' } : order;

/** What of a conversation staff may not read beside its other orders: nothing, the turns of a report of theft, or all of it. */
export type Sealing = 'none' | 'turns' | 'whole';

/**
 * A version that did not mark the turns of a report yet (`channelData.sealed`, at the moment the order was filed) leaves the whole
 * conversation sealed.
 */
export async function sealingOf(db: Db, conversationId: string): Promise<Sealing> {
  const reports = await db
    .selectFrom('work_order')
    .select('created_at')
    .where('conversation_id', '=', conversationId)
    .where('type', '=', 'theft')
    .execute();
  for (const { created_at } of reports) {
    const marked = await db
      .selectFrom('activity')
      .select('seq')
      .where('conversation_id', '=', conversationId)
      .where('created_at', '=', created_at)
      .where('body', 'like', '%"sealed":true%')
      .limit(1)
      .executeTakeFirst();
    if (!marked) return 'whole';
  }
  return reports.length > 0 ? 'turns' : 'none';
}
