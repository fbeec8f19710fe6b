export { type Carrier, type Delivery, openDelivery } from './delivery.ts';
export { enqueue, type Parcel } from './outbox.ts';
