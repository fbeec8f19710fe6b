import type { Backend } from '#backends';
import type { Storage, Tx } from '#storage';
import { type Language, languages, type Texts, type Translations } from '#texts';
import { type Composed, compose, isDown } from './compose.ts';
import type { Notice } from './notice.ts';
import { post } from './parcel.ts';
import { moveReceiver, type Receiver } from './receivers.ts';
import { optedOut } from './wishes.ts';

export interface DispatchParts {
  storage: Storage;
  backend: Backend;
  /** The texts in force, and their other languages. */
  texts(): Texts;
  translations: Translations;
  clock: () => Date;
}

/** In one commit, so that a pause or a kill has little to wait for. */
const pageSize = 100;

/**
 * The next page of those who wait: their words are made, then row and parcel are committed together. Answers how many were taken; 0
 * where nobody waits. @throws BackendUnavailable where nobody's own words could be made
 */
export async function dispatchPage(parts: DispatchParts, notice: Notice): Promise<number> {
  const { storage, clock } = parts;
  const rows = await waiting(storage, notice.id);
  if (rows.length === 0) return 0;
  const customers = rows.map(({ customer_id }) => customer_id);
  const deaf = notice.legal ? new Set<string>() : await optedOut(storage.db, notice.topic, customers);
  const told = rows.filter(({ customer_id }) => !deaf.has(customer_id));
  const words = await wordsFor(parts, notice, told);
  const now = clock().getTime();
  await storage.commit(async (tx) => {
    // Paused, cancelled or written anew while the words were made: then nothing leaves.
    if (!(await isSending(tx, notice))) return;
    for (const row of rows) {
      const composed = words.get(row.customer_id);
      const to = { notice: row.notice, customer: row.customer_id };
      if (!composed) {
        if (deaf.has(row.customer_id)) await moveReceiver(tx, to, ['waiting'], { status: 'skipped', done_at: now });
        continue;
      }
      const set = { status: 'queued', body: composed.text, queued_at: now };
      if (await moveReceiver(tx, to, ['waiting'], set)) await post(tx, { ...to, way: '', facts: composed.facts }, now);
    }
  });
  return rows.length;
}

const waiting = (storage: Storage, notice: string): Promise<Receiver[]> =>
  storage.db
    .selectFrom('notice_receiver')
    .selectAll()
    .where('notice', '=', notice)
    .where('status', '=', 'waiting')
    .orderBy('customer_id')
    .limit(pageSize)
    .execute();

async function isSending(tx: Tx, { id, version }: Notice): Promise<boolean> {
  const row = await tx.selectFrom('notice').select(['status', 'version']).where('id', '=', id).executeTakeFirst();
  return row?.status === 'sending' && row.version === version;
}

/** Who can't be served while one system is down waits; where that is everybody, the whole notice does. */
async function wordsFor(parts: DispatchParts, notice: Notice, rows: readonly Receiver[]) {
  const speech = await textsOf(parts, rows);
  const now = parts.clock();
  const made = await Promise.allSettled(
    rows.map(async (row): Promise<[string, Composed]> => {
      const texts = speech(row.conversation_id);
      const tools = { backend: parts.backend, texts, now };
      return [row.customer_id, await compose(tools, notice, JSON.parse(row.accounts))];
    }),
  );
  const good = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const fault = made.find((each) => each.status === 'rejected');
  if (fault && (good.length === 0 || !isDown(fault.reason))) throw fault.reason;
  return new Map(good);
}

/** The language that each conversation is held in. */
export async function textsOf(
  { storage, texts, translations }: Pick<DispatchParts, 'storage' | 'texts' | 'translations'>,
  rows: readonly Receiver[],
): Promise<(conversationId: string) => Texts> {
  const ids = rows.map(({ conversation_id }) => conversation_id);
  const states = ids.length
    ? await storage.db.selectFrom('conversation').select(['id', 'state']).where('id', 'in', ids).execute()
    : [];
  const spoken = new Map(states.map(({ id, state }) => [id, languageIn(state)]));
  return (id) => translations.of(texts(), spoken.get(id) ?? 'zh-CN');
}

/** The bot's state, of which only this is of interest here. */
export function languageIn(state: string): Language {
  const { language } = JSON.parse(state) as { language?: unknown };
  return languages.find((each) => each === language) ?? 'zh-CN';
}
