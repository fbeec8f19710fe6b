export { faultKey, placeKey } from './fault-key.ts';
export { type DraftOrder, draftOrder, type OrderFacts } from './order.ts';
export { promised, promises, type Setting, settingOf } from './promise.ts';
export {
  appendEvent,
  findByOpenKey,
  findOrder,
  insertOrder,
  nextNumber,
  ordersOf,
  updateOrder,
  type VersionedOrder,
} from './repository.ts';
export { openWorkOrders, type WorkOrders } from './workorders.ts';
