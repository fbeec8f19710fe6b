export type { Account, BilledMonth, Outlet, PriceChange, Prices } from '#backends';
export {
  type Bill,
  type BillLine,
  bill,
  bookFor,
  breakEven,
  compare,
  type Effect,
  effect,
  nextTier,
  type Period,
  type PriceBook,
  type PriceTable,
  position,
  pricesOf,
  type Usage,
} from '#tariff';
export { type Applied, application } from './application.ts';
export {
  type Chart,
  conversation,
  type Declaration,
  type Dialog,
  type Filed,
  type NewOrder,
  type Next,
  type Topic,
  type Turn,
} from './declare.ts';
export { account, accountNumber, amount, capacity, choice, code, energy, household, month, words } from './facts.ts';
export { replacePart } from './place.ts';
export {
  bookOf,
  comingAfter,
  homeRegion,
  periodAt,
  pricesAsOf,
  regionIn,
  showHours,
  showPeriods,
  showSum,
} from './prices.ts';
export { bars, localDay, localMonth, localTime, maskAddress, maskDigits, maskName } from './show.ts';
export type { Asking, Heard, PartCorrection, Slot, Slots, Values } from './slot.ts';
export {
  address,
  faultKind,
  isAsked,
  name,
  type PhoneValue,
  type PlaceValue,
  pastTime,
  phone,
  photos,
  placeOf,
  sign,
  signs,
  switches,
  yesNo,
} from './slots.ts';
export { pile, station } from './station.ts';
export { type LastYear, lastYear, type Standing, standingOf, usageOf } from './usage.ts';
