export { type Carried, type Carrier, Later, type Settling, Undeliverable } from './carrier.ts';
export { type Delivery, openDelivery } from './delivery.ts';
export { enqueue, giveUp, type Parcel, release, takeBack } from './outbox.ts';
export { deadLetters } from './routes.ts';
