export { type Applied, application, type Note } from './application.ts';
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
export {
  account,
  accountNumber,
  amount,
  capacity,
  choice,
  code,
  holder,
  household,
  month,
  things,
  words,
} from './facts.ts';
export { debtsOf, ownAccount } from './on-file.ts';
export { replacePart } from './place.ts';
export { bars, localDay, localMonth, localTime, maskAddress, maskDigits, maskName, showDay } from './show.ts';
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
