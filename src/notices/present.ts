import { maskDigits } from '#conversation';
import type { Db } from '#storage';
import type { NoticeEvent, NoticeReceiver, ReceiverPage, ReceiverStatus, Notice as Shown } from '#wire';
import type { Notice } from './notice.ts';
import { quietUntil } from './quiet.ts';
import type { Receiver } from './receivers.ts';
import type { NoticeSettings } from './settings.ts';

const iso = (at: number) => new Date(at).toISOString();
const isoOr = (at: number | null) => (at === null ? undefined : iso(at));

interface Tools {
  db: Db;
  settings: NoticeSettings;
  now: number;
}

export async function presentNotice({ db, settings, now }: Tools, notice: Notice): Promise<Shown> {
  const counts = await db
    .selectFrom('notice_receiver')
    .select(['status', 'way', (eb) => eb.fn.countAll<number>().as('count')])
    .where('notice', '=', notice.id)
    .groupBy(['status', 'way'])
    .execute();
  const by: Partial<Record<ReceiverStatus, number>> = {};
  const ways: Record<string, number> = {};
  for (const { status, way, count } of counts) {
    by[status as ReceiverStatus] = (by[status as ReceiverStatus] ?? 0) + Number(count);
    if (status === 'sent' || status === 'delivered') ways[way] = (ways[way] ?? 0) + Number(count);
  }
  const quiet = notice.status === 'sending' ? quietUntil(settings, notice.kind, now) : undefined;
  return {
    ...{ id: notice.id, topic: notice.topic, kind: notice.kind, title: notice.title, legal: notice.legal },
    ...{
      status: notice.status,
      author: notice.author,
      approver: notice.approver ?? undefined,
      version: notice.version,
    },
    ...{ createdAt: iso(notice.created_at), updatedAt: iso(notice.updated_at), finishedAt: isoOr(notice.finished_at) },
    counted: notice.gathered_at !== null,
    receivers: counts.reduce((sum, { count }) => sum + Number(count), 0),
    ...{ by, ways, quietUntil: quiet === undefined ? undefined : iso(quiet) },
  };
}

export async function eventsOf(db: Db, notice: string): Promise<NoticeEvent[]> {
  const rows = await db.selectFrom('notice_event').selectAll().where('notice', '=', notice).orderBy('at').execute();
  return rows.map(({ at, actor, kind, data }) => ({ at: iso(at), actor, kind, note: JSON.parse(data).note }));
}

/** The last time that something happened to a receiver. */
const lastOf = ({ done_at, sent_at, queued_at }: Receiver) => done_at ?? sent_at ?? queued_at;

const presentReceiver = (row: Receiver): NoticeReceiver => ({
  customer: `${row.customer_id.slice(0, 4)}****${row.customer_id.slice(-4)}`,
  accounts: (JSON.parse(row.accounts) as string[]).map(maskDigits),
  ...{ channel: row.channel, way: row.way, status: row.status as ReceiverStatus },
  ...{ at: isoOr(lastOf(row)), reason: row.reason ?? undefined, text: row.body ?? undefined },
});

const pageSize = 50;

export async function receiverPage(
  db: Db,
  notice: string,
  { status, cursor = '' }: { status?: string; cursor?: string },
): Promise<ReceiverPage> {
  const rows = await receiversAfter(db, notice, cursor, pageSize + 1, status);
  const shown = rows.slice(0, pageSize);
  return {
    items: shown.map(presentReceiver),
    next: rows.length > pageSize ? (shown.at(-1)?.customer_id ?? null) : null,
  };
}

export function receiversAfter(db: Db, notice: string, after: string, limit: number, status?: string) {
  let rows = db.selectFrom('notice_receiver').selectAll().where('notice', '=', notice).where('customer_id', '>', after);
  if (status) rows = rows.where('status', '=', status);
  return rows.orderBy('customer_id').limit(limit).execute();
}
