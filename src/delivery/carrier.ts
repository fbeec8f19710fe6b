import type { Tx } from '#storage';

/**
 * Carries one parcel out. Rejecting means «try again later»; the same parcel may come twice after a crash. What it answers is written
 * in the commit that settles the parcel.
 */
export interface Carrier {
  /**
   * `behind`: the payloads of the same key that are due as well, in order. A carrier may take some of them along.
   */
  (payload: unknown, behind: readonly unknown[]): Promise<Carried>;
  /**
   * The other side takes no idempotency key: parcels leave one at a time, each settled before the next, so that a kill can repeat
   * the one in flight and no other.
   */
  alone?: boolean;
}

/** How many of those behind went along, from the first on; or what is to be written with the parcel's settling. */
// biome-ignore lint/suspicious/noConfusingVoidType: most carriers have nothing to answer
export type Carried = number | Settling | undefined | void;

/** What became of a parcel, for whoever keeps account of it. */
export type Settling = (tx: Tx) => Promise<unknown>;

/** Thrown by a carrier that must not knock before `at`: no failure, and it counts as no attempt. */
export class Later extends Error {
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason);
    this.name = 'Later';
    this.at = at;
  }
}

/** Thrown by a carrier where no further try can help: the parcel is given up, and what stands behind it goes on. */
export class Undeliverable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Undeliverable';
  }
}
