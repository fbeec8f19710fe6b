import { type LateFee, lateFee, type PriceBook } from '#tariff';
import type { Turn } from './declare.ts';
import { homeRegion } from './prices.ts';
import { dayAfter, localDay } from './show.ts';

/** «千分之1», a share of one as permille: «0.001» → «1». */
const permille = (share: string): string => String(Math.round(Number(share) * 10_000) / 10);

/** The price book in force whose rule of late fees holds for homes of the utility's own region, or for businesses there. */
function bookWith(books: readonly PriceBook[], residential: boolean, day: string): PriceBook | undefined {
  const region = homeRegion(books);
  return books.find(
    (book) =>
      book.region === region &&
      book.lateFee !== undefined &&
      book.kind === (residential ? 'residential' : 'commercial') &&
      book.effectiveFrom <= day &&
      (book.effectiveTo ?? '9') > day,
  );
}

/** Facts of the rule of late fees, in permille a day; undefined where the price books say nothing of it. */
export async function lateRule({ backend, now }: Pick<Turn, 'backend' | 'now'>) {
  const { books } = await backend.prices.all();
  const today = localDay(now);
  const [home, other] = [true, false].map((residential) => bookWith(books, residential, today)?.lateFee);
  if (!home) return undefined;
  const others = other && { other: permille(other.sameYear), cross: permille(other.crossYear) };
  return { home: permille(home.sameYear), minimum: home.minimum, ...others };
}

/** What a debt of so many yuan costs if it is paid so many days late, reckoned from today. */
export async function feeFor(
  { backend, now }: Pick<Turn, 'backend' | 'now'>,
  { owed, days, residential }: { owed: string; days: number; residential: boolean },
): Promise<LateFee | undefined> {
  const { books } = await backend.prices.all();
  const today = localDay(now);
  const book = bookWith(books, residential, today);
  return book && lateFee({ owed, dueOn: dayAfter(today, -days), paidOn: today, residential }, book);
}
