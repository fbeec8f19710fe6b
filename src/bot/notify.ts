import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import { type ConversationTable, isUniqueViolation, type Tx } from '#storage';
import { LostRace } from './commit.ts';
import { conversationTopic, type Telling } from './contract.ts';
import type { Parts } from './parts.ts';

const attempts = 8;

/** Adds words of ours to a conversation in one commit; what the bot knows of the conversation stays as it is. */
export async function notifyCustomer(parts: Parts, said: Telling): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await notifyOnce(parts, said);
    } catch (error) {
      // It was said before, by this process or by one that was killed.
      if (isUniqueViolation(error) && (await isSaid(parts, said))) return false;
      if (!(error instanceof LostRace || isUniqueViolation(error)) || attempt >= attempts) throw error;
    }
  }
}

const isSaid = async ({ storage }: Parts, { conversationId, key }: Telling): Promise<boolean> =>
  (await storage.db
    .selectFrom('activity')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('dedupe_key', '=', key)
    .executeTakeFirst()) !== undefined;

async function notifyOnce(parts: Parts, { conversationId: id, text, key }: Telling): Promise<boolean> {
  const { storage, cluster } = parts;
  const row = await storage.db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return false;
  const now = parts.clock();
  const activity = words(parts, row, text, now);
  const seq = row.last_seq + 1;
  await storage.commit(async (tx) => {
    await bump(tx, row, seq, now.getTime());
    const body = JSON.stringify(activity);
    const said = { conversation_id: id, seq, id: activity.id as string, role: 'bot' as const, body };
    await tx
      .insertInto('activity')
      .values({ ...said, dedupe_key: key, created_at: now.getTime() })
      .execute();
  });
  cluster.publish(conversationTopic(id), { firstSeq: seq, lastSeq: seq, activities: [activity] });
  return true;
}

/** A turn under way meanwhile is computed anew: its answer stands below. @throws LostRace */
async function bump(tx: Tx, { id, version }: ConversationTable, seq: number, at: number): Promise<void> {
  const result = await tx
    .updateTable('conversation')
    .set({ version: version + 1, last_seq: seq, updated_at: at })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) !== 1) throw new LostRace();
}

const words = (parts: Parts, row: ConversationTable, text: string, timestamp: Date): Partial<Activity> =>
  ({
    ...{ type: 'message', id: randomUUID(), timestamp, channelId: row.channel, conversation: { id: row.id } },
    from: { id: 'gridtalk', name: parts.texts.say('common', 'name'), role: 'bot' },
    recipient: { id: row.customer_id, name: '' },
    ...{ text, textFormat: 'plain', channelData: { key: 'common:notice' } },
  }) as Partial<Activity>;
