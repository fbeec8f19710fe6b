export { bill } from './bill.ts';
export { type Bill, type BillLine, Decimal, type Period, PriceBook, periodNames, Usage } from './book.ts';
export { bookFor, type Customer, type PriceTable, pricesOf } from './books.ts';
export { breakEven, type Comparison, compare, type Effect, effect } from './compare.ts';
export { type Arrears, type LateFee, lateFee } from './late-fee.ts';
export { type MeterCheck, type MeterCorrection, meterError } from './meter-error.ts';
export { type PowerFactor, powerFactor } from './power-factor.ts';
export { type Theft, type TheftLiability, type TheftRule, theftLiability, theftRule } from './theft.ts';
export { limitsOf, nextTier, type Pace, type Position, position } from './tiers.ts';
