export { type Bill, type BillLine, Decimal, type Period, PriceBook, periodNames, Usage } from './book.ts';
