import { z } from 'zod';
import { enqueue } from '#delivery';
import type { Tx } from '#storage';
import type { Address } from './receivers.ts';

/**
 * `send`: many at the same time, each with an idempotency key. `alone`: by what takes no such key, one at a time, so that a kill can
 * double the one on its way and no other.
 */
export const topics = { send: 'notice.send', alone: 'notice.alone' } as const;

/** '' is to be decided when it leaves: windows open and close. `visit`: with the customer's next message. */
export const ways = ['', 'service', 'template', 'subscribe', 'visit', 'widget'] as const;
export type Way = (typeof ways)[number];

/** One receiver on the way; its words are in the receiver's row, `facts` are for the fields of a template. */
export const NoticeParcel = z.object({
  notice: z.string(),
  customer: z.string(),
  way: z.enum(ways),
  facts: z.record(z.string(), z.union([z.string(), z.number()]).optional()),
});
export type NoticeParcel = z.infer<typeof NoticeParcel>;

/** What waits for the customer's next message, of whatever notice. */
export const visitKey = (customer: string) => `notice:${customer}`;
const ownKey = ({ notice, customer }: Address) => `notice:${notice}:${customer}`;

const isAlone = (way: Way) => way === 'service' || way === 'subscribe' || way === 'visit';

export const post = (tx: Tx, parcel: NoticeParcel, at: number): Promise<void> =>
  enqueue(tx, {
    topic: isAlone(parcel.way) ? topics.alone : topics.send,
    orderingKey: isAlone(parcel.way) ? visitKey(parcel.customer) : ownKey(parcel),
    payload: parcel,
    at,
  });
