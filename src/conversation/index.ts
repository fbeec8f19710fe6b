export {
  conversation,
  type Declaration,
  type Dialog,
  type Filed,
  type NewOrder,
  type Next,
  type Turn,
} from './declare.ts';
export { replacePart } from './place.ts';
export { localTime, maskAddress, maskDigits } from './show.ts';
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
