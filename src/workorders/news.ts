import { z } from 'zod';
import { enqueue } from '#delivery';
import type { Tx } from '#storage';
import type { WorkOrder } from '#wire';

/** The outbox's topic of what staff elsewhere (a group of theirs) may want to hear of. */
export const newsTopic = 'order.news';

/** Only the number: who carries it reads the order as it is then. `urgent`: an order on file has become so. */
export const OrderNews = z.object({ event: z.enum(['filed', 'urgent', 'overdue']), number: z.string() });
export type OrderNews = z.infer<typeof OrderNews>;

/** With the commit that makes it true, so that a kill loses none. One key: news leave in order, several at once where many wait. */
export const putNews = (tx: Tx, payload: OrderNews, at: number): Promise<void> =>
  enqueue(tx, { topic: newsTopic, orderingKey: newsTopic, payload, at });

export const dueTopic = 'order.due';
const day = 86_400_000;

/** When the order's promise runs out: the crew's arrival, or the end of the day of the answer in China. */
export function dueAt({ arriveBy, answerBy }: WorkOrder): number | undefined {
  if (arriveBy) return Date.parse(arriveBy);
  return answerBy ? Date.parse(`${answerBy}T00:00:00+08:00`) + day : undefined;
}

/** Put into the outbox when the order is filed and due when its promise runs out: no clock has to search for late orders. */
export async function putDue(tx: Tx, order: WorkOrder): Promise<void> {
  const at = dueAt(order);
  if (at === undefined) return;
  const { number } = order;
  await enqueue(tx, { topic: dueTopic, orderingKey: `${dueTopic}:${number}`, payload: { number }, at });
}
