import { type BillLine, type Period, type PriceBook, type PriceTable, periodNames } from '#tariff';
import type { Turn } from './declare.ts';
import { localClock } from './show.ts';

type Word = Turn['word'];

/** Whose prices are meant where nobody says so: a utility has price books of its own region, and only a demo some of others. */
export function homeRegion(books: readonly PriceBook[]): string {
  const count = (region: string) => books.filter((book) => book.region === region).length;
  return books.map(({ region }) => region).reduce((best, region) => (count(region) > count(best) ? region : best), '');
}

/** The region that the words name, of those whose prices are known. */
export const regionIn = (books: readonly PriceBook[], text: string): string | undefined =>
  books.map(({ region }) => region).find((region) => text.includes(region));

/** The version that is announced for the same customers and not in force yet. */
export const comingAfter = (books: readonly PriceBook[], book: PriceBook, day: string): PriceBook | undefined =>
  books.find(
    ({ region, kind, voltage, basic, effectiveFrom }) =>
      region === book.region &&
      kind === book.kind &&
      voltage === book.voltage &&
      (basic === undefined) === (book.basic === undefined) &&
      effectiveFrom > day,
  );

/** «峰0.568 谷0.288» */
export function showPeriods(prices: Partial<Record<Period, string>> | undefined, word: Word): string | undefined {
  const told = periodNames.filter((period) => prices?.[period] !== undefined);
  return (
    told
      .map((period) => word('price.period', { period: word(`period.${period}`), price: prices?.[period] }))
      .join(' ') || undefined
  );
}

/** «峰 08:00–22:00；谷 22:00–08:00» */
export function showHours({ hours }: PriceTable, word: Word): string | undefined {
  const told = periodNames.flatMap((period) => {
    const spans = hours.filter((each) => each.period === period).map(({ from, to }) => `${from}–${to}`);
    return spans.length > 0 ? [`${word(`period.${period}`)} ${spans.join('、')}`] : [];
  });
  return told.join('；') || undefined;
}

/** «11月时段», where hours or prices change with the season; else just that they are hours. */
export const showSeason = ({ hours }: PriceBook, month: string, word: Word): string =>
  hours.some(({ months }) => months) ? word('price.season', { month: Number(month.slice(5)) }) : word('price.hours');

/** A line a tier, in words of common.yml: «第1档（每年 0–2760 度）：每度 0.538 元（峰0.568 谷0.288）». */
export function priceRows(book: PriceBook, { tiers }: PriceTable, word: Word): string[] {
  const unit = book.basis === 'none' ? undefined : word(`price.${book.basis}`);
  return tiers.map(({ tier, upTo, flat, timeOfUse }, at) => {
    const periods = showPeriods(timeOfUse, word);
    const key = tiers.length === 1 ? 'only' : upTo === undefined ? 'last' : 'tier';
    const price = word(flat && periods ? 'price.both' : flat ? 'price.flat' : 'price.periods', { flat, periods });
    return word(`price.${key}`, { tier, unit, from: tiers[at - 1]?.upTo ?? '0', to: upTo, price });
  });
}

/** What a price is, since when, by which document: said with every price. */
export const priceSource = ({ region, name, document, effectiveFrom, effectiveTo }: PriceBook) => ({
  ...{ region, name, document, from: effectiveFrom, until: effectiveTo },
});

/** The period in which a moment lies, and when it ends. */
export function periodAt({ hours }: PriceTable, now: Date): PriceTable['hours'][number] | undefined {
  const clock = localClock(now);
  return hours.find(({ from, to }) => (from < to ? clock >= from && clock < to : clock >= from || clock < to));
}

/** «60×0.538 + 90×0.588», kWh to a hundredth. */
export const showSum = (lines: readonly BillLine[]): string =>
  lines.map(({ quantity, price }) => `${Number(Number(quantity).toFixed(2))}×${price}`).join(' + ');

/** «第1档 0.288 元，第2档 0.338 元», what one period costs in each tier; undefined where nothing is charged by it. */
export function periodRow({ tiers }: PriceTable, period: Period, word: Word): string | undefined {
  const told = tiers.flatMap(({ tier, timeOfUse }) => {
    const price = timeOfUse?.[period];
    const at = tiers.length > 1 ? `${word('line.tier', { tier })} ` : '';
    return price === undefined ? [] : [word('price.in', { at, price })];
  });
  return told.join('；') || undefined;
}

/** «22:00–08:00», one period's hours. */
export const hoursOf = ({ hours }: PriceTable, period: Period): string =>
  hours
    .filter((each) => each.period === period)
    .map(({ from, to }) => `${from}–${to}`)
    .join('、');

/** The months that have hours of a period; empty where none or all of them have. */
export const monthsWith = ({ hours }: PriceBook, period: Period): number[] => [
  ...new Set(hours.filter((each) => each.period === period).flatMap(({ months }) => months ?? [])),
];

/** Whether prices, hours and tiers are the same in every month. */
export const isSameAllYear = ({ prices, hours, thresholds }: PriceBook): boolean =>
  [...prices, ...hours, ...thresholds].every(({ months }) => months === undefined);
