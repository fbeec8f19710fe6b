export type { Account, Balance, BilledMonth, DailyUse, Outlet, Payments } from '#backends';
export { difference, order, percent, ratio, sum } from '#tariff';
export { type Applied, application, type Note } from './application.ts';
export {
  asOfTime,
  billRows,
  dueOf,
  explanationOf,
  gapsIn,
  linesOf,
  paidWords,
  standingOf,
  type Used,
  usageOf,
  usedOn,
} from './bills.ts';
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
  days,
  email,
  firm,
  household,
  month,
  serial,
  taxId,
  told,
  when,
  words,
} from './facts.ts';
export { holder, things } from './named.ts';
export { debtsOf, ownAccount } from './on-file.ts';
export { type Payment, paymentRows } from './payments.ts';
export { joinPlace, looksLikePlace, replacePart } from './place.ts';
export {
  bars,
  dayAfter,
  localClock,
  localDay,
  localMonth,
  localTime,
  maskAddress,
  maskDigits,
  maskName,
  monthAfter,
  showDay,
  showMonth,
} from './show.ts';
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
export { bookOf, type InTier, tierOf } from './tier.ts';
export { type Compared, compared, type Reason, reasonsFor } from './why.ts';
