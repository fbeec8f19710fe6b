import { z } from 'zod';
import type { Cluster } from '#cluster';
import type { Storage } from '#storage';

const Kept = z.object({ token: z.string(), until: z.number(), fetchedAt: z.number() });
type Kept = z.infer<typeof Kept>;

/** Five minutes before its end WeChat makes the next one, and for that long both hold. */
const early = 300_000;
/** Whoever failed with a token that was fetched this recently is not told to fetch yet another: WeChat would give the same. */
const fresh = 30_000;

export interface AccessToken {
  get(): Promise<string>;
  /** One that is not `failed`, if WeChat has one. */
  after(failed: string): Promise<string>;
}

interface Parts {
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
  /** One token for each account and API. */
  name: string;
  fetch(): Promise<{ access_token: string; expires_in: number }>;
}

/**
 * The account's access token: one row that all replicas share, fetched by one of them at a time. It is never forced anew: that would
 * end the token of everybody else at once (and is allowed 20 times a day).
 */
export function accessToken({ storage, cluster, clock, name, fetch }: Parts): AccessToken {
  let known: Kept | undefined;

  // Up to a minute earlier, so that replicas do not all come at once.
  const margin = early + Math.random() * 60_000;
  const holds = (kept: Kept | undefined): kept is Kept =>
    kept !== undefined && clock().getTime() < Math.max(kept.until - margin, kept.fetchedAt + fresh);

  async function read(): Promise<Kept | undefined> {
    const row = await storage.db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
    return row && Kept.safeParse(JSON.parse(row.value)).data;
  }

  async function renew(): Promise<Kept> {
    const { access_token: token, expires_in } = await fetch();
    const fetchedAt = clock().getTime();
    const kept = { token, until: fetchedAt + expires_in * 1000, fetchedAt };
    const value = JSON.stringify(kept);
    await storage.commit((tx) =>
      tx
        .insertInto('setting')
        .values({ name, value })
        .onConflict((clash) => clash.column('name').doUpdateSet({ value }))
        .execute(),
    );
    return kept;
  }

  /** Whoever comes first looks, and fetches where nothing usable is kept; the others find what it kept. */
  const refreshed = (usable: (kept: Kept | undefined) => kept is Kept) =>
    cluster.inTurn(name, async () => {
      const kept = await read();
      known = usable(kept) ? kept : await renew();
      return known.token;
    });

  return {
    async get() {
      return holds(known) ? known.token : refreshed(holds);
    },
    after: (failed) =>
      refreshed((kept): kept is Kept => {
        const justFetched = kept !== undefined && clock().getTime() < kept.fetchedAt + fresh;
        return holds(kept) && (kept.token !== failed || justFetched);
      }),
  };
}
