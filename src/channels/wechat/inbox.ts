import { enqueue } from '#delivery';
import { type InboxTable, type Storage, sql, type Tx } from '#storage';
import { type Letter, topic } from './carrier.ts';
import { orderingKey } from './contacts.ts';
import type { ApiMessage } from './render.ts';

/** Without a sign of life for so long, a message in hand is another replica's. */
const leaseMs = 10_000;
const maxAttempts = 12;
const keptDays = 3;
const channel = 'wechat';

/** A payload that is owed nothing: only its key counts. */
const nothingOwed = '';

interface Message {
  key: string;
  conversationId: string;
}

/** A message whose answer leaves by the API. */
interface Owed {
  key: string;
  openid: string;
}

/**
 * Messages that were acknowledged before they were answered. The rule by which an answer leaves exactly one way: it goes by the
 * API if and only if the row was written before the turn was committed. The two writes are brought in order by the conversation's row.
 */
export function openInbox(storage: Storage, clock: () => Date) {
  const row = ({ key, conversationId }: Message, payload: string, now: number, done_at: number | null) => ({
    ...{ id: key, channel, conversation_id: conversationId, payload, attempts: 0 },
    ...{ due_at: now + leaseMs, created_at: now, done_at, dead_at: null, last_error: null },
  });
  const insert = async (tx: Tx, values: InboxTable): Promise<boolean> => {
    const result = await tx
      .insertInto('inbox')
      .values(values)
      .onConflict((clash) => clash.doNothing())
      .executeTakeFirst();
    return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
  };
  const post = async (tx: Tx, openid: string, key: string, messages: readonly ApiMessage[], at: number) => {
    for (const message of messages) {
      const payload: Letter = { openid, key, message };
      await enqueue(tx, { topic, orderingKey: orderingKey(openid), payload, at });
    }
  };

  return {
    /**
     * Before «success» is said for a turn that is not ready. `mine`: this replica is to see to it; `theirs`: another has it;
     * `answered`: the turn is committed, the answer is passive.
     */
    async owe(message: Message, payload: string): Promise<'mine' | 'theirs' | 'answered'> {
      const now = clock().getTime();
      return storage.commit(async (tx) => {
        // A turn's commit writes this row, too: whichever comes second sees what the first one did.
        await sql`update conversation set version = version where id = ${message.conversationId}`.execute(tx);
        const turn = await tx
          .selectFrom('activity')
          .select('seq')
          .where('conversation_id', '=', message.conversationId)
          .where('dedupe_key', '=', message.key)
          .executeTakeFirst();
        if (turn && !(await isOwed(tx, message.key))) return 'answered';
        if (await insert(tx, row(message, payload, now, null))) return 'mine';
        return (await isOwed(tx, message.key)) ? 'theirs' : 'answered';
      });
    },
    /** Whether the answer leaves, or left, by the API. */
    isOwed: (key: string) => isOwed(storage.db, key),
    /** For what is answered without a turn: claims the passive way; false where the other was taken. */
    async answerPassively(message: Message): Promise<boolean> {
      const now = clock().getTime();
      return storage.commit(
        async (tx) => (await insert(tx, row(message, nothingOwed, now, now))) || !(await isOwed(tx, message.key)),
      );
    },
    /** What a passive answer had no room for leaves once, a second after it. */
    async postRest(message: Message, openid: string, messages: readonly ApiMessage[]): Promise<void> {
      const now = clock().getTime();
      const rest = { ...message, key: `${message.key}#rest` };
      await storage.commit(async (tx) => {
        if (await insert(tx, row(rest, nothingOwed, now, now)))
          await post(tx, openid, message.key, messages, now + 1000);
      });
    },
    /** The turn is done: its answer goes to the outbox, once. */
    async settle({ key, openid }: Owed, messages: readonly ApiMessage[]): Promise<void> {
      const now = clock().getTime();
      await storage.commit(async (tx) => {
        const result = await tx
          .updateTable('inbox')
          .set({ done_at: now })
          .where('id', '=', key)
          .where('done_at', 'is', null)
          .executeTakeFirst();
        if (Number(result.numUpdatedRows) === 1) await post(tx, openid, key, messages, now);
      });
    },
    /** Not this time. After many tries it is kept for a person to see, and the customer is told. */
    async failed(message: Owed, attempts: number, error: unknown, apology: ApiMessage): Promise<void> {
      const { key, openid } = message;
      const now = clock().getTime();
      const dead = attempts >= maxAttempts;
      const due_at = now + Math.round(Math.min(2 ** attempts * 1000, 600_000) * (0.5 + Math.random() / 2));
      await storage.commit(async (tx) => {
        const result = await tx
          .updateTable('inbox')
          .set({ attempts, due_at, dead_at: dead ? now : null, last_error: String(error).slice(0, 500) })
          .where('id', '=', key)
          .where('done_at', 'is', null)
          .where('dead_at', 'is', null)
          .executeTakeFirst();
        if (dead && Number(result.numUpdatedRows) === 1) await post(tx, openid, key, [apology], now);
      });
    },
    /** Still in hand. */
    async renew(keys: readonly string[]): Promise<void> {
      if (keys.length === 0) return;
      const due_at = clock().getTime() + leaseMs;
      await storage.commit((tx) =>
        tx.updateTable('inbox').set({ due_at }).where('id', 'in', keys).where('done_at', 'is', null).execute(),
      );
    },
    /** Takes what a replica left behind when it died, or what is to be tried again. */
    async take(limit: number): Promise<InboxTable[]> {
      if (limit <= 0) return [];
      const now = clock().getTime();
      const due = await storage.db
        .selectFrom('inbox')
        .selectAll()
        .where('channel', '=', channel)
        .where('done_at', 'is', null)
        .where('dead_at', 'is', null)
        .where('due_at', '<=', now)
        .orderBy('created_at')
        .limit(limit)
        .execute();
      if (due.length === 0) return [];
      return storage.commit(async (tx) => {
        const mine: InboxTable[] = [];
        for (const each of due) {
          const result = await tx
            .updateTable('inbox')
            .set({ due_at: now + leaseMs })
            .where('id', '=', each.id)
            .where('due_at', '=', each.due_at)
            .where('done_at', 'is', null)
            .executeTakeFirst();
          if (Number(result.numUpdatedRows) === 1) mine.push(each);
        }
        return mine;
      });
    },
    /** Forgets what is long done: no delivery comes that late. */
    async forget(): Promise<void> {
      const before = clock().getTime() - keptDays * 86_400_000;
      await storage.commit((tx) =>
        tx.deleteFrom('inbox').where('channel', '=', channel).where('done_at', '<', before).execute(),
      );
    },
  };
}

const isOwed = async (db: Storage['db'], key: string): Promise<boolean> =>
  Boolean((await db.selectFrom('inbox').select('payload').where('id', '=', key).executeTakeFirst())?.payload);

export type Inbox = ReturnType<typeof openInbox>;
