import type { Account, Prices } from '#backends';
import {
  type Bill,
  bill,
  bookFor,
  difference,
  type Period,
  type PriceBook,
  type PriceTable,
  pricesOf,
  sum,
  type Usage,
} from '#tariff';
import type { Turn } from './declare.ts';
import { homeRegion, regionIn } from './prices.ts';
import { localDay, localMonth } from './show.ts';
import { type InTier, tierOf } from './tier.ts';
import { lastYear } from './usage.ts';

/** Whose price is asked for, as far as it was said. */
export interface Whose {
  account?: string;
  kind?: Account['kind'];
  voltage?: string;
  twoPart?: boolean;
  /** The month it is asked for; else today's price. */
  month?: string;
}

/** A price and whose it is: the customer's own account's, unless another class or region was named. */
export interface Priced {
  own?: Account;
  book: PriceBook;
  table: PriceTable;
  prices: Prices;
}

type Looking = Pick<Turn, 'backend' | 'attempt' | 'now' | 'text'>;

/** The price that holds for whom it is asked; those who say nothing are homes of the utility's own region. */
export async function pricedFor(turn: Looking, whose: Whose): Promise<Priced | undefined> {
  const prices = await turn.backend.prices.all();
  const found = whose.account ? await turn.backend.accounts.find(whose.account) : undefined;
  const { twoPart, month } = whose;
  const kind = whose.kind ?? (whose.voltage || twoPart ? 'commercial' : undefined);
  const region = regionIn(prices.books, turn.text) ?? found?.region ?? homeRegion(prices.books);
  const own = (kind ?? found?.kind) === found?.kind && region === found?.region ? found : undefined;
  const voltage = whose.voltage ?? own?.voltage ?? (twoPart ? '1-10kV' : undefined);
  const customer = { ...(own ?? { region, kind: kind ?? 'residential' }), voltage, twoPart };
  const at = month ? `${month}-01` : localDay(turn.now);
  const book = bookFor(prices.books, customer, at);
  return book && { own, book, table: pricesOf(book, at.slice(0, 7), own), prices };
}

export interface Quote extends Bill {
  /** Where the account stood before these kWh; absent where they begin at the first tier. */
  at?: InTier;
  /** Percent taken for valley, by the customer's own last year. */
  valley?: string;
}

/** What so many kWh cost: an account's from where it stands in the tiers and in its own mix of periods. Energy charge only. */
export async function quote(turn: Looking, { own, book, table }: Priced, kwh: string): Promise<Quote> {
  const [first] = table.tiers;
  const at = own && (await turn.attempt(() => tierOf(turn, own, book)));
  const year = own?.pricing === 'time_of_use' ? await turn.attempt(() => lastYear(turn, own)) : undefined;
  const split = year && first?.timeOfUse ? likeBefore(kwh, year.usages, first.timeOfUse) : undefined;
  const usage: Usage = {
    month: localMonth(turn.now),
    pricing: split || !first?.flat ? 'time_of_use' : 'flat',
    kwh: split ?? { flat: kwh },
    before: at?.used,
    monthBefore: at?.used,
    household: own?.household,
  };
  const lines = bill(usage, { ...book, basic: undefined, powerFactor: undefined });
  return { ...lines, at, valley: split && year?.valley };
}

/** The kWh in the periods that have a price now, as they lay in them before: what was sharp counts as peak where nothing is sharp. */
function likeBefore(kwh: string, usages: readonly Usage[], prices: Partial<Record<Period, string>>): Usage['kwh'] {
  const sums = new Map<Period, number>();
  for (const usage of usages)
    for (const [period, used] of Object.entries(usage.kwh) as [Period, string][]) {
      const into = prices[period] ? period : period === 'deep_valley' ? 'valley' : 'peak';
      sums.set(into, (sums.get(into) ?? 0) + Number(used));
    }
  const all = [...sums.values()].reduce((total, each) => total + each, 0);
  const [last, ...others] = [...sums].sort(([, one], [, other]) => other - one);
  if (!last || all === 0) return { flat: kwh };
  const parts = others.map(([period, used]) => [period, ((Number(kwh) * used) / all).toFixed(0)] as const);
  return { ...Object.fromEntries(parts), [last[0]]: difference(kwh, sum(['0', ...parts.map(([, part]) => part)])) };
}
