import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * For reads outside a commit: it sees committed state only and refuses to write. One statement a question; rows that must
 * agree with each other are read inside a commit.
 */
export type Db = Kysely<Schema>;
/** For work inside one commit; a repository function that writes takes this, so it can't be called outside. */
export type Tx = Transaction<Schema>;

export interface Storage {
  readonly kind: 'sqlite' | 'postgresql';
  readonly db: Db;
  /**
   * Runs `work` in a transaction and resolves once it is on disk. Commits that are asked for at the same time share one flush;
   * if `work` throws, only its own writes are undone. On PostgreSQL each runs in its own transaction.
   * `work` must touch the database only through `tx` and await nothing else: other commits wait behind it, and PostgreSQL may
   * run it again after a deadlock. After a failed statement let it throw (PostgreSQL takes no further statement); where a
   * duplicate is expected, say `onConflict(… doNothing())`.
   */
  commit<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Finishes the commits that were asked for, refuses new ones, lets go of the database. */
  close(): Promise<void>;
}
