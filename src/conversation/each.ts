import type { BilledMonth } from '#backends';
import { sum } from '#tariff';
import { asOfTime, dueOf, standingOf } from './bills.ts';
import type { Turn } from './declare.ts';
import { localTime, maskAddress, maskDigits, showMonth } from './show.ts';

type Asking = Pick<Turn, 'backend' | 'bound' | 'now' | 'word'>;

/** Facts of `each` in common.yml: what was billed to each of the customer's accounts in these months, and what it comes to. */
export async function billedOfEach(turn: Asking, { from, to }: { from: string; to: string }) {
  const found = await Promise.all(turn.bound.map((number) => turn.backend.bills.months(number, from, to)));
  const total = (of: (month: BilledMonth) => string) => sum(['0', ...found.flatMap(({ months }) => months.map(of))]);
  const billed = found.flatMap(({ months }) => months.map(({ month }) => month)).sort();
  const range = [...new Set([billed[0] ?? from, billed.at(-1) ?? to])]
    .map((month) => showMonth(month, turn.now))
    .join('–');
  const rows = await Promise.all(
    found.map(async ({ months }, at) => {
      const sums = { amount: sum(months.map(({ amount }) => amount)), kwh: sum(months.map(({ kwh }) => kwh)) };
      const key = months.length > 0 ? 'each.row' : 'each.none';
      return turn.word(key, { ...(await named(turn, turn.bound[at] ?? '')), ...sums, month: range });
    }),
  );
  const facts = { total: total(({ amount }) => amount), kwh: total(({ kwh }) => kwh) };
  return { ...facts, rows: rows.join('\n'), asOf: localTime(found[0]?.asOf) };
}

/** Facts of `each.due` in common.yml: how each of the customer's accounts stands, and what is due in all. */
export async function standingOfEach(turn: Asking) {
  const found = await Promise.all(turn.bound.map((number) => turn.backend.bills.balance(number)));
  const rows = await Promise.all(
    found.map(async (balance, at) =>
      turn.word('each.standing', {
        ...(await named(turn, turn.bound[at] ?? '')),
        standing: standingOf(balance, turn),
      }),
    ),
  );
  const total = sum(['0.00', ...found.flatMap((balance) => dueOf(balance) ?? [])]);
  return { rows: rows.join('\n'), total, asOf: found[0] && asOfTime(found[0]) };
}

async function named({ backend }: Asking, number: string) {
  const account = await backend.accounts.find(number);
  return { account: maskDigits(number), place: maskAddress(account?.address) };
}
