/** Carries one parcel out. Rejecting means «try again later»; the same parcel may come twice after a crash. */
export interface Carrier {
  /**
   * `behind`: the payloads of the same key that are due as well, in order. A carrier that takes some of them along answers how many,
   * from the first on; they count as carried with this one.
   */
  (payload: unknown, behind: readonly unknown[]): Promise<unknown>;
  /**
   * The other side takes no idempotency key: parcels leave one at a time, each settled before the next, so that a kill can repeat
   * the one in flight and no other.
   */
  alone?: boolean;
}

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
