import { randomUUID } from 'node:crypto';
import { conflict, notFound } from '#errors';
import type { Db, NoticeTable, Tx } from '#storage';
import { NewNotice, type NoticeStatus, type NoticeTopic } from '#wire';

/** What an outage brings about; the words are `notice.outage.<stage>` of common.yml. */
export interface OutageContent {
  where: string;
  cause?: string;
  startsAt: string;
  endsAt?: string;
}

/** A notice as the room knows it. */
export interface Notice extends Omit<NoticeTable, 'content' | 'legal' | 'status' | 'topic'> {
  topic: NoticeTopic;
  status: NoticeStatus;
  legal: boolean;
  content: unknown;
}

export const fromRow = (row: NoticeTable): Notice => ({
  ...row,
  topic: row.topic as NoticeTopic,
  status: row.status as NoticeStatus,
  legal: row.legal === 1,
  content: JSON.parse(row.content),
});

/** What an administrator wrote; undefined for notices that came about by themselves. */
export const written = ({ content }: Notice): NewNotice | undefined => NewNotice.safeParse(content).data;

/** Author of what comes about by itself. */
export const automatic = 'gridtalk';

/** Prices are announced because the law wants it, whoever wants to hear of them. */
export const isLegal = (content: NewNotice): boolean => content.kind === 'price' || content.legal;
export const topicOf = (content: NewNotice): NoticeTopic => (content.kind === 'price' ? 'price' : content.topic);

export async function findNotice(db: Db | Tx, id: string): Promise<Notice> {
  const row = await db.selectFrom('notice').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound(`There is no notice ${id}.`, 'GET /api/notices lists them.', 'UnknownNotice');
  return fromRow(row);
}

type New = Pick<Notice, 'id' | 'topic' | 'kind' | 'title' | 'content' | 'legal' | 'status' | 'author'> & {
  /** Its receivers are known from the start, or are added one by one. */
  counted?: boolean;
};

/** False where it is there already: what brings a notice about may happen twice. */
export async function insertNotice(tx: Tx, notice: New, at: number): Promise<boolean> {
  const { counted, content, legal, ...rest } = notice;
  const result = await tx
    .insertInto('notice')
    .values({
      ...rest,
      content: JSON.stringify(content),
      legal: Number(legal),
      approver: null,
      version: 1,
      gather_after: '',
      gathered_at: counted ? at : null,
      created_at: at,
      updated_at: at,
      finished_at: null,
    })
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

/** Writes what changed, if nobody changed it since it was read. @throws Conflict */
export async function updateNotice(tx: Tx, before: Notice, set: Partial<NoticeTable>, at: number): Promise<void> {
  const result = await tx
    .updateTable('notice')
    .set({ ...set, version: before.version + 1, updated_at: at })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) !== 1) throw changedMeanwhile(before.id);
}

export const changedMeanwhile = (id: string) =>
  conflict(`Notice ${id} was changed by someone else.`, 'Look at it again.', 'ChangedMeanwhile');

/** Who did what with it: never changed. */
export async function appendEvent(tx: Tx, notice: string, at: number, actor: string, kind: string, data: object = {}) {
  await tx
    .insertInto('notice_event')
    .values({ id: randomUUID(), notice, at, actor, kind, data: JSON.stringify(data) })
    .execute();
}
