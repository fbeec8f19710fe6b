import { conflict, notFound } from '#errors';
import type { Db, Storage, Tx } from '#storage';
import type { CloseOrder, WorkOrder, WorkOrderEvent, WorkOrderPage, WorkOrderQuery } from '#wire';
import { listOrders, summarise } from './list.ts';
import { appendEvent, eventsOf, findOrder, sealedContact, updateOrder, type VersionedOrder } from './repository.ts';

/** Life cycle of work orders as the desk uses it. Every change is one commit, appends an event and is told to live desks. */
export interface WorkOrders {
  list(query: WorkOrderQuery, user: string): Promise<WorkOrderPage>;
  /** How many orders there are by status, and urgent ones that nobody has claimed. */
  summary(): Promise<Record<string, number>>;
  /** Undefined when there is no such order. */
  find(number: string): Promise<{ order: WorkOrder; events: WorkOrderEvent[] } | undefined>;
  /** @throws Conflict when someone else has it or it is closed. */
  claim(number: string, user: string): Promise<WorkOrder>;
  close(number: string, user: string, how: CloseOrder): Promise<WorkOrder>;
  /** Who reported it, where that is kept apart; that `user` has looked is written into the order's log. */
  reporter(number: string, user: string): Promise<{ phone?: string; name?: string }>;
}

interface Parts {
  storage: Storage;
  clock: () => Date;
  /** Called after the commit, with the order as it now is. */
  announce(event: 'created' | 'changed', order: WorkOrder): void;
  /** Called in the commit that has staff take up or close an order, for whoever tells the customer. */
  progress?(tx: Tx, change: { order: WorkOrder; step: Step; outcome?: string; at: number }): Promise<void>;
}

type Step = 'claimed' | 'closed';
type Change = { order: WorkOrder; kind: Step; note?: string; outcome?: CloseOrder['outcome'] } | undefined;

export function openWorkOrders({ storage, clock, announce, progress }: Parts): WorkOrders {
  const db: Db = storage.db;

  /** Reads, decides and writes in one commit; `decide` answers undefined where there is nothing to do. */
  async function change(number: string, actor: string, decide: (order: WorkOrder) => Change): Promise<WorkOrder> {
    const changed = await storage.commit(async (tx) => {
      const before = await findOrder(tx, number);
      if (!before) throw notFound(`There is no work order ${number}.`, 'Look it up in the list.');
      const next = decide(before.order);
      if (next) await write(tx, before, next, actor);
      return next ? { ...next.order, fresh: true } : { ...before.order, fresh: false };
    });
    const { fresh, ...order } = changed;
    if (fresh) announce('changed', order);
    return order;
  }

  async function write(tx: Tx, before: VersionedOrder, next: NonNullable<Change>, actor: string) {
    const at = clock();
    next.order.updatedAt = at.toISOString();
    if (!(await updateOrder(tx, before, next.order)))
      throw conflict(`Work order ${next.order.number} was just changed by someone else.`, 'Open it again.');
    await appendEvent(tx, next.order.number, at.getTime(), actor, next.kind, { note: next.note });
    await progress?.(tx, { order: next.order, step: next.kind, outcome: next.outcome, at: at.getTime() });
  }

  return {
    list: (query, user) => listOrders(db, query, user),
    summary: () => summarise(db),
    async find(number) {
      const found = await findOrder(db, number);
      return found && { order: found.order, events: await eventsOf(db, number) };
    },
    reporter: (number, user) =>
      storage.commit(async (tx) => {
        await appendEvent(tx, number, clock().getTime(), user, 'reporter_seen');
        return sealedContact(tx, number);
      }),
    claim: (number, user) =>
      change(number, user, (order) => {
        if (order.claimedBy === user && order.status === 'claimed') return undefined;
        refuseIf(order.status !== 'accepted', order, 'claimed');
        return { order: { ...order, status: 'claimed', claimedBy: user }, kind: 'claimed' };
      }),
    close: (number, user, { outcome, note }) =>
      change(number, user, (order) => {
        refuseIf(order.status === 'closed' || order.status === 'cancelled', order, 'closed');
        refuseIf(order.status === 'claimed' && order.claimedBy !== user, order, 'closed');
        const text = note ? `${outcome}: ${note}` : outcome;
        return {
          order: { ...order, status: 'closed', claimedBy: order.claimedBy ?? user },
          kind: 'closed',
          note: text,
          outcome,
        };
      }),
  };
}

function refuseIf(wrong: boolean, order: WorkOrder, wanted: string): void {
  if (!wrong) return;
  const holder = order.claimedBy ? ` by ${order.claimedBy}` : '';
  throw conflict(
    `Work order ${order.number} is ${order.status}${holder}; it can't be ${wanted} now.`,
    'Refresh the list; whoever holds it can close it.',
  );
}
