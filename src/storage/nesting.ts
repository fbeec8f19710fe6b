import { AsyncLocalStorage } from 'node:async_hooks';
import { nestedCommit } from './faults.ts';

const current = new AsyncLocalStorage<{ over: boolean }>();

/** Refuses a commit inside a commit: on SQLite it would stop every writer for good, on PostgreSQL once the pool is empty. */
export function refuseNested(): void {
  if (current.getStore()?.over === false) throw nestedCommit();
}

export async function asWork<T>(work: () => Promise<T>): Promise<T> {
  const state = { over: false };
  try {
    return await current.run(state, work);
  } finally {
    state.over = true;
  }
}
