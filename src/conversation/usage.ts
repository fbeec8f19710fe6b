import type { Account, BilledMonth } from '#backends';
import { percent, sum, type Usage } from '#tariff';
import { usageOf } from './bills.ts';
import type { Turn } from './declare.ts';
import { localMonth } from './show.ts';

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
