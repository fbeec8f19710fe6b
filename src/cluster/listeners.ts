export type Listener = (message: unknown) => void;

/** Who in this process listens to what. */
export interface Listeners {
  /** True if it is the topic's first. */
  add(topic: string, listener: Listener): boolean;
  /** True if it was the topic's last. */
  remove(topic: string, listener: Listener): boolean;
  /** After the caller's own step, so that a listener can neither delay nor break who publishes. */
  tell(topic: string, message: unknown): void;
  topics(): string[];
  clear(): void;
}

export function listeners(): Listeners {
  const byTopic = new Map<string, Set<Listener>>();
  return {
    add(topic, listener) {
      const set = byTopic.get(topic);
      if (set) set.add(listener);
      else byTopic.set(topic, new Set([listener]));
      return !set;
    },
    remove(topic, listener) {
      const set = byTopic.get(topic);
      if (!set?.delete(listener) || set.size > 0) return false;
      return byTopic.delete(topic);
    },
    tell(topic, message) {
      queueMicrotask(() => {
        for (const listener of [...(byTopic.get(topic) ?? [])]) callSafely(listener, message);
      });
    },
    topics: () => [...byTopic.keys()],
    clear: () => byTopic.clear(),
  };
}

function callSafely(listener: Listener, message: unknown): void {
  try {
    listener(message);
  } catch (error) {
    const what = error instanceof Error ? error.stack : String(error);
    process.emitWarning(`A cluster listener failed: ${what}`);
  }
}
