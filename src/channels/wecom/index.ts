import type { Carrier } from '#delivery';
import { newsTopic } from '#workorders';
import { type WecomParts, wecomCarrier } from './carrier.ts';

/** WeCom for staff: news of orders go into a group. What sends for it, by the topic it has in the outbox. */
export const openWecom = (parts: WecomParts): Readonly<Record<string, Carrier>> => ({
  [newsTopic]: wecomCarrier(parts),
});
