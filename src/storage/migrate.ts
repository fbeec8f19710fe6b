import { type Kysely, sql } from 'kysely';
import { databaseIsNewer } from './faults.ts';
import { first } from './migrations/0001-first.ts';
import { studio } from './migrations/0002-studio.ts';
import { customers } from './migrations/0003-customers.ts';
import { inbox } from './migrations/0004-inbox.ts';
import { doors } from './migrations/0005-doors.ts';
import { notices } from './migrations/0006-notices.ts';
import { receipts } from './migrations/0007-receipts.ts';
import type { Schema } from './schema.ts';
import { columnTypes, type Migration } from './types.ts';

const migrations: readonly Migration[] = [first, studio, customers, inbox, doors, notices, receipts];

/** Any number, as long as every GridTalk asks for the same one. */
const advisoryLock = 714_280_517;

type Journal = { migration: { name: string; applied_at: number } };

/** Applies what is missing, all or nothing. Replicas that start together do it one after another. */
export async function migrate(db: Kysely<Schema>, kind: 'sqlite' | 'postgresql'): Promise<void> {
  const types = columnTypes[kind];
  const transaction = db.withTables<Journal>().transaction().setIsolationLevel('read committed');
  await transaction.execute(async (tx) => {
    if (kind === 'postgresql') await sql`select pg_advisory_xact_lock(${sql.lit(advisoryLock)})`.execute(tx);
    await run(tx, `create table if not exists migration (name ${types.text} primary key, applied_at ${types.bigint})`);
    const applied = (await tx.selectFrom('migration').select('name').execute()).map(({ name }) => name);
    const unknown = applied.filter((name) => migrations.every((migration) => migration.name !== name));
    if (unknown.length > 0) throw databaseIsNewer(unknown);
    for (const migration of migrations) {
      if (applied.includes(migration.name)) continue;
      for (const statement of migration.statements(types)) await run(tx, statement);
      await tx.insertInto('migration').values({ name: migration.name, applied_at: Date.now() }).execute();
    }
  });
}

const run = (tx: Kysely<Schema & Journal>, statement: string) => sql.raw(statement).execute(tx);
