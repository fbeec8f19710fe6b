/**
 * A process of its own that starts the servers of one test run and outlives the run by a moment: when its standard input
 * ends, however the tests ended (also by kill -9), it stops the servers and removes their folder.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, startPostgresql, startRedis } from './servers.ts';

export type Started = { redisUrl: string; databaseUrl: string; folder: string } | { error: string };

const runIsOver = new Promise<void>((resolve) => {
  process.stdin.once('close', resolve).once('end', resolve).resume();
  process.once('SIGTERM', () => resolve());
});
// Nobody may be left to read the report: then there is all the more to put away.
process.stdout.on('error', () => undefined);
const report = (started: Started) => process.stdout.write(`${JSON.stringify(started)}\n`);

const folder = await mkdtemp(join(tmpdir(), 'gridtalk-test-'));
// PostgreSQL's own user must reach its folders below this one.
await chmod(folder, 0o711);
const starting = await Promise.allSettled([startRedis(folder), startPostgresql(folder)]);
const servers = starting.flatMap((one): Server[] => (one.status === 'fulfilled' ? [one.value] : []));
const faults = starting.flatMap((one) =>
  one.status === 'rejected' ? [String(one.reason?.message ?? one.reason)] : [],
);
const [redis, postgresql] = servers;
if (redis && postgresql) {
  report({ redisUrl: redis.url, databaseUrl: postgresql.url, folder });
  await runIsOver;
} else {
  report({ error: faults.join('\n') });
}
await Promise.all(servers.map((server) => server.stop()));
await rm(folder, { recursive: true, force: true });
