import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import { enqueue } from '#delivery';
import { bind, boundAccounts } from '#identity';
import { isUniqueViolation } from '#storage';
import { button } from './buttons.ts';
import type { Opening } from './contract.ts';
import type { Parts } from './parts.ts';
import { freshState } from './state.ts';

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
  const welcome = welcomeActivity(parts, id, customerId, channel, buttons, now);
  const posts = opening.posts?.([welcome as Activity]) ?? [];
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
      await tx
        .insertInto('activity')
        .values({
          conversation_id: id,
          seq: 1,
          id: welcome.id as string,
          role: 'bot',
          dedupe_key: null,
          body: JSON.stringify(welcome),
          created_at: at,
        })
        .execute();
    });
    if (posts.length > 0) parts.deliver();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}

function welcomeActivity(
  parts: Parts,
  id: string,
  customerId: string,
  channel: string,
  buttons: { title: string }[],
  timestamp: Date,
): Partial<Activity> {
  return {
    type: 'message',
    id: randomUUID(),
    timestamp,
    channelId: channel,
    conversation: { id } as Activity['conversation'],
    from: { id: 'gridtalk', name: parts.texts.say('common', 'name'), role: 'bot' },
    recipient: { id: customerId, name: '' },
    text: parts.texts.say('common', 'welcome'),
    textFormat: 'plain',
    suggestedActions: { to: [], actions: buttons.map(({ title }) => ({ type: 'imBack', title, value: title })) },
    channelData: { key: 'common:welcome' },
  } as Partial<Activity>;
}
