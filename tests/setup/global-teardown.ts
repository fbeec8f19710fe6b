import { once } from 'node:events';
import './global-setup.ts';

/** Ends the run for the keeper and waits until it has put everything away. */
export default async function teardown(): Promise<void> {
  const keeper = globalThis.gridtalkKeeper;
  if (!keeper || keeper.exitCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.stdin?.end();
  await ended;
}
