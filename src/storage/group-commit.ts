import { setImmediate as nextTick } from 'node:timers/promises';
import { storageClosed } from './faults.ts';
import { asWork, refuseNested } from './nesting.ts';
import type { Tx } from './storage.ts';

/** Bounds how long the first of a batch waits for the last, and how long nothing else runs. */
const batchLimit = 256;

interface Waiting {
  work(tx: Tx): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The one writing connection, as the queue needs it. */
export interface Writer {
  run(command: string): void;
  /** False once SQLite gave the whole transaction up by itself (disk full, I/O error). */
  inTransaction(): boolean;
  /** A `tx` for one work; `end` makes every later statement on it fail. */
  begin(): { tx: Tx; end(): void };
}

/**
 * Commits that wait together become one transaction with one flush to disk: each work in its own savepoint, one after
 * another, and no promise settles before the COMMIT that makes it true.
 */
export function groupCommit(writer: Writer) {
  let queue: Waiting[] = [];
  let draining: Promise<void> | undefined;
  let closed = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      // What arrived in the same round of the event loop shares the flush, and the loop turns between two batches.
      await nextTick();
      const batch = queue.slice(0, batchLimit);
      queue = queue.slice(batchLimit);
      await commitBatch(writer, batch);
    }
    draining = undefined;
  }

  return {
    async commit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      refuseNested();
      if (closed) throw storageClosed();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      queue.push({ work, resolve, reject });
      draining ??= drain();
      return promise as Promise<T>;
    },
    async close(): Promise<void> {
      closed = true;
      await draining;
    },
  };
}

async function commitBatch(writer: Writer, batch: readonly Waiting[]): Promise<void> {
  try {
    writer.run('begin immediate');
    const outcomes: (() => void)[] = [];
    for (const waiting of batch) outcomes.push(await attempt(writer, waiting));
    writer.run('commit');
    for (const settle of outcomes) settle();
  } catch (error) {
    for (const waiting of batch) waiting.reject(error);
    rollBack(writer);
  }
}

/** Runs one work and answers how to settle its promise; throws only if the whole transaction is lost. */
async function attempt(writer: Writer, { work, resolve, reject }: Waiting): Promise<() => void> {
  writer.run('savepoint work');
  const { tx, end } = writer.begin();
  try {
    const value = await asWork(() => work(tx));
    end();
    writer.run('release work');
    return () => resolve(value);
  } catch (error) {
    end();
    if (!writer.inTransaction()) throw error;
    writer.run('rollback to work');
    writer.run('release work');
    return () => reject(error);
  }
}

function rollBack(writer: Writer): void {
  try {
    if (writer.inTransaction()) writer.run('rollback');
  } catch {
    // The next BEGIN then fails, and says so to those who wait for it.
  }
}
