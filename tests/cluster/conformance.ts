import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Cluster } from '#cluster';

/** Resolves with the first `count` things that were pushed, in order. */
export function collector<T>(count: number) {
  const { promise, resolve } = Promise.withResolvers<T[]>();
  const items: T[] = [];
  const push = (item: T) => {
    if (items.push(item) === count) resolve(items);
  };
  return { push, items, full: promise };
}

/** A work that has begun and ends when it is told to. */
export function held() {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const work = () => {
    begun.resolve();
    return end.promise;
  };
  return { work, begun: begun.promise, end: end.resolve };
}

/** Lets the event loop turn, so that something wrong would have the time to happen. */
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

/** What a cluster promises, one process or many. */
export function conformance(name: string, open: () => Promise<Cluster>): void {
  describe(`cluster: ${name}`, () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await open();
    });
    afterAll(() => cluster.close());

    describe('turns', () => {
      test('answer what the work answers, and fail as it fails', async () => {
        expect(await cluster.inTurn('value', async () => 42)).toBe(42);
        await expect(cluster.inTurn('value', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
        const thrower = () => {
          throw new Error('at once');
        };
        await expect(cluster.inTurn('value', thrower)).rejects.toThrow('at once');
        expect(await cluster.inTurn('value', async () => 'after a failure')).toBe('after a failure');
      });

      test('of one key are taken in the order of asking, one at a time', async () => {
        const order: number[] = [];
        let inside = 0;
        const works = Array.from({ length: 50 }, (_, index) =>
          cluster.inTurn('ordered', async () => {
            expect(++inside).toBe(1);
            await turnOfTheLoop();
            order.push(index);
            inside--;
            if (index % 7 === 0) throw new Error('one of many');
          }),
        );
        await Promise.allSettled(works);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(order).toHaveLength(50);
      });

      test('of different keys run at the same time', async () => {
        const [first, second] = [held(), held()];
        const both = [cluster.inTurn('key one', first.work), cluster.inTurn('key two', second.work)];
        await Promise.all([first.begun, second.begun]);
        first.end();
        second.end();
        await Promise.all(both);
      });
    });

    describe('topics', () => {
      test('reach every listener of that very topic once, in order', async () => {
        const [one, two, other] = [collector<unknown>(3), collector<unknown>(3), collector<unknown>(1)];
        const stops = [
          cluster.subscribe('orders', one.push),
          cluster.subscribe('orders', two.push),
          cluster.subscribe('orders:1', other.push),
        ];
        await Promise.all(stops.map((stop) => stop.ready));
        const messages = [{ number: 'W1', text: '停电' }, null, [1, 'two']];
        for (const message of messages) cluster.publish('orders', message);
        cluster.publish('orders:1', 'last');
        expect(await one.full).toEqual(messages);
        expect(await two.full).toEqual(messages);
        expect(await other.full).toEqual(['last']);
        for (const stop of stops) stop();
      });

      test('are quiet once the listener has stopped; others go on', async () => {
        const [stopped, going] = [collector<unknown>(1), collector<unknown>(2)];
        const stop = cluster.subscribe('stops', stopped.push);
        const stopGoing = cluster.subscribe('stops', going.push);
        await Promise.all([stop.ready, stopGoing.ready]);
        cluster.publish('stops', 1);
        await stopped.full;
        stop();
        stop();
        cluster.publish('stops', 2);
        expect(await going.full).toEqual([1, 2]);
        expect(stopped.items).toEqual([1]);
        stopGoing();
      });

      test('one listener given twice is called twice and stopped one by one', async () => {
        const seen = collector<unknown>(3);
        const stops = [cluster.subscribe('twice', seen.push), cluster.subscribe('twice', seen.push)];
        await Promise.all(stops.map((stop) => stop.ready));
        cluster.publish('twice', 'both');
        await turnOfTheLoop();
        stops[0]?.();
        cluster.publish('twice', 'one');
        expect(await seen.full).toEqual(['both', 'both', 'one']);
        stops[1]?.();
      });

      test('a listener that throws harms neither the publisher nor the others', async () => {
        const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
        const seen = collector<unknown>(1);
        const stops = [
          cluster.subscribe('faulty', () => {
            throw new Error('listener at fault');
          }),
          cluster.subscribe('faulty', seen.push),
        ];
        cluster.publish('faulty', 'still told');
        expect(await seen.full).toEqual(['still told']);
        expect(warning.mock.calls.join()).toContain('listener at fault');
        warning.mockRestore();
        for (const stop of stops) stop();
      });
    });

    describe('limits', () => {
      test('let through as many as allowed within a window, a key apart', async () => {
        const answers: boolean[] = [];
        for (let i = 0; i < 5; i++) answers.push(await cluster.allow('sign-in:ann', 3, 600));
        expect(answers).toEqual([true, true, true, false, false]);
        expect(await cluster.allow('sign-in:ben', 3, 600)).toBe(true);
      });

      test('start anew when the window is over', async () => {
        expect(await cluster.allow('short', 1, 0.05)).toBe(true);
        // Refused calls don't lengthen the window: asking on and on ends.
        while (!(await cluster.allow('short', 1, 0.05))) await turnOfTheLoop();
      });
    });

    test('closing lets the running work end, refuses what waits and what comes after', async () => {
      const mine = await open();
      const { work, begun, end } = held();
      const running = mine.inTurn('closing', async () => {
        await work();
        return 'ended well';
      });
      await begun;
      const waiting = mine.inTurn('closing', async () => 'never');
      const refused = expect(waiting).rejects.toMatchObject({ code: 'ClusterClosed', status: 503 });
      const closing = mine.close();
      end();
      expect(await running).toBe('ended well');
      await refused;
      await closing;
      await expect(mine.inTurn('closing', async () => 'never')).rejects.toMatchObject({ code: 'ClusterClosed' });
      await mine.close();
    });
  });
}
