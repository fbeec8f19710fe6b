import { bumpConversation, writeSayings } from './commit.ts';
import { conversationTopic, type Telling } from './contract.ts';
import type { Parts } from './parts.ts';
import { untilWon } from './races.ts';
import { unasked } from './unasked.ts';

/** Adds words of ours to a conversation in one commit; what the bot knows of the conversation stays as it is. */
export const notifyCustomer = (parts: Parts, said: Telling): Promise<boolean> =>
  untilWon(
    () => notifyOnce(parts, said),
    async () => ((await isSaid(parts, said)) ? false : undefined),
  );

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
  const at = now.getTime();
  const to = { id, channel: row.channel, customerId: row.customer_id };
  const activity = unasked(parts, to, 'notice', text, now);
  const loaded = { ...to, version: row.version, lastSeq: row.last_seq };
  await storage.commit(async (tx) => {
    // A turn under way meanwhile is computed anew: its answer stands below.
    await bumpConversation(tx, loaded, row.state, 1, at);
    await writeSayings(tx, loaded, [{ role: 'bot', activity, dedupeKey: key }], at);
  });
  const seq = row.last_seq + 1;
  cluster.publish(conversationTopic(id), { firstSeq: seq, lastSeq: seq, activities: [activity] });
  return true;
}
