import type { WorkOrder, WorkOrderPage } from '#wire';

/** What the list shows: everything from the newest order down to the last page that was read. */
export interface Orders {
  items: WorkOrder[];
  /** Where the next page begins; null at the end. */
  next: string | null;
}

const newestFirst = (left: WorkOrder, right: WorkOrder) =>
  right.createdAt.localeCompare(left.createdAt) || right.number.localeCompare(left.number);

/** An order beyond the last page that was read comes with its own page; put in now, it would stand in the wrong place. */
const within = ({ items, next }: Orders, order: WorkOrder) => {
  const last = items.at(-1);
  return next === null || !last || newestFirst(order, last) <= 0;
};

/** The list with this state of the order: in its place, or gone where it no longer fits the filters. */
export function put(orders: Orders, order: WorkOrder, wanted: boolean): Orders {
  const before = orders.items.find((each) => each.number === order.number);
  if (before && before.updatedAt > order.updatedAt) return orders;
  const others = orders.items.filter((each) => each !== before);
  if (!wanted || !(before || within(orders, order))) return { ...orders, items: others };
  return { ...orders, items: [...others, order].sort(newestFirst) };
}

export function append(orders: Orders, page: WorkOrderPage): Orders {
  const known = new Set(orders.items.map((order) => order.number));
  return { items: [...orders.items, ...page.items.filter((order) => !known.has(order.number))], next: page.next };
}
