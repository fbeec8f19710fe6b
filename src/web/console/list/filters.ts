import type { OrderStatus, OrderType, WorkOrder } from '#wire';

export type StatusFilter = 'open' | 'accepted' | 'claimed' | 'done' | 'all';

export interface Filters {
  status: StatusFilter;
  types: OrderType[];
  urgent: boolean;
  mine: boolean;
  q: string;
}

export const noFilters: Filters = { status: 'open', types: [], urgent: false, mine: false, q: '' };

const statuses: Record<StatusFilter, readonly OrderStatus[]> = {
  open: ['accepted', 'claimed'],
  accepted: ['accepted'],
  claimed: ['claimed'],
  done: ['closed', 'cancelled'],
  all: [],
};

export function toQuery({ status, types, urgent, mine, q }: Filters, cursor?: string): URLSearchParams {
  const query = new URLSearchParams();
  const set = (name: string, value: string | false | undefined) => value && query.set(name, value);
  set('status', statuses[status].join(','));
  set('type', types.join(','));
  set('urgent', urgent && 'true');
  set('mine', mine && 'true');
  set('q', q.trim());
  set('cursor', cursor);
  return query;
}

/** The same question that the server answers, asked of an order that came by the live stream. */
export function fits(order: WorkOrder, { status, types, urgent, mine, q }: Filters, user: string): boolean {
  const words = q.trim().toLowerCase();
  const searched = [order.number, order.address, order.phone, order.name, order.accountNumber];
  return (
    (status === 'all' || statuses[status].includes(order.status)) &&
    (types.length === 0 || types.includes(order.type)) &&
    (!urgent || order.urgent) &&
    (!mine || order.claimedBy === user) &&
    (!words || searched.some((field) => field?.toLowerCase().includes(words)))
  );
}
