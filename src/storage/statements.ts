import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { nulInText } from './faults.ts';

/** GridTalk asks some hundred different questions; texts beyond that are one-offs with varying lists. */
const kept = 300;

function checked(parameters: readonly unknown[]): SQLInputValue[] {
  for (const value of parameters) if (typeof value === 'string' && value.includes('\0')) throw nulInText();
  return parameters as SQLInputValue[];
}

function statement(prepared: StatementSync): SqliteStatement {
  return {
    reader: prepared.columns().length > 0,
    all: (parameters) => prepared.all(...checked(parameters)),
    run: (parameters) => prepared.run(...checked(parameters)),
    iterate: (parameters) => prepared.iterate(...checked(parameters)),
  };
}

/** `node:sqlite` in the shape that Kysely asks for. Statements are kept prepared: preparing costs more than running them. */
export function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const found = cache.get(sql) ?? statement(database.prepare(sql));
      // A map remembers insertion order: the first key is the one that was used longest ago.
      cache.delete(sql);
      cache.set(sql, found);
      if (cache.size > kept) cache.delete(cache.keys().next().value as string);
      return found;
    },
  };
}
