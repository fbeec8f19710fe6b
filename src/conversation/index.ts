export type { Account, Balance, BilledMonth, DailyUse, Outlet, Payments, PriceChange, Prices } from '#backends';
export type { Period } from '#nlu';
export {
  bill,
  bookFor,
  breakEven,
  type Customer,
  compare,
  difference,
  effect,
  order,
  type PriceBook,
  type PriceTable,
  percent,
  pricesOf,
  rateFor,
  ratio,
  sum,
  type Usage,
} from '#tariff';
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
export { billedOfEach, standingOfEach } from './each.ts';
export {
  account,
  accountNumber,
  amount,
  appointment,
  capacity,
  choice,
  code,
  days,
  energy,
  household,
  month,
  serial,
  span,
  told,
  when,
  words,
} from './facts.ts';
export { file } from './filing.ts';
export { about, askedIn, checkNow, goesAhead } from './inquiry.ts';
export { feeFor, lateRule } from './late.ts';
export { appliance, cosine, duration, share } from './measures.ts';
export { holder, things } from './named.ts';
export { debtsOf, ownAccount, ownPlace, phoneOnFile, takeFromFile } from './on-file.ts';
export { pausesIn } from './pauses.ts';
export { type Payment, paymentRows } from './payments.ts';
export { isDoor, isSeveral, joinPlace, looksLikePlace, placeIsEnough, replacePart } from './place.ts';
export {
  comingAfter,
  homeRegion,
  hoursOf,
  isSameAllYear,
  monthsWith,
  periodAt,
  periodRow,
  priceRows,
  priceSource,
  regionIn,
  showHours,
  showPeriods,
  showSeason,
  showSum,
} from './prices.ts';
export { type Priced, pricedFor, type Quote, quote } from './quote.ts';
export { shift, shifted } from './shift.ts';
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
  maskPlace,
  monthAfter,
  showDay,
  showMonth,
} from './show.ts';
export { signs, switches } from './signs.ts';
export type { Asking, Heard, PartCorrection, Slot, Slots, Values } from './slot.ts';
export {
  address,
  extensionIn,
  faultKind,
  isAsked,
  name,
  nearby,
  type PhoneValue,
  type PlaceValue,
  pastTime,
  phone,
  photos,
  placeOf,
  sign,
  whereOf,
  yesNo,
} from './slots.ts';
export { pile, station } from './station.ts';
export { bookOf, costSoFar, type InTier, tierOf } from './tier.ts';
export { email, firm, taxId } from './title.ts';
export { asIfSplit, type LastYear, lastYear, leastLoad } from './usage.ts';
export { beside, versus } from './versus.ts';
export { type Compared, compared, type Reason, reasonsFor } from './why.ts';
