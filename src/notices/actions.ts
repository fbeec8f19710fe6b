import { conflict, forbidden } from '#errors';
import type { Db, Storage, Tx } from '#storage';
import type { ActOnNotice, NewNotice, NoticeAction, NoticeDetail, NoticeStatus } from '#wire';
import {
  appendEvent,
  automatic,
  changedMeanwhile,
  findNotice,
  insertNotice,
  isLegal,
  type Notice,
  topicOf,
  updateNotice,
} from './notice.ts';

interface Rule {
  from: readonly NoticeStatus[];
  to: NoticeStatus;
  /** Only somebody who has had no hand in it. */
  second?: boolean;
}

/** What may be done with a notice when, and what it then is. */
const rules: Readonly<Record<NoticeAction, Rule>> = {
  submit: { from: ['draft'], to: 'awaiting' },
  return: { from: ['awaiting'], to: 'draft' },
  approve: { from: ['awaiting'], to: 'sending', second: true },
  pause: { from: ['sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'sending' },
  cancel: { from: ['draft', 'awaiting', 'sending', 'paused'], to: 'cancelled' },
};

/** Events by which somebody has a hand in what it says. */
const hands = ['made', 'edited', 'submit'];

const hasHand = async (db: Db, id: string, user: string): Promise<boolean> =>
  (await db
    .selectFrom('notice_event')
    .select('id')
    .where('notice', '=', id)
    .where('actor', '=', user)
    .where('kind', 'in', hands)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** What this person may do with it now. */
export async function mayDo(db: Db, notice: Notice, user: string): Promise<NoticeDetail['may']> {
  if (notice.author === automatic) return [];
  const own = await hasHand(db, notice.id, user);
  const actions = (Object.keys(rules) as NoticeAction[]).filter((action) => {
    const { from, second } = rules[action];
    return from.includes(notice.status) && !(second && (own || notice.gathered_at === null));
  });
  return notice.status === 'draft' ? ['edit', ...actions] : actions;
}

export function noticeActions(storage: Storage, clock: () => Date) {
  async function refuse(tx: Tx, notice: Notice, action: NoticeAction, user: string): Promise<void> {
    const { from, second } = rules[action];
    if (notice.author === automatic)
      throw forbidden('This notice came about by itself.', 'Only what an administrator wrote is run by hand.');
    if (!from.includes(notice.status))
      throw conflict(
        `The notice is ${notice.status}; ${action} is not possible now.`,
        'Look at it again.',
        'WrongStatus',
      );
    if (!second) return;
    if (await hasHand(tx, notice.id, user))
      throw forbidden(
        `${user} wrote or submitted this notice.`,
        'Let an administrator approve it who has had no hand in it.',
        'SecondPersonNeeded',
      );
    if (notice.gathered_at === null)
      throw conflict(
        'Its receivers are still being counted.',
        'Approve it when their number is known.',
        'StillCounting',
      );
  }

  return {
    async make(id: string, content: NewNotice, user: string): Promise<void> {
      const at = clock().getTime();
      const rest = { topic: topicOf(content), kind: content.kind, title: content.title, legal: isLegal(content) };
      await storage.commit(async (tx) => {
        await insertNotice(tx, { ...rest, id, content, status: 'draft', author: user }, at);
        await appendEvent(tx, id, at, user, 'made', { content });
      });
    },
    /** Whom it concerns may have changed: receivers are counted anew. */
    async edit(id: string, version: number, content: NewNotice, user: string): Promise<void> {
      const at = clock().getTime();
      await storage.commit(async (tx) => {
        const notice = await findNotice(tx, id);
        if (notice.version !== version) throw changedMeanwhile(id);
        if (notice.status !== 'draft')
          throw conflict(`The notice is ${notice.status}.`, 'Take it back to the drafts first.', 'WrongStatus');
        const set = {
          topic: topicOf(content),
          kind: content.kind,
          title: content.title,
          legal: Number(isLegal(content)),
        };
        const anew = { gather_after: '', gathered_at: null };
        await updateNotice(tx, notice, { ...set, ...anew, content: JSON.stringify(content) }, at);
        await tx.deleteFrom('notice_receiver').where('notice', '=', id).execute();
        await appendEvent(tx, id, at, user, 'edited', { content });
      });
    },
    async act(id: string, action: NoticeAction, { version, note }: ActOnNotice, user: string): Promise<void> {
      const at = clock().getTime();
      await storage.commit(async (tx) => {
        const notice = await findNotice(tx, id);
        if (notice.version !== version) throw changedMeanwhile(id);
        await refuse(tx, notice, action, user);
        const status = rules[action].to;
        const over = status === 'cancelled' ? { finished_at: at } : {};
        await updateNotice(tx, notice, { status, ...over, ...(action === 'approve' && { approver: user }) }, at);
        await appendEvent(tx, id, at, user, action, note ? { note } : {});
      });
    },
  };
}
