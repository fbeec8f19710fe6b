import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { folderInUse } from './faults.ts';

const SQLITE_BUSY = 5;

/** Only a hint for the message; the lock alone decides. Kept apart: opening and closing the lock's own file would release it. */
function pidOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').match(/^\d+$/)?.[0];
  } catch {
    return undefined;
  }
}

/**
 * Keeps other processes (and a second opening in this one) off the folder until `release`. The lock is an open exclusive
 * transaction on a file of its own: the system lets go of it however the process ends, so there is no stale lock to clear.
 */
export function lockFolder(dataDir: string): { release(): void } {
  const pidFile = join(dataDir, 'gridtalk.pid');
  const lock = new DatabaseSync(join(dataDir, 'gridtalk.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw (error as { errcode?: number }).errcode === SQLITE_BUSY ? folderInUse(dataDir, pidOf(pidFile)) : error;
  }
  writeFileSync(pidFile, String(process.pid));
  return { release: () => lock.close() };
}
