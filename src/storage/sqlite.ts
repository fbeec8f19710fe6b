import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { GridTalkError } from '#errors';
import { folderUnusable } from './faults.ts';
import { lockFolder } from './folder-lock.ts';
import { groupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';
import { openWriter } from './sqlite-writer.ts';
import { asKyselyDatabase } from './statements.ts';
import type { Storage } from './storage.ts';

/** How long a statement waits while a backup or the sqlite3 shell holds the file: the process stands still meanwhile. */
const busyMilliseconds = 2000;

function connect(file: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds, readOnly });
  // An acknowledged commit survives a power cut: FULL flushes the log with every commit, which WAL alone would not.
  if (!readOnly)
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000');
  database.exec('pragma cache_size = -8000; pragma temp_store = memory');
  return database;
}

/** The embedded database in `dataDir`: one process, one writer whose commits share flushes, one connection for reads. */
export async function openSqlite(dataDir: string): Promise<Storage> {
  const opened: (() => unknown)[] = [];
  const close = () => {
    for (const undo of opened.splice(0).reverse()) undo();
  };
  try {
    // Customers' addresses and phones lie here: nobody else on the machine reads them.
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    const lock = lockFolder(dataDir);
    opened.push(lock.release);
    return await open(join(dataDir, 'gridtalk.db'), opened, close);
  } catch (error) {
    close();
    throw error instanceof GridTalkError ? error : folderUnusable(dataDir, error);
  }
}

async function open(file: string, opened: (() => unknown)[], close: () => void): Promise<Storage> {
  const writing = connect(file, false);
  opened.push(() => writing.close());
  const dialect = new SqliteDialect({ database: asKyselyDatabase(writing) });
  await migrate(new Kysely<Schema>({ dialect }), 'sqlite');
  const group = groupCommit(await openWriter(writing, dialect));
  const reading = connect(file, true);
  opened.push(() => reading.close());
  return {
    kind: 'sqlite',
    db: new Kysely<Schema>({ dialect: new SqliteDialect({ database: asKyselyDatabase(reading) }) }),
    commit: group.commit,
    async close() {
      await group.close();
      close();
    },
  };
}
