import type { Bot } from '#bot';
import type { Cluster } from '#cluster';
import type { Log } from '#log';
import type { Storage } from '#storage';

/** What the web channel is made of; `main.ts` hands it over. */
export interface WebParts {
  bot: Bot;
  storage: Storage;
  cluster: Cluster;
  secret: {
    /** A page's own backend shows it to get a token; it never reaches a browser. */
    directLine: string;
    /** Signs tokens (HS256); every replica needs the same one, at least 32 bytes. */
    signing: Uint8Array;
  };
  clock: () => Date;
  /** Origins whose pages may open a stream besides the server's own; `*` for any. */
  origins?: readonly string[];
  /** How many conversations one address may begin a minute; a carrier's NAT puts a whole town behind one. */
  tokensPerMinute?: number;
  log: Pick<Log, 'warn' | 'error'>;
}

export const prefix = '/v3/directline';
