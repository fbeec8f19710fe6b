import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { type Cluster, openCluster } from '#cluster';
import { freshFolder, freshPrefix, testRedisUrl } from '../setup/index.ts';
import { breakable } from './breakable.ts';
import { collector, conformance, held } from './conformance.ts';

const prefix = freshPrefix();
const replica = (leaseSeconds = 10) => openCluster({ redisUrl: testRedisUrl(), prefix, leaseSeconds });

conformance('on Redis', () => openCluster({ redisUrl: testRedisUrl(), prefix: freshPrefix() }));

describe('replicas on one Redis', () => {
  let [a, b]: Cluster[] = [];
  let redis: Redis;
  beforeAll(async () => {
    [a, b] = await Promise.all([replica(), replica()]);
    redis = new Redis(testRedisUrl());
  });
  afterAll(async () => {
    await Promise.all([a?.close(), b?.close()]);
    await redis.quit();
  });

  /** How many stand in a key's line. */
  const lineUp = async (key: string, count: number) => {
    while ((await redis.llen(`${prefix}line:${key}`)) !== count) await new Promise(setImmediate);
  };

  test('take turns in the order of arrival, wherever each arrived', async () => {
    const order: number[] = [];
    const works: Promise<void>[] = [];
    const first = held();
    works.push(a!.inTurn('order', first.work));
    await first.begun;
    const arrivals = [b, a, a, b, b, b, a, b, a];
    for (const [index, cluster] of arrivals.entries()) {
      works.push(cluster!.inTurn('order', async () => void order.push(index)));
      await lineUp('order', index + 2);
    }
    first.end();
    await Promise.all(works);
    expect(order).toEqual(arrivals.map((_, index) => index));
  });

  test('never run two works of one key at once under contention, and keep each replica in order', async () => {
    let inside = 0;
    const seen: Record<string, number[]> = { a: [], b: [] };
    const rush = (name: string, cluster: Cluster) =>
      Array.from({ length: 100 }, (_, index) =>
        cluster.inTurn('rush', async () => {
          expect(++inside).toBe(1);
          await new Promise(setImmediate);
          seen[name]?.push(index);
          inside--;
        }),
      );
    await Promise.all([...rush('a', a!), ...rush('b', b!)]);
    const inOrder = Array.from({ length: 100 }, (_, index) => index);
    expect(seen).toEqual({ a: inOrder, b: inOrder });
    await lineUp('rush', 0);
  });

  test('a place that is given up at closing is free at once', async () => {
    const c = await replica();
    const { work, begun, end } = held();
    const running = a!.inTurn('closing', work);
    await begun;
    const waiting = c.inTurn('closing', async () => 'never').catch((error: unknown) => error);
    await lineUp('closing', 2);
    await c.close();
    expect(await waiting).toMatchObject({ code: 'ClusterClosed' });
    await lineUp('closing', 1);
    end();
    await running;
  });

  test('a replica that is killed in its turn loses it to the next', async () => {
    const program = fileURLToPath(new URL('holder.child.ts', import.meta.url));
    const options = [program, testRedisUrl(), prefix, '1', 'dead'];
    const child = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const next = await replica(1);
    const turn = next.inTurn('dead', async () => 'taken over');
    await lineUp('dead', 2);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await turn).toBe('taken over');
    await next.close();
  });

  test('a work longer than the lease keeps its turn while its replica lives', async () => {
    const [slow, other] = await Promise.all([replica(0.3), replica(0.3)]);
    const { work, begun, end } = held();
    const order: string[] = [];
    const running = slow.inTurn('long', work).then(() => order.push('long'));
    await begun;
    const waiting = other.inTurn('long', async () => void order.push('next'));
    // Each of the two writes its sign of life five times a lease.
    await renewals(`${prefix}alive:*`, 30);
    end();
    await Promise.all([running, waiting]);
    expect(order).toEqual(['long', 'next']);
    await Promise.all([slow.close(), other.close()]);
  });

  /** Waits until signs of life were written `count` times, as Redis itself reports them. */
  async function renewals(pattern: string, count: number): Promise<void> {
    const watcher = new Redis(testRedisUrl());
    await redis.config('SET', 'notify-keyspace-events', 'K$');
    const seen = collector<unknown>(count);
    watcher.on('pmessage', seen.push);
    await watcher.psubscribe(`__keyspace@0__:${pattern}`);
    await seen.full;
    await redis.config('SET', 'notify-keyspace-events', '');
    await watcher.quit();
  }

  test('hear each other once, and themselves once', async () => {
    const heard = { a: collector<unknown>(2), b: collector<unknown>(2) };
    const stops = [a!.subscribe('desk', heard.a.push), b!.subscribe('desk', heard.b.push)];
    await Promise.all(stops.map((stop) => stop.ready));
    a!.publish('desk', { from: 'a' });
    await passed(a!, b!);
    b!.publish('desk', { from: 'b' });
    const both = [{ from: 'a' }, { from: 'b' }];
    expect(await heard.a.full).toEqual(both);
    expect(await heard.b.full).toEqual(both);
    for (const stop of stops) stop();

    /** A later message has gone all the way: so has everything before it. */
    async function passed(from: Cluster, to: Cluster): Promise<void> {
      const arrived = collector<unknown>(1);
      const stop = to.subscribe('mark', arrived.push);
      await stop.ready;
      from.publish('mark', 1);
      await arrived.full;
      stop();
    }
  });

  test('the last listener of a topic takes its channel along', async () => {
    const stops = [a!.subscribe('counted', () => undefined), a!.subscribe('counted', () => undefined)];
    await Promise.all(stops.map((stop) => stop.ready));
    const subscribers = async () => (await redis.pubsub('NUMSUB', `${prefix}topic:counted`))[1];
    expect(await subscribers()).toBe(1);
    stops[0]?.();
    expect(await subscribers()).toBe(1);
    stops[1]?.();
    while ((await subscribers()) !== 0) await new Promise(setImmediate);
  });

  test('share one limit', async () => {
    const answers = [];
    for (const cluster of [a, b, a, b]) answers.push(await cluster!.allow('shared', 3, 600));
    expect(answers).toEqual([true, true, true, false]);
  });
});

