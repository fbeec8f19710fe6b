/** A replica that takes the turn of a key and keeps it until it is killed, or until the tests are gone. */
import { openCluster } from '#cluster';

const [redisUrl, prefix, leaseSeconds, key] = process.argv.slice(2) as [string, string, string, string];
process.stdin.once('end', () => process.exit()).resume();
const cluster = await openCluster({ redisUrl, prefix, leaseSeconds: Number(leaseSeconds) });
await cluster.inTurn(key, () => {
  process.stdout.write('holding\n');
  return new Promise(() => undefined);
});
