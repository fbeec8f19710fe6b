import { z } from 'zod';

const count = z.number().int();

/** `GET /api/work-orders/summary`: the figures above the desk's list. */
export const WorkOrderSummary = z.object({
  accepted: count,
  claimed: count,
  closed: count,
  cancelled: count,
  /** Urgent ones that nobody has claimed. */
  urgentWaiting: count,
});
export type WorkOrderSummary = z.infer<typeof WorkOrderSummary>;
