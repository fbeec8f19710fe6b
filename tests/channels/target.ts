/**
 * A running server that the suites of this folder are pointed at: the small host beside this file, or the whole product.
 * They know nothing else of it, so a suite that passes on one says the same of the other.
 */
export interface Target {
  /** `http://127.0.0.1:port` */
  base: string;
  /** The Direct Line secret. */
  secret: string;
  /** The key of its tokens: the suites forge and age tokens with it. */
  signing: Uint8Array;
  stop(): Promise<void>;
}

export type Start = () => Promise<Target>;
