import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Started } from './keeper.ts';

declare global {
  var gridtalkKeeper: ChildProcess | undefined;
}

/** Builds the pages once for all suites, if need be; starts the run's own Redis and PostgreSQL and tells the tests where they are. */
export default async function setup(): Promise<void> {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.js', import.meta.url)), 'stale']);
  const program = fileURLToPath(new URL('keeper.ts', import.meta.url));
  // Its own process group: Ctrl-C ends the tests at once, and the keeper then cleans up.
  const keeper = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const [line] = await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit').then(() => ['{}'])]);
  const started: Partial<Started> = JSON.parse(String(line));
  if (!('databaseUrl' in started)) {
    const reason = 'error' in started ? started.error : 'their keeper ended at once';
    throw new Error(`The servers for the tests did not start: ${reason}`);
  }
  process.env.GRIDTALK_TEST_REDIS_URL = started.redisUrl;
  process.env.GRIDTALK_TEST_DATABASE_URL = started.databaseUrl;
  process.env.GRIDTALK_TEST_FOLDER = started.folder;
  globalThis.gridtalkKeeper = keeper;
}
