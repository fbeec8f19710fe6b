import { z } from 'zod';
import { type Carrier, Later } from '#delivery';
import type { Storage } from '#storage';
import type { WorkOrder } from '#wire';
import { dueAt, putNews } from './news.ts';
import { appendEvent, findOrder, isOpen, updateOrder } from './repository.ts';

const Due = z.object({ number: z.string() });
const mark = 'overdue';

interface Parts {
  storage: Storage;
  clock: () => Date;
  /** Called after the commit, with the order as it now is. */
  announce(event: 'created' | 'changed', order: WorkOrder): void;
}

/** Carries `order.due`: an order that is still open when its promise has run out is marked, once, and becomes news. */
export function overdueCarrier({ storage, clock, announce }: Parts): Carrier {
  return async (payload) => {
    const { number } = Due.parse(payload);
    const now = clock();
    const late = await storage.commit(async (tx) => {
      const before = await findOrder(tx, number);
      if (!before || !isOpen(before.order) || before.order.marks.includes(mark)) return undefined;
      const due = dueAt(before.order);
      if (due === undefined) return undefined;
      if (due > now.getTime()) throw new Later('The promise was moved.', due);
      const order = { ...before.order, marks: [...before.order.marks, mark], updatedAt: now.toISOString() };
      if (!(await updateOrder(tx, before, order))) throw new Error(`Work order ${number} was just changed.`);
      await appendEvent(tx, number, now.getTime(), 'bot', mark);
      await putNews(tx, { event: 'overdue', number }, now.getTime());
      return order;
    });
    if (late) announce('changed', late);
  };
}
