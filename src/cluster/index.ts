import type { Cluster } from './cluster.ts';
import { openInProcess } from './in-process.ts';
import { openRedis } from './redis.ts';

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
  return redisUrl ? openRedis({ redisUrl, prefix, leaseSeconds }) : openInProcess();
}
