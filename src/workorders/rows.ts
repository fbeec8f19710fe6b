import type { WorkOrderTable } from '#storage';
import type { WorkOrder } from '#wire';
import type { DraftOrder } from './order.ts';

/** Facts that are shown but never searched live together in `details`. */
const inDetails = [
  'description',
  'latitude',
  'longitude',
  'facts',
  'photos',
  'marks',
  'reminders',
  'arriveBy',
  'answerBy',
] as const satisfies readonly (keyof WorkOrder)[];
type Details = Pick<WorkOrder, (typeof inDetails)[number]>;

export const detailsOf = (order: WorkOrder): string =>
  JSON.stringify(Object.fromEntries(inDetails.map((field) => [field, order[field]])));

export function toRow({ order, openKey }: DraftOrder): WorkOrderTable {
  return {
    number: order.number,
    type: order.type,
    intent: order.intent,
    status: order.status,
    urgent: Number(order.urgent),
    anonymous: Number(order.anonymous),
    fault_kind: order.faultKind ?? null,
    address: order.address ?? null,
    phone: order.phone ?? null,
    name: order.name ?? null,
    account_number: order.accountNumber ?? null,
    started_at: order.startedAt ?? null,
    started_grain: order.startedGrain ?? null,
    capacity: order.capacity ? JSON.stringify(order.capacity) : null,
    household: order.household ?? null,
    grid: order.grid ?? null,
    area: order.area ?? null,
    details: detailsOf(order),
    conversation_id: order.conversationId,
    channel: order.channel,
    open_key: openKey ?? null,
    claimed_by: order.claimedBy ?? null,
    version: 1,
    created_at: Date.parse(order.createdAt),
    updated_at: Date.parse(order.updatedAt),
  };
}

/** Our own rows, which `toRow` wrote: read as they are. */
export function fromRow(row: WorkOrderTable): WorkOrder {
  return {
    number: row.number,
    type: row.type as WorkOrder['type'],
    intent: row.intent,
    status: row.status as WorkOrder['status'],
    urgent: row.urgent === 1,
    anonymous: row.anonymous === 1,
    faultKind: (row.fault_kind as WorkOrder['faultKind']) ?? undefined,
    address: row.address ?? undefined,
    phone: row.phone ?? undefined,
    name: row.name ?? undefined,
    accountNumber: row.account_number ?? undefined,
    startedAt: row.started_at ?? undefined,
    startedGrain: (row.started_grain as WorkOrder['startedGrain']) ?? undefined,
    capacity: row.capacity ? JSON.parse(row.capacity) : undefined,
    household: row.household ?? undefined,
    grid: row.grid ?? undefined,
    area: row.area ?? undefined,
    claimedBy: row.claimed_by ?? undefined,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    channel: row.channel,
    conversationId: row.conversation_id,
    ...({ facts: {}, ...JSON.parse(row.details) } as Details),
  };
}
