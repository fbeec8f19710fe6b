import type { ConversationReference } from 'botbuilder-core';
import { giveUp } from '#delivery';
import type { Storage } from '#storage';
import type { Sent } from './incoming.ts';

export const orderingKey = (conversationId: string) => `botframework:${conversationId}`;
const remembered = 20_000;

/** Without the activity: it is the way to the customer, whatever was said last. */
const referenceOf = ({ channelId, serviceUrl, conversation, from, recipient }: Sent, userId: string) => ({
  channelId,
  serviceUrl,
  conversation,
  bot: recipient,
  user: userId === from.id ? from : { id: userId },
});

/** How each customer is reached, kept from one start to the next; written only when it changes. */
export function openReferences(storage: Storage, clock: () => Date) {
  const known = new Map<string, string>();

  async function read(conversationId: string): Promise<string | undefined> {
    const row = await storage.db
      .selectFrom('bot_reference')
      .select('reference')
      .where('conversation_id', '=', conversationId)
      .executeTakeFirst();
    return row?.reference;
  }

  return {
    async keep(conversationId: string, sent: Sent, userId: string): Promise<void> {
      const reference = JSON.stringify(referenceOf(sent, userId));
      if ((known.get(conversationId) ?? (await read(conversationId))) !== reference)
        await storage.commit((tx) => {
          const set = { reference, updated_at: clock().getTime() };
          return tx
            .insertInto('bot_reference')
            .values({ conversation_id: conversationId, ...set })
            .onConflict((clash) => clash.column('conversation_id').doUpdateSet(set))
            .execute();
        });
      if (known.size >= remembered) known.clear();
      known.set(conversationId, reference);
    },
    /** From the database: another replica may have heard of them last. */
    async find(conversationId: string): Promise<Partial<ConversationReference> | undefined> {
      const reference = await read(conversationId);
      return reference === undefined ? undefined : JSON.parse(reference);
    },
    /** The customer has taken the bot away: nothing more can be sent until they write. */
    async drop(conversationId: string): Promise<void> {
      known.delete(conversationId);
      await storage.commit(async (tx) => {
        await tx.deleteFrom('bot_reference').where('conversation_id', '=', conversationId).execute();
        await giveUp(tx, orderingKey(conversationId), 'The customer has removed the bot.', clock().getTime());
      });
    },
  };
}

export type References = ReturnType<typeof openReferences>;
