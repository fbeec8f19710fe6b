import { badRequest } from '#errors';
import type { Db } from '#storage';
import type { WorkOrderPage, WorkOrderQuery } from '#wire';
import { fromRow } from './rows.ts';

/** `next` of a page: where the following one begins (created_at and number of the last row shown). */
const cursorOf = (row: { created_at: number; number: string }) => `${row.created_at}-${row.number}`;

function readCursor(cursor: string): { at: number; number: string } {
  const match = /^(\d{1,16})-(\w{1,64})$/.exec(cursor);
  if (!match) throw badRequest(`cursor ${cursor} is not one of ours.`, 'Pass `next` of the page before, unchanged.');
  return { at: Number(match[1]), number: match[2] as string };
}

const list = (value: string) => value.split(',').filter(Boolean);
const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

function filtered(db: Db, query: WorkOrderQuery, user: string) {
  let rows = db.selectFrom('work_order').selectAll();
  if (query.status) rows = rows.where('status', 'in', list(query.status));
  if (query.type) rows = rows.where('type', 'in', list(query.type));
  if (query.urgent) rows = rows.where('urgent', '=', Number(query.urgent === 'true'));
  if (query.mine === 'true') rows = rows.where('claimed_by', '=', user);
  if (query.grid) rows = rows.where('grid', '=', query.grid);
  if (query.conversationId) rows = rows.where('conversation_id', '=', query.conversationId);
  return rows;
}

/** Newest first. Paged by key, so that orders arriving meanwhile neither repeat nor hide a row. */
export async function listOrders(db: Db, query: WorkOrderQuery, user: string): Promise<WorkOrderPage> {
  let rows = filtered(db, query, user);
  if (query.q) {
    const words = like(query.q.trim());
    rows = rows.where(({ eb, or, val, fn }) =>
      or(
        (['number', 'address', 'phone', 'name', 'account_number'] as const).map((column) =>
          eb(fn.coalesce(column, val('')), 'like', words),
        ),
      ),
    );
  }
  if (query.cursor) {
    const { at, number } = readCursor(query.cursor);
    rows = rows.where(({ eb, or, and }) =>
      or([eb('created_at', '<', at), and([eb('created_at', '=', at), eb('number', '<', number)])]),
    );
  }
  const found = await rows
    .orderBy('created_at', 'desc')
    .orderBy('number', 'desc')
    .limit(query.limit + 1)
    .execute();
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  return { items: shown.map(fromRow), next: found.length > query.limit && last ? cursorOf(last) : null };
}

export async function summarise(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('work_order')
    .select(['status', 'urgent', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy(['status', 'urgent'])
    .execute();
  const summary: Record<string, number> = { accepted: 0, claimed: 0, closed: 0, cancelled: 0, urgentWaiting: 0 };
  for (const { status, urgent, count } of rows) {
    summary[status] = (summary[status] ?? 0) + Number(count);
    if (urgent && status === 'accepted') summary.urgentWaiting = Number(count);
  }
  return summary;
}
