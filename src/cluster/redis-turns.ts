import type { Redis } from 'ioredis';
import { clusterClosed, clusterUnavailable } from './faults.ts';

interface Ticket {
  key: string;
  state: 'waiting' | 'running' | 'leaving';
  start(): void;
  fail(error: Error): void;
}

export interface RedisTurns {
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Another replica left the line and says that it is this ticket's turn. */
  called(ticket: string): void;
  /** Asks after every ticket: calls may have been missed while the connection was away. */
  patrol(): void;
  close(): Promise<void>;
}

/** The order of turns across replicas: a round trip to enter a key's line, one to leave it, and a call when it is one's turn. */
export function redisTurns(redis: Redis, replica: string, prefix: string, leaseSeconds: number): RedisTurns {
  // A dead replica is found out by a patrol after its last sign of life has worn off: together within the lease.
  const [signLasts, patrolEvery] = [leaseSeconds * 700, leaseSeconds * 200];
  const tickets = new Map<string, Ticket>();
  const running = new Set<Promise<unknown>>();
  let count = 0;
  let closed = false;

  const place = (ticket: string, { key }: Ticket) =>
    [`${prefix}line:${key}`, ticket, replica, prefix, Math.ceil(signLasts)] as const;

  function called(id: string): void {
    const ticket = tickets.get(id);
    if (ticket?.state !== 'waiting') return;
    ticket.state = 'running';
    ticket.start();
  }

  async function enter(id: string, ticket: Ticket): Promise<void> {
    try {
      if (await redis.turnEnter(...place(id, ticket))) called(id);
    } catch (error) {
      giveUp(id, ticket, clusterUnavailable(error));
    }
  }

  /** A ticket is kept until Redis has heard of its end: else its place would block the line as long as this replica lives. */
  async function leave(id: string, ticket: Ticket): Promise<void> {
    ticket.state = 'leaving';
    try {
      const next = await redis.turnLeave(...place(id, ticket));
      tickets.delete(id);
      if (next) called(next);
    } catch {
      // The patrol tries again.
    }
  }

  function giveUp(id: string, ticket: Ticket, error: Error): void {
    if (ticket.state !== 'waiting') return;
    void leave(id, ticket);
    ticket.fail(error);
  }

  async function runInTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const { promise: turn, resolve: start, reject: fail } = Promise.withResolvers<void>();
    const id = `${replica}:${count++}`;
    const ticket: Ticket = { key, state: 'waiting', start, fail };
    tickets.set(id, ticket);
    void enter(id, ticket);
    await turn;
    const result = (async () => work())();
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
      void leave(id, ticket);
    }
  }

  function patrol(): void {
    if (tickets.size > 0)
      redis.set(`${prefix}alive:${replica}`, '1', 'PX', Math.ceil(signLasts)).catch(() => undefined);
    for (const [id, ticket] of tickets) {
      if (ticket.state === 'waiting') void enter(id, ticket);
      if (ticket.state === 'leaving') void leave(id, ticket);
    }
  }
  const timer = setInterval(patrol, patrolEvery).unref();

  return {
    async inTurn(key, work) {
      if (closed) throw clusterClosed();
      return runInTurn(key, work);
    },
    called,
    patrol,
    async close() {
      closed = true;
      for (const [id, ticket] of tickets) giveUp(id, ticket, clusterClosed());
      await Promise.allSettled(running);
      clearInterval(timer);
    },
  };
}
