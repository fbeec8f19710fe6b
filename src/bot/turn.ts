import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder-core';
import { enqueue } from '#delivery';
import { notFound } from '#errors';
import { type ConversationTable, isUniqueViolation, sql } from '#storage';
import type { Language } from '#texts';
import type { TurnAdapter } from './adapter.ts';
import { answer } from './answer.ts';
import { drawn } from './chart.ts';
import { type Loaded, LostRace, type Saying, writeTurn } from './commit.ts';
import { conversationTopic, type Incoming, type Receipt } from './contract.ts';
import { type Draft, emptyDraft, type Reply } from './draft.ts';
import { MessageFactory } from './framework.ts';
import { neverThrice } from './guard.ts';
import { earlierReceipt } from './history.ts';
import { languageOf } from './language.ts';
import type { Parts } from './parts.ts';
import { type Scene, say } from './scene.ts';
import { sealsTurn } from './seal-turn.ts';
import { readState } from './state.ts';
import { type Understood, understand } from './understand.ts';

/** Races are lost to one other turn at a time; more in a row than this is a fault of ours. */
const attempts = 8;

/**
 * One message, one transaction: compute → commit. Whether it was seen before is the database's word: the commit of a second one
 * meets the unique dedupe key. A turn that loses a race has done nothing and runs again.
 */
export async function takeTurn(parts: Parts, adapter: TurnAdapter, incoming: Incoming): Promise<Receipt> {
  const id = incoming.activity.conversation?.id ?? '';
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTurn(parts, adapter, incoming, id);
    } catch (error) {
      if (!(error instanceof LostRace || isUniqueViolation(error))) throw error;
      const earlier = await earlierReceipt(parts.storage.db, id, incoming.dedupeKey);
      if (earlier) return earlier;
      if (attempt >= attempts) throw error;
    }
  }
}

async function attemptTurn(parts: Parts, adapter: TurnAdapter, incoming: Incoming, id: string): Promise<Receipt> {
  const before = await load(parts, id);
  const { loaded } = before;
  const now = parts.clock();
  const asked = stamp(incoming.activity, now);
  const draft = emptyDraft(readState(before.stored));
  const replies = await adapter.collect(asked, async (context) => {
    await compute(parts, draft, context.activity, incoming, before, now);
    await context.sendActivities(draft.replies.map((reply) => toActivity(reply, context, now)));
  });
  const text = asked.text ?? '';
  if (sealsTurn(parts, readState(before.stored), draft, text, now)) for (const each of [asked, ...replies]) seal(each);
  const sayings: Saying[] = [
    { role: 'customer', activity: asked, dedupeKey: incoming.dedupeKey },
    ...replies.map((activity) => ({ role: 'bot' as const, activity, dedupeKey: null })),
  ];
  const posts = incoming.posts?.(replies) ?? [];
  const changed = await parts.storage.commit(async (tx) => {
    for (const post of posts) await enqueue(tx, { ...post, at: now.getTime() });
    return writeTurn(tx, loaded, draft, sayings, incoming.uploads ?? [], now.getTime());
  });
  tell(parts, loaded, draft, sayings, changed);
  if (posts.length > 0) parts.deliver();
  return { id: asked.id as string, duplicate: false, replies };
}

async function load(parts: Parts, id: string): Promise<{ loaded: Loaded; stored: string }> {
  // Asked with every message: written out, it need not be put together each time.
  const found = await sql<ConversationTable>`select * from conversation where id = ${id}`.execute(parts.storage.db);
  const [row] = found.rows;
  if (!row) throw notFound(`There is no conversation ${id}.`, 'Open one first.', 'ConversationNotFound');
  const loaded = { id, channel: row.channel, customerId: row.customer_id, version: row.version, lastSeq: row.last_seq };
  return { loaded, stored: row.state };
}

const stamp = (activity: Partial<Activity>, now: Date): Activity =>
  ({ ...activity, type: 'message', id: activity.id ?? randomUUID(), timestamp: activity.timestamp ?? now }) as Activity;

/** Told to the desk with the activity: only administrators read it. */
function seal(activity: Activity): void {
  activity.channelData = { ...activity.channelData, sealed: true };
}

/** Fills the draft. A fault of ours is told to the customer as such; nothing else of the turn then takes effect. */
async function compute(
  parts: Parts,
  draft: Draft,
  activity: Activity,
  incoming: Incoming,
  { loaded, stored }: { loaded: Loaded; stored: string },
  now: Date,
): Promise<void> {
  const photos = (incoming.uploads ?? []).map((upload) => upload.id);
  const understood = understand(activity, draft.state, parts, photos);
  speak(draft.state, languageHeard(understood, draft.state.language));
  const scene: Scene = { parts, draft, understood, conversation: loaded, now };
  try {
    await answer(scene);
  } catch (error) {
    if (error instanceof LostRace) throw error;
    parts.log.error({ error, conversation: loaded.id }, 'a turn failed; the customer was told to try again');
    Object.assign(draft, emptyDraft(readState(stored)));
    say(scene, 'common', 'trouble', {}, ['button.person']);
  }
  neverThrice(scene);
}

/** Traditional script is the conversation's until it is plainly written otherwise twice. */
function speak(state: Draft['state'], heard: Language): void {
  const leaves = state.language === 'zh-TW' && heard === 'zh-CN';
  state.simplified = leaves ? (state.simplified ?? 0) + 1 : 0;
  if (!leaves || state.simplified > 1) state.language = heard;
}

/** Who writes English may still give an address as it stands on the door. */
function languageHeard({ said, heard }: Understood, before: Language): Language {
  const place = before === 'en' ? heard.entities.address : undefined;
  return languageOf(place ? said.replace(place, '') : said, before);
}

function toActivity({ key, text, buttons, chart }: Reply, context: TurnContext, now: Date): Partial<Activity> {
  const actions = buttons.map(({ title }) => ({ type: 'imBack', title, value: title }));
  const message = actions.length
    ? MessageFactory.suggestedActions(actions, text)
    : (MessageFactory.text(text) as Activity);
  return {
    ...message,
    id: randomUUID(),
    timestamp: now,
    textFormat: 'plain',
    channelId: context.activity.channelId,
    ...(chart ? { attachments: [drawn(chart)] } : {}),
    channelData: { key },
  };
}

/** After the commit, to whoever listens: open streams of the conversation, live desks, the outbox. */
function tell(
  parts: Parts,
  loaded: Loaded,
  draft: Draft,
  sayings: Saying[],
  changed: Awaited<ReturnType<typeof writeTurn>>,
) {
  parts.cluster.publish(conversationTopic(loaded.id), {
    firstSeq: loaded.lastSeq + 1,
    lastSeq: loaded.lastSeq + sayings.length,
    activities: sayings.map(({ activity }) => activity),
  });
  for (const { order } of draft.orders) parts.announce('created', order);
  for (const order of changed) parts.announce('changed', order);
  if (draft.orders.length + draft.proofs.length > 0) parts.deliver();
}
