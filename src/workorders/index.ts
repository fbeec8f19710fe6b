export { faultKey, placeKey } from './fault-key.ts';
export { dueTopic, newsTopic, OrderNews } from './news.ts';
export { type DraftOrder, draftOrder, type OrderFacts } from './order.ts';
export { overdueCarrier } from './overdue.ts';
export { promised, promises, type Setting, settingOf } from './promise.ts';
export {
  appendEvent,
  findByOpenKey,
  findOrder,
  findOrders,
  insertOrder,
  isOpen,
  nextNumber,
  ordersOf,
  updateOrder,
  type VersionedOrder,
} from './repository.ts';
export { openWorkOrders, type WorkOrders } from './workorders.ts';
