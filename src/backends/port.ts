import { z } from 'zod';

/** What an account is known by. `area` is the transformer area (台区) that feeds it. */
export const Account = z.object({
  number: z.string().regex(/^\d{10,16}$/),
  name: z.string(),
  phone: z.string(),
  address: z.string(),
  kind: z.enum(['residential', 'commercial', 'agricultural']),
  pricing: z.enum(['flat', 'time_of_use']),
  area: z.string(),
});
export type Account = z.infer<typeof Account>;

/** Where something is, as far as it is known; the more of it, the surer the answer. */
export interface Place {
  accountNumber?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
}

export const Outage = z.object({
  id: z.string(),
  kind: z.enum(['fault', 'planned', 'temporary']),
  /** Where, in words that customers know. */
  where: z.string(),
  cause: z.string().optional(),
  startsAt: z.string(),
  /** Estimated return. */
  endsAt: z.string().optional(),
  stage: z.enum(['announced', 'running', 'delayed', 'restored', 'cancelled']),
});
export type Outage = z.infer<typeof Outage>;

/** `asOf`: when the utility's system last knew; said with every answer. */
export const Outages = z.object({ asOf: z.string(), outages: z.array(Outage) });
export type Outages = z.infer<typeof Outages>;

/** Which grid and transformer area serve a place; the class decides the promise (供电服务十项承诺). */
export const Service = z.object({
  grid: z.string(),
  area: z.string().optional(),
  district: z.string().optional(),
  setting: z.enum(['urban', 'rural', 'remote']),
});
export type Service = z.infer<typeof Service>;

/** An order as the utility's own system gets it; `number` is the idempotency key. */
export interface OrderForUtility {
  number: string;
  type: string;
  [field: string]: unknown;
}

/** The utility's own systems. An adapter may be slow or down: each verb rejects within its time-out, never hangs. */
export interface Backend {
  accounts: {
    /** The account, or undefined where there is none of that number. */
    find(number: string): Promise<Account | undefined>;
  };
  outages: {
    /** Running and announced outages that touch the place. */
    at(place: Place): Promise<Outages>;
  };
  directory: {
    /** Undefined where the place is not recognised. */
    locate(place: Place): Promise<Service | undefined>;
  };
  orders: {
    /** Hands an order over; the same number twice is one order. */
    create(order: OrderForUtility): Promise<void>;
  };
}
