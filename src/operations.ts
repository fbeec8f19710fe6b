import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Endpoints } from '#routes';
import { type Storage, sql } from '#storage';

export interface Operations extends Endpoints {
  /** Seconds of every answered request. */
  observe(path: string, status: number, seconds: number): void;
  orderFiled(type: string): void;
  /** From now on /readyz says no: the balancer takes this replica out while it finishes. */
  drain(): void;
}

interface Parts {
  storage: Storage;
  sockets(): number;
}

/** What keeps it running: alive, able to take requests, and figures for Prometheus. */
export function operations({ storage, sockets }: Parts): Operations {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'gridtalk_http_request_seconds',
    help: 'Seconds to answer a request, by route and status.',
    labelNames: ['path', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const orders = new Counter({
    name: 'gridtalk_work_orders_total',
    help: 'Work orders filed here.',
    labelNames: ['type'],
    registers: [registry],
  });
  new Gauge({
    name: 'gridtalk_open_streams',
    help: 'Open WebSocket streams.',
    registers: [registry],
    collect() {
      this.set(sockets());
    },
  });
  new Gauge({
    name: 'gridtalk_dead_letters',
    help: 'What could not be delivered and was given up; an administrator can send it again from the console.',
    registers: [registry],
    async collect() {
      const dead = storage.db.selectFrom('outbox').where('dead_at', 'is not', null);
      const { count } = await dead.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      this.set(Number(count));
    },
  });
  let draining = false;
  const ready = async () => {
    if (draining) return { status: 503, json: { status: 'draining' } };
    await sql`select 1`.execute(storage.db);
    return { json: { status: 'ready' } };
  };
  return {
    observe: (path, status, seconds) => requests.observe({ path, status: String(status) }, seconds),
    orderFiled: (type) => orders.inc({ type }),
    drain: () => {
      draining = true;
    },
    routes: [
      { method: 'GET', path: '/healthz', audience: 'public', handle: () => ({ json: { status: 'ok' } }) },
      { method: 'GET', path: '/readyz', audience: 'public', handle: ready },
      {
        method: 'GET',
        path: '/metrics',
        audience: 'public',
        handle: async () => ({
          headers: { 'content-type': registry.contentType },
          bytes: await registry.metrics(),
        }),
      },
    ],
  };
}
