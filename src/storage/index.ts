import type { Storage } from './storage.ts';

export type { Insertable, Selectable, Updateable } from 'kysely';
/** For what the query builder can't say; works on both databases as long as the SQL does. */
export { sql } from 'kysely';
export { assignments } from './assignments.ts';
export { isUniqueViolation } from './faults.ts';
export type * from './schema.ts';
export type { Db, Storage, Tx } from './storage.ts';

/** A folder for the embedded database, or a PostgreSQL URL for many replicas. */
export type StorageOptions = { dataDir: string } | { databaseUrl: string };

/**
 * Opens the database and brings its tables up to date.
 *
 * Text is kept as well-formed Unicode: a lone surrogate becomes U+FFFD, and a text with NUL is refused on both databases
 * (PostgreSQL has no place for it); whoever takes text from outside strips NUL first.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  // Only the driver that is used is loaded: it costs memory and time at every start.
  if ('dataDir' in options) return (await import('./sqlite.ts')).openSqlite(options.dataDir);
  return (await import('./postgresql.ts')).openPostgresql(options.databaseUrl);
}
