import { z } from 'zod';
import type { Db, StudioVersionTable, Tx } from '#storage';
import { HeldOut } from '#wire';
import { trainingAlready } from './faults.ts';

/** A replica that gave no sign of life for so long died while it learnt. */
const DEAD_AFTER = 30_000;
/** So many models are kept to roll back to. */
const KEPT = 20;

/** Names and answers that go with a model: `answer` only where an admin wrote it. */
const Manifest = z.array(z.object({ id: z.string(), name: z.string(), answer: z.string().optional() }));
export type Manifest = z.infer<typeof Manifest>;

export interface Version extends Omit<StudioVersionTable, 'intents' | 'report'> {
  intents: Manifest;
  report?: HeldOut;
}

function fromRow({ intents, report, ...row }: StudioVersionTable): Version {
  const read = HeldOut.safeParse(report === null ? undefined : JSON.parse(report));
  return { ...row, intents: Manifest.parse(JSON.parse(intents)), report: read.success ? read.data : undefined };
}

/** Newest first. */
export async function listVersions(db: Db): Promise<Version[]> {
  return (await db.selectFrom('studio_version').selectAll().orderBy('number', 'desc').execute()).map(fromRow);
}

export async function findVersion(db: Db, number: number): Promise<Version | undefined> {
  const row = await db.selectFrom('studio_version').selectAll().where('number', '=', number).executeTakeFirst();
  return row && fromRow(row);
}

export async function keptModels(db: Db): Promise<Set<number>> {
  return new Set((await db.selectFrom('studio_model').select('number').execute()).map(({ number }) => number));
}

export async function modelBytes(db: Db, number: number): Promise<Uint8Array | undefined> {
  return (await db.selectFrom('studio_model').select('bytes').where('number', '=', number).executeTakeFirst())?.bytes;
}

type Begun = Pick<Version, 'author' | 'seq' | 'engine' | 'intents'>;

/** Opens a version in training and answers its number. @throws TrainingAlready: never two at once, on any replica. */
export async function beginVersion(tx: Tx, begun: Begun, now: number): Promise<number> {
  // The counter's row makes replicas that begin at once wait for each other.
  const { value: number } = await tx
    .insertInto('counter')
    .values({ name: 'studio.version', value: 1 })
    .onConflict((clash) => clash.column('name').doUpdateSet((row) => ({ value: row('counter.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow();
  const running = await tx
    .selectFrom('studio_version')
    .select(['author', 'updated_at'])
    .where('status', '=', 'training')
    .execute();
  const alive = running.find((row) => row.updated_at > now - DEAD_AFTER);
  if (alive) throw trainingAlready(alive.author);
  await failDead(tx, now + 1);
  const version: StudioVersionTable = {
    ...{ ...begun, number, status: 'training', stage: 'reading', share: 0, report: null, failure: null },
    ...{ intents: JSON.stringify(begun.intents), created_at: now, updated_at: now },
  };
  await tx.insertInto('studio_version').values(version).execute();
  return number;
}

/** Trainings whose process is gone. */
export async function failDead(tx: Tx, lastSeenBefore: number): Promise<void> {
  await tx
    .updateTable('studio_version')
    .set({ status: 'failed', failure: 'The server stopped while it learnt.' })
    .where('status', '=', 'training')
    .where('updated_at', '<', lastSeenBefore)
    .execute();
}

export const isDead = ({ status, updated_at }: Version, now: number) =>
  status === 'training' && updated_at <= now - DEAD_AFTER;

export const updateVersion = (tx: Tx, number: number, change: Partial<StudioVersionTable>) =>
  tx.updateTable('studio_version').set(change).where('number', '=', number).where('status', '=', 'training').execute();

/** Stores what was learnt, and lets go of models that nobody will go back to. `published` stays whatever its age. */
export async function finishVersion(
  tx: Tx,
  number: number,
  { model, report }: { model: Uint8Array; report: HeldOut },
  published: number,
  now: number,
): Promise<void> {
  await tx.insertInto('studio_model').values({ number, bytes: model }).execute();
  await updateVersion(tx, number, {
    ...{ status: 'trained', report: JSON.stringify(report), share: 100, updated_at: now },
  });
  const kept = await tx
    .selectFrom('studio_model')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .offset(KEPT - 1)
    .executeTakeFirst();
  if (!kept) return;
  await tx.deleteFrom('studio_model').where('number', '<', kept.number).where('number', '!=', published).execute();
}
