import { randomUUID } from 'node:crypto';
import { Redis, type RedisOptions } from 'ioredis';
import type { Cluster } from './cluster.ts';
import { clusterClosed, clusterUnavailable } from './faults.ts';
import { defineScripts } from './redis-scripts.ts';
import { redisTopics } from './redis-topics.ts';
import { redisTurns } from './redis-turns.ts';

interface RedisClusterOptions {
  redisUrl: string;
  prefix: string;
  leaseSeconds: number;
}

/** Reconnects for ever, soon; a command rides out a short interruption and then fails, within four seconds in all. */
const commandOptions: RedisOptions = {
  lazyConnect: true,
  connectTimeout: 4000,
  commandTimeout: 4000,
  maxRetriesPerRequest: 8,
  retryStrategy: (times) => Math.min(times * 100, 500),
};
const subscriberOptions: RedisOptions = {
  ...commandOptions,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  enableOfflineQueue: false,
};

async function connect(redisUrl: string, options: RedisOptions): Promise<Redis> {
  const redis = new Redis(redisUrl, options);
  // Without a listener each failed attempt is printed; the commands themselves report the fault to who asked.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw clusterUnavailable(error);
  }
}

async function connectBoth(redisUrl: string): Promise<{ commands: Redis; subscriber: Redis }> {
  const commands = await connect(redisUrl, commandOptions);
  try {
    return { commands, subscriber: await connect(redisUrl, subscriberOptions) };
  } catch (error) {
    commands.disconnect();
    throw error;
  }
}

/** For several replicas: they share a Redis, over two connections each. */
export async function openRedis({ redisUrl, prefix, leaseSeconds }: RedisClusterOptions): Promise<Cluster> {
  const replica = randomUUID();
  const { commands, subscriber } = await connectBoth(redisUrl);
  defineScripts(commands);
  const turns = redisTurns(commands, replica, prefix, leaseSeconds);
  const topics = redisTopics(commands, subscriber, replica, prefix);
  const calls = `${prefix}turn:${replica}`;
  subscriber.on('message', (channel: string, payload: string) => {
    if (channel === calls) turns.called(payload);
    else topics.receive(channel, payload);
  });
  subscriber.on('ready', turns.patrol);
  await topics.own(calls);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await turns.close();
    topics.close();
    subscriber.disconnect();
    // Behind the last places that were given up, so that they are heard; a Redis that is away is not waited for.
    if (commands.status === 'ready') await commands.quit().catch(() => undefined);
    commands.disconnect();
  }

  return {
    kind: 'redis',
    inTurn: turns.inTurn,
    publish: topics.publish,
    subscribe: topics.subscribe,
    async allow(key, max, windowSeconds) {
      if (closing) throw clusterClosed();
      const count = commands.countWindow(`${prefix}count:${key}`, Math.ceil(windowSeconds * 1000));
      return (await count.catch((error: unknown) => Promise.reject(clusterUnavailable(error)))) <= max;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
