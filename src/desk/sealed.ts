import type { Principal } from '#routes';
import type { Db } from '#storage';
import type { WorkOrder } from '#wire';

/**
 * Who reports a theft must not be known to those who look into it: not by the order, not by the conversation it came from, and not by
 * another order of that conversation.
 */
export const maySee = (principal: Principal | undefined): boolean => principal?.roles.includes('admin') ?? false;

/** The order as this member of staff sees it: a report of theft does not lead to its conversation. */
export const shownTo = (principal: Principal | undefined, order: WorkOrder): WorkOrder =>
  order.type === 'theft' && !maySee(principal) ? { ...order, conversationId: '' } : order;

/** Whether a theft was reported in this conversation: what was said there would tell who did. */
export async function holdsReport(db: Db, conversationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('work_order')
    .select('number')
    .where('conversation_id', '=', conversationId)
    .where('type', '=', 'theft')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
