import { EventEmitter } from 'node:events';
import type { Cluster } from '#cluster';

/** A cluster of one whose notices can be lost on purpose, as they are when a replica dies between commit and publish. */
export interface QuietCluster extends Cluster {
  silent: boolean;
}

export function quietCluster(): QuietCluster {
  const topics = new EventEmitter().setMaxListeners(0);
  const turns = new Map<string, Promise<unknown>>();
  const counts = new Map<string, number>();
  return {
    kind: 'in-process',
    silent: false,
    inTurn(key, work) {
      const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
      turns.set(key, turn);
      return turn;
    },
    publish(topic, message) {
      if (!this.silent) topics.emit(topic, JSON.parse(JSON.stringify(message)));
    },
    subscribe(topic, listener) {
      topics.on(topic, listener);
      return () => topics.off(topic, listener);
    },
    async allow(key, max) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key)! <= max;
    },
    async close() {},
  };
}
