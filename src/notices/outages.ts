import type { Backend, Outage, Place } from '#backends';
import type { Log } from '#log';
import type { OutageStageTable, Selectable, Storage, SubscriptionTable, Tx } from '#storage';
import type { Texts } from '#texts';
import { conversationsOf, type Where } from './audience.ts';
import { automatic, insertNotice, type OutageContent } from './notice.ts';
import { addReceivers } from './receivers.ts';

interface Parts {
  storage: Storage;
  backend: Backend;
  texts(): Texts;
  clock: () => Date;
  log: Log;
}

type Subscription = Selectable<SubscriptionTable>;

/** Outages that touch what customers asked to be told of, each with who asked. */
type Watched = Map<string, { outage: Outage; by: Subscription[] }>;

/** Questions to the utility's systems at the same time. */
const atOnce = 8;

/**
 * Looks at the outages of all places that somebody wants to hear of, and makes a notice of each step: announced, begun, delayed,
 * restored, cancelled. Asks once a transformer area, since all of its accounts have their outages in common.
 */
export async function lookAtOutages(parts: Parts): Promise<void> {
  const { storage, log } = parts;
  const wishes = await storage.db
    .selectFrom('subscription')
    .selectAll()
    .where('topic', '=', 'outage')
    .where(({ or, eb }) => or([eb('account_number', '!=', ''), eb('place', '!=', '')]))
    .execute();
  if (wishes.length === 0) return;
  const watched = await outagesFor(parts, await placesOf(parts, wishes));
  const customers = [...new Set([...watched.values()].flatMap(({ by }) => by.map(({ customer_id }) => customer_id)))];
  const where = customers.length ? await conversationsOf(storage.db, customers) : new Map<string, Where>();
  for (const { outage, by } of watched.values())
    try {
      await storage.commit((tx) => tellOutage(tx, parts, outage, by, where));
    } catch (error) {
      log.error({ error, outage: outage.id }, 'an outage could not be told; the next look tries again');
    }
}

/** Who watches the same place shares its answer: one account stands for its area. */
async function placesOf({ backend, log }: Parts, wishes: readonly Subscription[]) {
  const places = new Map<string, { place: Place; by: Subscription[] }>();
  const add = (key: string, place: Place, wish: Subscription) => {
    const known = places.get(key) ?? { place, by: [] };
    known.by.push(wish);
    places.set(key, known);
  };
  await each(wishes, async (wish) => {
    const { account_number: accountNumber, place } = wish;
    if (!accountNumber) return add(place, JSON.parse(place), wish);
    const account = await attempt(log, () => backend.accounts.find(accountNumber));
    if (account) add(`area ${account.area}`, { accountNumber }, wish);
  });
  return [...places.values()];
}

async function outagesFor({ backend, log }: Parts, places: readonly { place: Place; by: Subscription[] }[]) {
  const watched: Watched = new Map();
  await each(places, async ({ place, by }) => {
    const found = await attempt(log, () => backend.outages.at(place));
    // What is only remembered tells of no change.
    for (const outage of found?.stale ? [] : (found?.outages ?? [])) {
      const known = watched.get(outage.id) ?? { outage, by: [] };
      known.by.push(...by);
      watched.set(outage.id, known);
    }
  });
  return watched;
}

async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += atOnce) await Promise.all(all.slice(at, at + atOnce).map(work));
}

async function attempt<T>(log: Log, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    log.warn({ error }, 'outages could not be looked up; the next look tries again');
    return undefined;
  }
}

/** Stages that are told, and of which former stages each is news; '' is an outage that was not known. */
const news: Readonly<Record<Outage['stage'], readonly string[]>> = {
  announced: [''],
  running: ['', 'announced'],
  delayed: ['announced', 'running', 'delayed'],
  restored: ['announced', 'running', 'delayed'],
  cancelled: ['announced', 'delayed'],
};

/** What is seen is kept, so that each step is told once, and only to those who asked before it. */
async function tellOutage(
  tx: Tx,
  { texts, clock }: Parts,
  outage: Outage,
  by: readonly Subscription[],
  where: ReadonlyMap<string, Where>,
): Promise<void> {
  const now = clock().getTime();
  const seen = (await stageOf(tx, outage)) ?? (await changeStage(tx, texts(), outage, now));
  if (!seen.notice) return;
  const since = asked(outage, seen.at);
  const wanted = by.flatMap((wish) => {
    const at = where.get(wish.customer_id);
    const accounts = wish.account_number ? [wish.account_number] : [];
    return at && wish.created_at < since ? [{ ...at, customerId: wish.customer_id, accounts }] : [];
  });
  if ((await addReceivers(tx, seen.notice, wanted)) === 0) return;
  await tx
    .updateTable('notice')
    .set({ status: 'sending' })
    .where('id', '=', seen.notice)
    .where('status', '=', 'done')
    .execute();
}

/** A planned outage is of use to whoever asks later; whoever asked while the power was off knows that it is. */
function asked({ stage, startsAt }: Outage, seenAt: number): number {
  if (stage === 'announced') return Number.POSITIVE_INFINITY;
  return stage === 'running' ? Date.parse(startsAt) : seenAt;
}

/** The row, if the outage is still at that stage; with a new time of return it is news. */
async function stageOf(tx: Tx, { id, stage, endsAt = '' }: Outage): Promise<OutageStageTable | undefined> {
  const row = await tx.selectFrom('outage_stage').selectAll().where('outage_id', '=', id).executeTakeFirst();
  const same = row?.stage === stage && (stage !== 'delayed' || row.ends_at === endsAt);
  return same ? row : undefined;
}

/** Whoever has not been told of the stage before, since it was night, need not be told of it now. */
const callOff = (tx: Tx, notice: string, at: number) =>
  tx
    .updateTable('notice')
    .set({ status: 'cancelled', finished_at: at, updated_at: at })
    .where('id', '=', notice)
    .where('status', '=', 'sending')
    .execute();

async function changeStage(tx: Tx, texts: Texts, outage: Outage, at: number): Promise<OutageStageTable> {
  const { id, stage, endsAt = '', where, cause, startsAt } = outage;
  const before = await tx
    .selectFrom('outage_stage')
    .select(['stage', 'notice'])
    .where('outage_id', '=', id)
    .executeTakeFirst();
  if (before?.notice) await callOff(tx, before.notice, at);
  const kind = `outage.${stage}`;
  const notice = news[stage].includes(before?.stage ?? '') ? `${kind}:${id}:${at}` : '';
  if (notice) {
    const title = texts.say('common', `notice.outage.title.${stage}`);
    const content: OutageContent = { where, cause, startsAt, endsAt: outage.endsAt };
    const rest = { topic: 'outage', legal: false, status: 'sending', author: automatic, counted: true } as const;
    await insertNotice(tx, { id: notice, kind, title, content, ...rest }, at);
  }
  const row = { outage_id: id, stage, ends_at: endsAt, at, notice };
  const { outage_id: _, ...set } = row;
  await tx
    .insertInto('outage_stage')
    .values(row)
    .onConflict((clash) => clash.column('outage_id').doUpdateSet(set))
    .execute();
  return row;
}
