/** What replicas share. One process: in memory; several: Redis. Both pass tests/cluster's one suite. */
export interface Cluster {
  readonly kind: 'in-process' | 'redis';
  /**
   * Runs `work` when every earlier call with the same key, on any replica, is over: messages of one conversation are taken in
   * the order in which they arrived, different keys in parallel. A replica that dies gives its place up within `leaseSeconds`.
   * Never call it inside `work` with the same key: it would wait for itself. After a stall longer than the lease two works
   * may overlap: whoever writes still checks a version.
   */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>;
  /**
   * Tells every replica's listeners of `topic`, this process's too. Best effort: the database is the truth. `message` is plain
   * JSON, and nobody changes it afterwards: listeners in this process get the very object.
   */
  publish(topic: string, message: unknown): void;
  /** Listens; the answer stops it. Topics are exact. */
  subscribe(topic: string, listener: (message: unknown) => void): Subscription;
  /** Counts one more on `key` within a window; false once more than `max` were counted. */
  allow(key: string, max: number, windowSeconds: number): Promise<boolean>;
  /** Lets running work end, refuses what still waits, and leaves nothing behind. */
  close(): Promise<void>;
}

/** Stops listening when called. */
export interface Subscription {
  (): void;
  /**
   * Settles once messages of other replicas arrive too; it never rejects. Who reads the database first and then listens for
   * what is new awaits this before reading, or misses what happens in between.
   */
  readonly ready?: Promise<void>;
}
