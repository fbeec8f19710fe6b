import { z } from 'zod';

export const orderTypes = ['fault', 'hazard', 'service', 'theft', 'complaint', 'dispute', 'claim', 'feedback'] as const;
export const OrderType = z.enum(orderTypes);
export type OrderType = z.infer<typeof OrderType>;

export const faultKinds = [
  'no_power_home',
  'no_power_area',
  'phase_loss',
  'tripping',
  'low_voltage',
  'high_voltage',
  'flicker',
  'meter_fault',
  'line_down',
  'equipment_fire',
  'noise',
  'other',
] as const;
export const FaultKind = z.enum(faultKinds);
export type FaultKind = z.infer<typeof FaultKind>;

/** accepted 已受理 → claimed 已接单 → closed 已办结; cancelled 已撤销 by the customer. */
export const orderStatuses = ['accepted', 'claimed', 'closed', 'cancelled'] as const;
export const OrderStatus = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** A work order as `converse`, the desk and its live stream show it; what is not known is absent. */
export const WorkOrder = z.object({
  number: z.string(),
  type: OrderType,
  intent: z.string(),
  status: OrderStatus,
  urgent: z.boolean(),
  anonymous: z.boolean(),
  faultKind: FaultKind.optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
  accountNumber: z.string().optional(),
  startedAt: z.string().optional(),
  startedGrain: z.enum(['minute', 'hour', 'day', 'part']).optional(),
  capacity: z.object({ value: z.number(), unit: z.enum(['kW', 'kVA']) }).optional(),
  household: z.number().int().optional(),
  grid: z.string().optional(),
  area: z.string().optional(),
  /** What else was asked for this kind of order, label and words: «用电类别: 商业». */
  facts: z.record(z.string(), z.string()).default({}),
  /** What the customer said, in their words. */
  description: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  /** Uploads of this conversation. */
  photos: z.array(z.string()).default([]),
  /** Marks staff should see, e.g. `no_phone`, `danger`, `in_known_outage`, `address_incomplete`. */
  marks: z.array(z.string()).default([]),
  /** How often the customer reminded. */
  reminders: z.number().int().default(0),
  claimedBy: z.string().optional(),
  /** When the crew should be there (an average that the utility promises, «一般为»). */
  arriveBy: z.string().optional(),
  /** Where no crew drives out: the day by which the utility answers. */
  answerBy: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  channel: z.string(),
  conversationId: z.string(),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

export const WorkOrderEvent = z.object({
  at: z.string(),
  actor: z.string(),
  /** filed, claimed, released, closed, cancelled, reminded, added, reporter_seen */
  kind: z.string(),
  note: z.string().optional(),
});
export type WorkOrderEvent = z.infer<typeof WorkOrderEvent>;

/** Filters of `GET /api/work-orders`, as query parameters; `q` searches number, address, phone and name. */
export const WorkOrderQuery = z.object({
  status: z.string().optional(),
  type: z.string().optional(),
  urgent: z.enum(['true', 'false']).optional(),
  mine: z.enum(['true', 'false']).optional(),
  grid: z.string().max(64).optional(),
  conversationId: z.string().max(128).optional(),
  q: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the page before. */
  cursor: z.string().max(128).optional(),
});
export type WorkOrderQuery = z.infer<typeof WorkOrderQuery>;

export const WorkOrderPage = z.object({ items: z.array(WorkOrder), next: z.string().nullable() });
export type WorkOrderPage = z.infer<typeof WorkOrderPage>;

/** One line of the conversation beside an order. */
export const TranscriptLine = z.object({
  at: z.string(),
  role: z.enum(['customer', 'bot', 'staff']),
  text: z.string(),
  images: z.array(z.object({ id: z.string(), name: z.string() })),
  location: z.object({ latitude: z.number(), longitude: z.number(), label: z.string().optional() }).optional(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

export const WorkOrderDetail = z.object({
  order: WorkOrder,
  events: z.array(WorkOrderEvent),
  transcript: z.array(TranscriptLine),
  /** The conversation is kept back: it would tell who reported a theft. */
  sealed: z.boolean(),
});
export type WorkOrderDetail = z.infer<typeof WorkOrderDetail>;

/** Who reported a theft, as far as they told, and their conversation: for administrators, who leave a trace in the order's log. */
export const Reporter = z.object({
  phone: z.string().optional(),
  name: z.string().optional(),
  transcript: z.array(TranscriptLine),
});
export type Reporter = z.infer<typeof Reporter>;

export const CloseOrder = z.object({
  /** restored 已恢复供电, not_ours 非我方产权, no_fault 未发现故障, duplicate 重复, other 其他 */
  outcome: z.enum(['restored', 'not_ours', 'no_fault', 'duplicate', 'other']),
  note: z.string().trim().max(1000).default(''),
});
export type CloseOrder = z.infer<typeof CloseOrder>;

/** Events of `GET /api/work-orders/events`: `created` and `changed`, data = the order. */
export const workOrdersTopic = 'work-orders';
export interface WorkOrderNotice {
  event: 'created' | 'changed';
  order: WorkOrder;
}
