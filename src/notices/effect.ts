import type { Account, Backend, Prices } from '#backends';
import { lastYear } from '#conversation';
import { effect, type PriceBook } from '#tariff';
import type { PriceNotice } from '#wire';

/** What a change of prices means for one account, in whole yuan a month. */
export interface AccountEffect {
  verdict: 'more' | 'less' | 'same';
  yuan: number;
  /** Billed months that it is computed from, with what was used in them. */
  months: number;
  from: string;
  to: string;
  kwh: string;
}

/** With less on record than a quarter of a year a month's effect would be a guess. */
const fewestMonths = 3;

/** The books of the change that are the account's own: of its class and region, and of its voltage where they name one. */
function booksFor(account: Account, { books }: PriceNotice, prices: Prices): [PriceBook, PriceBook] | undefined {
  const known = (id: string) => prices.books.find((book) => book.id === id);
  const pairs = books.flatMap(({ old, new: coming }): [PriceBook, PriceBook][] => {
    const [was, is] = [known(old), known(coming)];
    return was && is && fits(was, account) && fits(is, account) ? [[was, is]] : [];
  });
  return pairs.find(([, { voltage }]) => voltage !== undefined) ?? pairs[0];
}

const fits = ({ region, kind, voltage }: PriceBook, account: Account) =>
  region === account.region && kind === account.kind && (voltage ?? account.voltage) === account.voltage;

/**
 * The last twelve billed months, billed by the old and the new book. Undefined where too little is on record, or no books were named
 * for such an account. @throws BackendUnavailable
 */
export async function effectOn(
  backend: Backend,
  now: Date,
  account: Account,
  change: PriceNotice,
  prices: Prices,
): Promise<AccountEffect | undefined> {
  const books = booksFor(account, change, prices);
  const year = books && (await lastYear({ backend, now }, account));
  if (!books || !year || year.usages.length < fewestMonths) return undefined;
  const months = year.usages.length;
  const monthly = Number(effect(year.usages, ...books).difference) / months;
  // Half a yuan a month is less than the months themselves differ by.
  const yuan = Math.round(Math.abs(monthly));
  const verdict = yuan === 0 ? 'same' : monthly > 0 ? 'more' : 'less';
  return { verdict, yuan, months, from: year.from, to: year.to, kwh: year.kwh };
}
