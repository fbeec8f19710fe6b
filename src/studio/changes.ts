import { z } from 'zod';
import type { Db, StudioChangeTable, Tx } from '#storage';

const Texts = z.array(z.string());
const Renamed = z.object({ from: z.string(), to: z.string() });

/** What an admin did. Kept for good; old ones must stay readable, so shapes only grow. */
const Deed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('intent.made'),
    intent: z.string(),
    data: z.object({ name: z.string(), answer: z.string(), texts: Texts }),
  }),
  z.object({ kind: z.literal('intent.named'), intent: z.string(), data: Renamed }),
  z.object({ kind: z.literal('intent.answered'), intent: z.string(), data: Renamed }),
  z.object({ kind: z.literal('intent.removed'), intent: z.string(), data: z.object({ name: z.string() }) }),
  z.object({ kind: z.literal('utterances.added'), intent: z.string(), data: z.object({ texts: Texts }) }),
  z.object({ kind: z.literal('utterance.edited'), intent: z.string(), data: Renamed }),
  z.object({ kind: z.literal('utterances.removed'), intent: z.string(), data: z.object({ texts: Texts }) }),
  z.object({
    kind: z.literal('published'),
    intent: z.literal(''),
    data: z.object({ version: z.number(), before: z.number(), note: z.string() }),
  }),
]);
export type Deed = z.infer<typeof Deed>;
export type Change = Deed & { seq: number; at: number; author: string };

/** Someone else's change came between: what was decided on may be no longer so. */
export class Overtaken extends Error {}

const fromRow = ({ seq, at, author, kind, intent, data }: StudioChangeTable): Change => ({
  ...Deed.parse({ kind, intent, data: JSON.parse(data) }),
  seq,
  at,
  author,
});

/** In the order in which they were made. */
export async function changesAfter(db: Db, seq: number): Promise<Change[]> {
  const rows = await db.selectFrom('studio_change').selectAll().where('seq', '>', seq).orderBy('seq').execute();
  return rows.map(fromRow);
}

/** Newest first. */
export async function changesBefore(db: Db, before: number, limit: number, intent?: string): Promise<Change[]> {
  let rows = db.selectFrom('studio_change').selectAll().where('seq', '<', before);
  if (intent) rows = rows.where('intent', '=', intent);
  return (await rows.orderBy('seq', 'desc').limit(limit).execute()).map(fromRow);
}

/** Every publication, oldest first: the last one says what is current. */
export async function publications(db: Db): Promise<Extract<Change, { kind: 'published' }>[]> {
  const rows = await db
    .selectFrom('studio_change')
    .selectAll()
    .where('kind', '=', 'published')
    .orderBy('seq')
    .execute();
  return rows.map(fromRow).filter((change) => change.kind === 'published');
}

/** @throws Overtaken unless `after` is the newest change: the row of the counter makes writers on all replicas wait for each other. */
export async function append(tx: Tx, after: number, deeds: readonly Deed[], author: string, at: number): Promise<void> {
  const { value } = await tx
    .insertInto('counter')
    .values({ name: 'studio.change', value: deeds.length })
    .onConflict((clash) =>
      clash.column('name').doUpdateSet((row) => ({ value: row('counter.value', '+', deeds.length) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  if (value !== after + deeds.length) throw new Overtaken();
  const rows = deeds.map(({ kind, intent, data }, i) => ({
    ...{ seq: after + 1 + i, at, author, kind, intent },
    data: JSON.stringify(data),
  }));
  await tx.insertInto('studio_change').values(rows).execute();
}
