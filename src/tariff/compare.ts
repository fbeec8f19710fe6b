import { badRequest } from '#errors';
import { bill } from './bill.ts';
import type { Period, PriceBook, Usage } from './book.ts';
import { monthOf, seasonOf } from './compiled.ts';
import { amount, cents, divided, one, plain, yuan } from './decimal.ts';

type Counter = 'before' | 'monthBefore';

const kwhOf = (usage: Usage) => Object.values(usage.kwh).reduce((sum, kwh) => sum + amount(kwh ?? '0', 'kWh used'), 0n);

/**
 * The months in order, each with the kWh billed in its tier year or month before it. A counter that is given and higher stands: then
 * months are missing here that were billed.
 */
function recounted(usages: readonly Usage[], book: PriceBook): Usage[] {
  const counter: Counter = book.basis === 'monthly' ? 'monthBefore' : 'before';
  const tierTime = (usage: Usage) => usage.month.slice(0, book.basis === 'monthly' ? 7 : 4);
  let time = '';
  let used = 0n;
  return [...usages]
    .sort((a, b) => a.month.localeCompare(b.month))
    .map((usage) => {
      if (tierTime(usage) !== time) used = 0n;
      time = tierTime(usage);
      const given = amount(usage[counter] ?? '0', 'kWh billed before');
      const before = given > used ? given : used;
      used = before + kwhOf(usage);
      return { ...usage, [counter]: plain(before) };
    });
}

function total(usages: readonly Usage[], book: PriceBook, pricing?: Usage['pricing']): bigint {
  let sum = 0n;
  for (const usage of recounted(usages, book)) {
    const { total } = bill({ ...usage, pricing: pricing ?? usage.pricing }, book);
    sum += cents(total);
  }
  return sum;
}

export interface Comparison {
  flat: string;
  timeOfUse: string;
  /** What time of use saves; below zero it costs more. */
  saves: string;
}

/** What these months would have cost with and without time of use, in yuan. */
export function compare(usages: readonly Usage[], book: PriceBook): Comparison {
  const blind = usages.find(
    ({ pricing, kwh }) => pricing === 'flat' && Object.keys(kwh).every((key) => key === 'flat'),
  );
  if (blind && kwhOf(blind) > 0n)
    throw badRequest(
      `The kWh of ${blind.month} are not known by period, so time of use can't be compared.`,
      'Give the kWh of each period, or leave the month out.',
      'NoPeriods',
    );
  const flat = total(usages, book, 'flat');
  const timeOfUse = total(usages, book, 'time_of_use');
  return { flat: yuan(flat), timeOfUse: yuan(timeOfUse), saves: yuan(flat - timeOfUse) };
}

/**
 * Share of valley kWh from which time of use is cheaper in the first tier, «0.1071»: (peak − flat) / (peak − valley). Undefined where
 * a book has not just these two periods, or no choice between both prices.
 */
export function breakEven(book: PriceBook, month?: string): string | undefined {
  const { flat, timeOfUse } = seasonOf(book, month === undefined ? 1 : monthOf(month));
  const price = (period: Period) => timeOfUse?.find((column) => column.period === period)?.prices[0]?.exact;
  const [peak, valley, usual] = [price('peak'), price('valley'), flat?.prices[0]?.exact];
  if (timeOfUse?.length !== 2 || peak === undefined || valley === undefined || usual === undefined) return undefined;
  if (peak <= usual || peak <= valley) return '0';
  return plain(divided((peak - usual) * 10_000n, peak - valley) * (one / 10_000n));
}

export interface Effect {
  before: string;
  after: string;
  /** `after` less `before`: what the change costs this customer. */
  difference: string;
}

/** What a change of prices does to this customer: the same months, billed with both books, in yuan. */
export function effect(usages: readonly Usage[], oldBook: PriceBook, newBook: PriceBook): Effect {
  const before = total(usages, oldBook);
  const after = total(usages, newBook);
  return { before: yuan(before), after: yuan(after), difference: yuan(after - before) };
}
