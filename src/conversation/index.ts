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
export { account, accountNumber, amount, capacity, choice, code, household, month, told, words } from './facts.ts';
export { joinPlace, looksLikePlace, replacePart } from './place.ts';
export { bars, localClock, localDay, localMonth, localTime, maskAddress, maskDigits, maskName } from './show.ts';
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
  yesNo,
} from './slots.ts';
