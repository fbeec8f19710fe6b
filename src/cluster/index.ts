import type { Cluster } from './cluster.ts';
import { openInProcess } from './in-process.ts';

export type { Cluster, Subscription } from './cluster.ts';

export interface ClusterOptions {
  /** Absent: this is the only process. */
  redisUrl?: string;
  /** Before every key and channel, so that several installations may share a Redis. */
  prefix?: string;
  /** After how long without a sign of life a replica loses its place in the order of turns. */
  leaseSeconds?: number;
}

export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { redisUrl, prefix = 'gridtalk:', leaseSeconds = 10 } = options;
  if (!redisUrl) return openInProcess();
  // Loaded only where it is used: a single process needs no Redis client.
  const { openRedis } = await import('./redis.ts');
  return openRedis({ redisUrl, prefix, leaseSeconds });
}
