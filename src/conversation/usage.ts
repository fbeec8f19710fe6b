import type { Account, BilledMonth } from '#backends';
import { difference, type PriceTable, percent, sum, type Usage } from '#tariff';
import { usageOf } from './bills.ts';
import type { Turn } from './declare.ts';
import { dayAfter, localDay, localMonth } from './show.ts';

export interface LastYear {
  /** Months. */
  from: string;
  to: string;
  usages: Usage[];
  kwh: string;
  /** Percent of it that was used in the valley; absent where the meter tells no periods. */
  valley?: string;
}

/** The last twelve months that were billed; undefined where nothing was. */
export async function lastYear(
  { backend, now }: Pick<Turn, 'backend' | 'now'>,
  account: Account,
): Promise<LastYear | undefined> {
  const { months } = await backend.bills.months(account.number, localMonth(now, -12), localMonth(now, -1));
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return undefined;
  const add = (of: (month: BilledMonth) => string | undefined) => sum(months.map((month) => of(month) ?? '0'));
  const kwh = add((month) => month.kwh);
  const told = account.pricing === 'time_of_use' && months.every(({ valley }) => valley !== undefined);
  return {
    ...{ from: first.month, to: last.month, kwh },
    usages: months.map((month) => usageOf(account, month)),
    valley: told
      ? percent(
          add((month) => month.valley),
          kwh,
        )
      : undefined,
  };
}

/** The same months, as if so many per cent had been used in the valley. */
export const asIfSplit = (usages: readonly Usage[], valley: string): Usage[] =>
  usages.map((usage) => ({ ...usage, pricing: 'time_of_use', kwh: splitBy(usage.kwh.flat ?? '0', valley) }));

/** Peak and valley kWh, to a hundredth, where so many per cent are valley. */
export function splitBy(kwh: string, percent: string): { peak: string; valley: string } {
  const valley = ((Number(kwh) * Number(percent)) / 100).toFixed(2);
  return { peak: difference(kwh, valley), valley };
}

export interface LeastLoad {
  days: number;
  kwh: string;
  /** Of the valley, where it is measured; absent: of a whole day. */
  hours?: number;
  watts: number;
}

/** The least that was used in a night of the last thirty, or in a day where nights are not measured: what runs all the time. */
export async function leastLoad(
  { backend, now }: Pick<Turn, 'backend' | 'now'>,
  account: Account,
  { hours }: PriceTable,
): Promise<LeastLoad | undefined> {
  const { days } = await backend.bills.daily(account.number, dayAfter(localDay(now), -30), localDay(now));
  const span = account.pricing === 'time_of_use' ? hours.find(({ period }) => period === 'valley') : undefined;
  const long = span && (Number(span.to.slice(0, 2)) - Number(span.from.slice(0, 2)) + 24) % 24;
  const read = days
    .filter(({ quality }) => quality === 'A')
    .map(({ kwh, valley }) => Number((span ? valley : kwh) ?? 0));
  const used = read.filter((kwh) => kwh > 0);
  if (used.length === 0) return undefined;
  const least = Math.min(...used);
  const watts = Math.round((least * 100) / (long ?? 24)) * 10;
  return { days: used.length, kwh: least.toFixed(2), hours: long, watts };
}
