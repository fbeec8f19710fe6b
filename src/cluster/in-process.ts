import type { Cluster } from './cluster.ts';
import { listeners } from './listeners.ts';
import { localTurns } from './local-turns.ts';
import { windows } from './windows.ts';

/** For a single process: nothing leaves memory. */
export function openInProcess(): Cluster {
  const turns = localTurns();
  const local = listeners();
  const limits = windows();
  return {
    kind: 'in-process',
    inTurn: turns.inTurn,
    publish: local.tell,
    subscribe(topic, listener) {
      // Its own function, so that one listener given twice is called twice and stopped one by one.
      const mine = (message: unknown) => listener(message);
      local.add(topic, mine);
      return Object.assign(() => void local.remove(topic, mine), { ready: Promise.resolve() });
    },
    allow: async (key, max, windowSeconds) => limits.allow(key, max, windowSeconds),
    async close() {
      await turns.close();
      local.clear();
    },
  };
}
