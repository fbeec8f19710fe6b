import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import { type Bot, conversationTopic, type Incoming, type Opening, type Receipt } from '#bot';
import type { Cluster } from '#cluster';
import { notFound } from '#errors';
import type { Storage, Tx } from '#storage';

/** A bot for channel tests alone: it greets, and repeats what was said. `fault`, when set, is thrown instead of a turn or an answer. */
export interface EchoBot extends Bot {
  fault: Error | undefined;
  /** Every turn's message, in order. */
  readonly heard: Incoming[];
  /** Something said without being asked, as staff or a notice would. */
  tell(conversationId: string, text: string, extra?: Partial<Activity>): Promise<void>;
}

const said = (conversationId: string, fields: Partial<Activity>) =>
  ({
    type: 'message',
    id: randomUUID(),
    timestamp: new Date(),
    channelId: 'directline',
    conversation: { id: conversationId },
    from: { id: 'gridtalk', role: 'bot' },
    textFormat: 'plain',
    ...fields,
  }) as Activity;

export function echoBot(storage: Storage, cluster: Cluster): EchoBot {
  const tellAll = (id: string, activities: Activity[], lastSeq: number) => {
    cluster.publish(conversationTopic(id), { activities, firstSeq: lastSeq - activities.length + 1, lastSeq });
  };
  const bot: EchoBot = {
    fault: undefined,
    heard: [],
    async open(opening) {
      await storage.commit((tx) => begin(tx, opening));
    },
    async tell(id, text, extra) {
      const activities = [said(id, { text, ...extra })];
      tellAll(id, activities, await storage.commit((tx) => append(tx, id, activities, null)));
    },
    async notify({ conversationId, text }) {
      await bot.tell(conversationId, text);
      return true;
    },
    receive: (incoming) => cluster.inTurn(String(incoming.activity.conversation?.id), () => turn(incoming)),
    async history(id, after, limit = 200) {
      if (bot.fault) throw bot.fault;
      if ((await lastSeq(storage.db, id)) === undefined) return undefined;
      const rows = await storage.db
        .selectFrom('activity')
        .select(['seq', 'body'])
        .where('conversation_id', '=', id)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return { activities: rows.map((row) => JSON.parse(row.body)), lastSeq: rows.at(-1)?.seq ?? after };
    },
  };
  const turn = async (incoming: Incoming): Promise<Receipt> => {
    if (bot.fault) throw bot.fault;
    const id = String(incoming.activity.conversation?.id);
    const activities = [incoming.activity as Activity, ...answers(id, incoming)];
    const result = await storage.commit((tx) => take(tx, id, incoming, activities));
    if (typeof result === 'string') return { id: result, duplicate: true, replies: [] };
    bot.heard.push(incoming);
    tellAll(id, activities, result);
    return { id: String(incoming.activity.id), duplicate: false, replies: activities.slice(1) };
  };
  return bot;
}

function answers(id: string, { activity }: Incoming): Activity[] {
  if (activity.type !== 'message') return [];
  return [said(id, { text: `回声：${activity.text ?? ''}`, replyToId: activity.id })];
}

async function take(tx: Tx, id: string, incoming: Incoming, activities: Activity[]): Promise<number | string> {
  const first = await tx
    .selectFrom('activity')
    .select('id')
    .where('conversation_id', '=', id)
    .where('dedupe_key', '=', incoming.dedupeKey)
    .executeTakeFirst();
  if (first) return first.id;
  for (const { id: uploadId, name, contentType, bytes } of incoming.uploads ?? []) {
    const facts = { id: uploadId, conversation_id: id, name, content_type: contentType, size: bytes.length };
    await tx
      .insertInto('upload')
      .values({ ...facts, bytes, created_at: Date.now() })
      .execute();
  }
  return append(tx, id, activities, incoming.dedupeKey);
}

async function begin(tx: Tx, { id, channel, customerId }: Opening): Promise<void> {
  if ((await lastSeq(tx, id)) !== undefined) return;
  const now = Date.now();
  const row = {
    id,
    channel,
    customer_id: customerId,
    version: 0,
    last_seq: 0,
    state: '{}',
    created_at: now,
    updated_at: now,
  };
  await tx.insertInto('conversation').values(row).execute();
  await append(tx, id, [said(id, { text: '您好，我是电语。' })], null);
}

async function append(tx: Tx, id: string, activities: Activity[], key: string | null): Promise<number> {
  let seq = await lastSeq(tx, id);
  if (seq === undefined) throw notFound('There is no such conversation.', 'Open it first.');
  for (const [index, activity] of activities.entries()) {
    seq += 1;
    const row = { conversation_id: id, seq, id: String(activity.id), dedupe_key: index === 0 ? key : null };
    const role = activity.from?.role === 'user' ? ('customer' as const) : ('bot' as const);
    const body = JSON.stringify(activity);
    await tx
      .insertInto('activity')
      .values({ ...row, role, body, created_at: Date.now() })
      .execute();
  }
  await tx.updateTable('conversation').set({ last_seq: seq }).where('id', '=', id).execute();
  return seq;
}

async function lastSeq(db: Storage['db'], id: string): Promise<number | undefined> {
  const row = await db.selectFrom('conversation').select('last_seq').where('id', '=', id).executeTakeFirst();
  return row?.last_seq;
}
