import type { DatabaseSync } from 'node:sqlite';
import { type DatabaseConnection, DefaultQueryExecutor, type SqliteDialect, Transaction } from 'kysely';
import { workIsOver } from './faults.ts';
import type { Writer } from './group-commit.ts';
import type { Schema } from './schema.ts';
import { asKyselyDatabase } from './statements.ts';

/** The connection for one work; a statement that nobody awaited must not slip into the next one's savepoint. */
function revocable(connection: DatabaseConnection): DatabaseConnection & { revoke(): void } {
  let over = false;
  const usable = () => {
    if (over) throw workIsOver();
    return connection;
  };
  return {
    executeQuery: async (query) => usable().executeQuery(query),
    streamQuery: (query, chunkSize) => usable().streamQuery(query, chunkSize),
    revoke() {
      over = true;
    },
  };
}

/** The writing side: transactions are begun and ended here by the group, so each work gets a `tx` that only runs statements. */
export async function openWriter(database: DatabaseSync, dialect: SqliteDialect): Promise<Writer> {
  const driver = dialect.createDriver();
  await driver.init();
  const connection = await driver.acquireConnection();
  const [compiler, adapter] = [dialect.createQueryCompiler(), dialect.createAdapter()];
  const commands = asKyselyDatabase(database);
  return {
    run: (command) => void commands.prepare(command).run([]),
    inTransaction: () => database.isTransaction,
    begin() {
      const mine = revocable(connection);
      const provider = {
        provideConnection: <T>(use: (connection: DatabaseConnection) => Promise<T>) => use(mine),
      };
      const executor = new DefaultQueryExecutor(compiler, adapter, provider);
      return { tx: new Transaction<Schema>({ config: { dialect }, driver, dialect, executor }), end: mine.revoke };
    },
  };
}
