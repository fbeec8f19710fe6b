import type { Cluster } from '#cluster';
import { checked, notFound } from '#errors';
import type { Log } from '#log';
import type { Call, Endpoints, Route } from '#routes';
import type { Storage } from '#storage';
import { CloseOrder, type Reporter, type WorkOrderDetail } from '#wire';
import type { WorkOrders } from '#workorders';
import { liveDesk } from './live.ts';
import { readQuery } from './query.ts';
import { maySee, sealingOf, shownTo } from './sealed.ts';
import { transcript } from './transcript.ts';
import { uploadRoute } from './uploads.ts';

export interface DeskParts {
  storage: Storage;
  cluster: Cluster;
  workorders: WorkOrders;
  log: Log;
  /** How often the live stream asks the database for orders that nobody told (10). */
  sweepSeconds?: number;
}

const user = (call: Call) => call.principal?.user ?? '';

/** What staff do with work orders. Life cycle and rights to an order are the business of workorders; this is its HTTP face. */
export function desk({ storage, cluster, workorders, log, sweepSeconds }: DeskParts): Endpoints {
  const live = liveDesk({ cluster, workorders, log, sweepSeconds });

  async function detail(call: Call): Promise<{ json: WorkOrderDetail }> {
    const { order, events } = await existing(call);
    const { conversationId, type } = order;
    const sealing = maySee(call.principal) ? 'none' : await sealingOf(storage.db, conversationId);
    const sealed = type === 'theft' || sealing === 'whole';
    const said = sealed ? [] : await transcript(storage.db, conversationId, log, sealing === 'turns');
    return { json: { order: shownTo(call.principal, order), events, transcript: said, sealed } };
  }
  /** Only for administrators, and never unnoticed: the order's log tells who looked. */
  async function reporter(call: Call): Promise<{ json: Reporter }> {
    const { order } = await existing(call);
    if (order.type !== 'theft') throw notSealed(order.number);
    const contact = await workorders.reporter(order.number, user(call));
    return { json: { ...contact, transcript: await transcript(storage.db, order.conversationId, log) } };
  }
  async function existing(call: Call) {
    const found = await workorders.find(number(call));
    if (!found) throw unknownOrder(number(call));
    return found;
  }
  async function list(call: Call) {
    const query = readQuery(call.query);
    const { items, next } = await workorders.list(query, user(call));
    // Asked for one conversation, a report of theft would be known by being among its orders.
    const hidden = query.conversationId !== undefined && !maySee(call.principal);
    const shown = hidden ? items.filter(({ type }) => type !== 'theft') : items;
    return { json: { items: shown.map((order) => shownTo(call.principal, order)), next } };
  }
  const summary = async () => ({ json: await workorders.summary() });
  const claim = async (call: Call) => ({
    json: shownTo(call.principal, await workorders.claim(number(call), user(call))),
  });
  const close = async (call: Call) => ({
    json: shownTo(call.principal, await workorders.close(number(call), user(call), checked(CloseOrder, call.body))),
  });

  const at = '/api/work-orders';
  const routes: Route[] = [
    { method: 'GET', path: at, audience: 'staff', handle: list },
    // Before `:number`, which would take them.
    { method: 'GET', path: `${at}/events`, audience: 'staff', handle: live.handle },
    { method: 'GET', path: `${at}/summary`, audience: 'staff', handle: summary },
    { method: 'GET', path: `${at}/:number`, audience: 'staff', handle: detail },
    { method: 'GET', path: `${at}/:number/reporter`, audience: 'admin', handle: reporter },
    { method: 'POST', path: `${at}/:number/claim`, audience: 'staff', handle: claim },
    { method: 'POST', path: `${at}/:number/close`, audience: 'staff', body: 'json', handle: close },
    uploadRoute(storage),
  ];
  return { routes, close: async () => live.close() };
}

const unknownOrder = (asked: string) =>
  notFound(`There is no work order ${asked}.`, 'GET /api/work-orders lists them.', 'UnknownWorkOrder');

const notSealed = (asked: string) =>
  notFound(`Nobody is kept apart from work order ${asked}.`, 'Its contact is in the order itself.', 'NotSealed');

/** Checked before it meets the database: a path may hold anything. */
function number(call: Call): string {
  const asked = call.params.number ?? '';
  if (!/^[\w-]{1,40}$/.test(asked)) throw unknownOrder(JSON.stringify(asked.slice(0, 40)));
  return asked;
}
