import { clusterClosed } from './faults.ts';

/** The order of turns in one process: each work hangs on the one before it, and a key is forgotten with its last work. */
export function localTurns() {
  const last = new Map<string, Promise<void>>();
  let closed = false;
  return {
    async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
      const result = (last.get(key) ?? Promise.resolve()).then(() => {
        if (closed) throw clusterClosed();
        return work();
      });
      const over: Promise<void> = result.then(forget, forget);
      last.set(key, over);
      function forget() {
        if (last.get(key) === over) last.delete(key);
      }
      return result;
    },
    async close(): Promise<void> {
      closed = true;
      await Promise.all(last.values());
    },
  };
}
