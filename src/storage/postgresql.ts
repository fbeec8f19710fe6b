import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types as pgTypes } from 'pg';
import { GridTalkError } from '#errors';
import { databaseUnreachable, isWorthRetrying, storageClosed, wrongEncoding } from './faults.ts';
import { migrate } from './migrate.ts';
import { asWork, refuseNested } from './nesting.ts';
import type { Schema } from './schema.ts';
import type { Db, Storage, Tx } from './storage.ts';

/** Per replica; a stock server takes 100 in all. */
const connections = { writing: 8, reading: 4 };
const attempts = 5;

/** bigint columns hold times and counters: numbers, as SQLite gives them. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pgTypes.builtins.INT8 ? Number : pgTypes.getTypeParser(oid, format)) as typeof pgTypes.getTypeParser,
};

function connect(databaseUrl: string, max: number, options?: string): Db {
  const pool = new Pool({ connectionString: databaseUrl, max, types, options, connectionTimeoutMillis: 30_000 });
  // Without a listener a connection that breaks while idle would end the process; the next query gets a new one or the fault.
  pool.on('error', () => undefined);
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** PostgreSQL for many replicas: each commit is its own transaction, in one of a few connections. */
export async function openPostgresql(databaseUrl: string): Promise<Storage> {
  const writing = connect(databaseUrl, connections.writing);
  const db = connect(databaseUrl, connections.reading, '-c default_transaction_read_only=on');
  const closing = closer([writing, db]);
  try {
    await refuseEncoding(writing);
    await migrate(writing, 'postgresql');
  } catch (error) {
    await closing.close();
    throw error instanceof GridTalkError ? error : databaseUnreachable(error);
  }
  return {
    kind: 'postgresql',
    db,
    async commit(work) {
      refuseNested();
      return closing.during(() => retried(writing, work));
    },
    close: closing.close,
  };
}

/** Waits for running commits, refuses new ones, then ends the pools. */
function closer(databases: readonly Db[]) {
  const running = new Set<Promise<unknown>>();
  let closed: Promise<unknown> | undefined;
  const finish = async () => {
    await Promise.allSettled(running);
    await Promise.all(databases.map((database) => database.destroy()));
  };
  return {
    async during<T>(work: () => Promise<T>): Promise<T> {
      if (closed) throw storageClosed();
      const result = work();
      running.add(result);
      return result.finally(() => running.delete(result));
    },
    async close(): Promise<void> {
      closed ??= finish();
      await closed;
    },
  };
}

async function retried<T>(writing: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const transaction = writing.transaction().setIsolationLevel('read committed');
      return await transaction.execute((tx) => asWork(() => work(tx)));
    } catch (error) {
      if (attempt === attempts || !isWorthRetrying(error)) throw error;
    }
  }
}

async function refuseEncoding(db: Db): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding ?? 'unknown';
  if (encoding !== 'UTF8') throw wrongEncoding(encoding);
}
