import type { Activity } from 'botbuilder-core';
import { enqueue } from '#delivery';
import { bind, boundAccounts } from '#identity';
import { isUniqueViolation } from '#storage';
import { button } from './buttons.ts';
import { writeSayings } from './commit.ts';
import type { Opening } from './contract.ts';
import type { Parts } from './parts.ts';
import { freshState } from './state.ts';
import { unasked } from './unasked.ts';

/** Makes a conversation with its welcome, once. */
export async function openConversation(parts: Parts, opening: Opening): Promise<void> {
  const { id, channel, customerId, accounts } = opening;
  const now = parts.clock();
  const at = now.getTime();
  const buttons = ['button.report', 'button.outage', 'button.progress', 'button.person'].map((key) =>
    button(parts.texts, 'common', key, parts.texts),
  );
  const bound = await boundAccounts(parts.storage.db, customerId);
  const state = { ...freshState([...new Set([...bound, ...(accounts ?? [])])]), buttons };
  const welcome: Activity = {
    ...unasked(parts, opening, 'welcome', parts.texts.say('common', 'welcome'), now),
    suggestedActions: { to: [], actions: buttons.map(({ title }) => ({ type: 'imBack', title, value: title })) },
  };
  const posts = opening.posts?.([welcome]) ?? [];
  try {
    await parts.storage.commit(async (tx) => {
      for (const post of posts) await enqueue(tx, { ...post, at });
      for (const accountNumber of accounts ?? []) await bind(tx, { customerId, accountNumber }, at);
      await tx
        .insertInto('conversation')
        .values({
          id,
          channel,
          customer_id: customerId,
          version: 1,
          last_seq: 1,
          state: JSON.stringify(state),
          created_at: at,
          updated_at: at,
        })
        .execute();
      await writeSayings(tx, { id, lastSeq: 0 }, [{ role: 'bot', activity: welcome, dedupeKey: null }], at);
    });
    if (posts.length > 0) parts.deliver();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}
