import type { Cluster } from '#cluster';
import { tooMany } from '#errors';
import type { Log } from '#log';
import type { Answer, Call } from '#routes';
import { type WorkOrder, type WorkOrderNotice, workOrdersTopic } from '#wire';
import type { WorkOrders } from '#workorders';
import { shownTo } from './sealed.ts';
import { toldOrders } from './told.ts';

/** Windows that one person may have open on this replica; browsers allow six connections to a host anyway. */
const streamsPerUser = 6;

interface LiveParts {
  cluster: Cluster;
  workorders: Pick<WorkOrders, 'list'>;
  log: Log;
  /** How often the database is asked for what nobody told. */
  sweepSeconds?: number;
}

interface Stream {
  user: string;
  send(event: string, order: WorkOrder): void;
}

/**
 * The desk's live stream. It starts with what happens from now on; whoever opens it reads the list after it is open, so that
 * nothing falls between. Heartbeats are the server's. A replica may die between the commit of an order and its publishing:
 * while somebody looks, a sweep finds such orders in the database.
 */
export function liveDesk({ cluster, workorders, log, sweepSeconds = 10 }: LiveParts) {
  const streams = new Set<Stream>();
  const told = toldOrders();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tell({ event, order }: WorkOrderNotice) {
    // A sweep may have been faster than the notice; an order is new only once.
    if (event === 'created' && told.knows(order)) return;
    told.add(order);
    for (const stream of streams) stream.send(event, order);
  }
  const subscription = cluster.subscribe(workOrdersTopic, (message) => tell(message as WorkOrderNotice));

  const newest = async () => (await workorders.list({ limit: 50 }, '')).items;

  async function sweep() {
    try {
      for (const order of (await newest()).reverse())
        if (!told.has(order)) tell({ event: told.knows(order) ? 'changed' : 'created', order });
    } catch (error) {
      log.warn({ error }, 'the sweep for untold work orders failed; the next one follows');
    }
  }

  function open(stream: Stream): () => void {
    streams.add(stream);
    timer ??= setInterval(sweep, sweepSeconds * 1000).unref();
    return () => {
      streams.delete(stream);
      if (streams.size === 0) stop();
    };
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async handle(call: Call): Promise<Answer> {
      const user = call.principal?.user ?? '';
      if ([...streams].filter((stream) => stream.user === user).length >= streamsPerUser)
        throw tooMany(`${user} has ${streamsPerUser} live streams open.`, 'Close a window of the desk.');
      await subscription.ready;
      // What is there already is no news: the first to look reads it in the list.
      if (streams.size === 0) for (const order of await newest()) told.add(order);
      const shown = (order: WorkOrder) => shownTo(call.principal, order);
      return { events: (send) => open({ user, send: (event, order) => send(event, shown(order)) }) };
    },
    close() {
      subscription();
      stop();
    },
  };
}