describe('a Redis that goes away', () => {
  test('at the start is named as the fault, without the password', async () => {
    const opening = openCluster({ redisUrl: 'redis://:secret@localhost/0?path=/nowhere.sock' });
    const error = await opening.catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: 'ClusterUnavailable', status: 503 });
    expect((error as Error).message).not.toContain('secret');
  });

  test('is waited for shortly, then reported; when it is back, turns and topics work again', async () => {
    const { path, remove } = await freshFolder();
    const way = await breakable(testRedisUrl(), path);
    const through = { redisUrl: way.url, prefix: freshPrefix() };
    const [c, d] = await Promise.all([openCluster(through), openCluster(through)]);
    const heard = collector<unknown>(1);
    await d.subscribe('before', heard.push).ready;
    const { work, begun, end } = held();
    const running = c.inTurn('held', work);
    await begun;
    await way.cut();
    end();
    await running;
    const meanwhile = collector<unknown>(1);
    d.subscribe('meanwhile', meanwhile.push);
    const away = { code: 'ClusterUnavailable', status: 503 };
    await Promise.all([
      expect(c.inTurn('away', async () => 'never')).rejects.toMatchObject(away),
      expect(c.allow('away', 1, 1)).rejects.toMatchObject(away),
    ]);
    await way.mend();
    const repeat = setInterval(() => {
      c.publish('before', 'back');
      c.publish('meanwhile', 'back');
    }, 20);
    await Promise.all([heard.full, meanwhile.full]);
    clearInterval(repeat);
    // The turns that ended or failed meanwhile don't block the next.
    for (const key of ['held', 'away']) expect(await d.inTurn(key, async () => key)).toBe(key);
    await Promise.all([c.close(), d.close()]);
    await way.cut();
    await remove();
  });
});
