import type { Account, BilledMonth, DailyUse } from '#backends';
import { bill, difference, order, type PriceBook, percent, ratio, sum } from '#tariff';
import { type Explained, linesOf, usageOf } from './bills.ts';
import type { Turn } from './declare.ts';
import { localMonth, monthAfter, showDay, showMonth } from './show.ts';

type Looking = Pick<Turn, 'backend' | 'attempt' | 'now' | 'word'>;

/** A reason why a bill is as high as it is: a text key `why.<key>` of common.yml with its numbers. */
export interface Reason {
  key: 'estimated' | 'settled' | 'days' | 'tier' | 'price' | 'season' | 'usual' | 'jump' | 'lower' | 'none';
  facts: Record<string, string | number | undefined>;
}

/** A bill beside those it is fairly compared with. */
export interface Compared {
  account: Account;
  billed: BilledMonth;
  before?: BilledMonth;
  yearAgo?: BilledMonth;
  neighbours?: { median?: string; homes: number };
}

const daily = ({ kwh, days }: BilledMonth) => ratio(kwh, String(days), 1) ?? '0';

/** The bill of a month, or the latest, with the one before, the same month's of last year and the neighbours' median. */
export async function compared(turn: Looking, number: string, month?: string): Promise<Compared | undefined> {
  const { backend, attempt } = turn;
  const to = month ?? localMonth(turn.now);
  const [account, { months }] = await Promise.all([
    backend.accounts.find(number),
    backend.bills.months(number, monthAfter(to, -14), to),
  ]);
  const billed = months.at(-1);
  if (!account || !billed) return undefined;
  const of = (wanted: string) => months.find((each) => each.month === wanted);
  const neighbours = await attempt(() => backend.bills.neighbours(number, billed.month));
  return {
    account,
    billed,
    before: of(monthAfter(billed.month, -1)),
    yearAgo: of(monthAfter(billed.month, -12)),
    neighbours,
  };
}

/** Why it is what it is, the surest reasons first; numbers only from bills, price books and readings. */
export async function reasonsFor(turn: Looking, all: Compared): Promise<Reason[]> {
  const { account, billed } = all;
  const [lines, prices] = await Promise.all([
    turn.attempt(() => linesOf(turn, account, billed)),
    turn.attempt(() => turn.backend.prices.all()),
  ]);
  const found = [
    ...readingReasons(all, turn.now),
    ...(lines ? tierReasons(all, lines) : []),
    ...priceReasons(all, prices?.books ?? [], turn.now),
    ...(await reasonsOfUse(turn, all)),
  ];
  const told = found.filter(({ key }) => key !== 'usual' || found.length === 1);
  if (told.length > 0) return told;
  const lower = [all.before, all.yearAgo].every((each) => each && order(billed.amount, each.amount) < 0);
  return [{ key: lower ? 'lower' : 'none', facts: {} }];
}

/** The end was estimated, the one before was (and is now put right), or the period is longer. */
function readingReasons({ billed, before }: Compared, now: Date): Reason[] {
  const reasons: Reason[] = [];
  if (billed.quality === 'estimated') reasons.push({ key: 'estimated', facts: { end: billed.readings.end } });
  if (before?.quality === 'estimated') reasons.push({ key: 'settled', facts: { month: showMonth(before.month, now) } });
  if (before && billed.days - before.days >= 3) {
    const facts = { days: billed.days, more: billed.days - before.days, daily: daily(billed), before: daily(before) };
    reasons.push({ key: 'days', facts });
  }
  return reasons;
}

/** kWh beyond the first tier, and what they cost more than in it. */
function tierReasons({ account, billed }: Compared, { bill: made, book }: Explained): Reason[] {
  const beyond = made.lines.filter(({ kind, tier }) => kind === 'energy' && (tier ?? 1) > 1);
  if (beyond.length === 0) return [];
  const inFirst = bill({ ...usageOf(account, billed), before: '0' }, book);
  const whole = inFirst.lines.every(({ tier }) => (tier ?? 1) === 1);
  const facts = {
    kwh: sum(beyond.map(({ quantity }) => quantity)),
    tier: Math.max(...beyond.map(({ tier }) => tier ?? 1)),
    used: book.basis === 'annual' ? sum([billed.before, billed.kwh]) : undefined,
    more: whole ? difference(billed.amount, inFirst.total) : undefined,
  };
  return [{ key: 'tier', facts }];
}

/** Another price book than that of the bill it is compared with: the same use at both prices. */
function priceReasons(
  { account, billed, before, yearAgo }: Compared,
  books: readonly PriceBook[],
  now: Date,
): Reason[] {
  const other = [before, yearAgo].find((each) => each && each.book !== billed.book);
  const old = books.find(({ id }) => id === other?.book);
  if (!other || !old) return [];
  const then = bill(usageOf(account, billed), old).total;
  const more = difference(billed.amount, then);
  const facts = { month: showMonth(other.month, now), then, more };
  return order(more, '0') > 0 ? [{ key: 'price', facts }] : [];
}

/** More is really used: as every year, or since a certain day. */
async function reasonsOfUse(turn: Looking, all: Compared): Promise<Reason[]> {
  const { billed, before, yearAgo } = all;
  const reference = yearAgo ?? before;
  if (!reference) return [];
  const [present, past] = [daily(billed), daily(reference)];
  const more = Number(percent(difference(present, past), past) ?? 0);
  const facts = { month: showMonth(reference.month, turn.now), daily: present, past, more };
  const rises = before === undefined || order(daily(before), present) < 0;
  if (more < 20) return yearAgo && more > -20 ? [{ key: rises ? 'season' : 'usual', facts }] : [];
  const since = await turn.attempt(() => jumpIn(turn, all));
  return [{ key: 'jump', facts: { ...facts, since: since && showDay(since) } }];
}

const stretch = 10;
const clearly = 1.4;

/** The day from which clearly more was used than in the days before it, if there is one. */
async function jumpIn({ backend }: Looking, { account, billed, before }: Compared): Promise<string | undefined> {
  const { days } = await backend.bills.daily(account.number, before?.from ?? billed.from, billed.to);
  const read = days.filter(({ kwh, quality }) => kwh !== undefined && quality !== 'S');
  const steps = read.map(({ day }, at) => ({ day, step: stepAt(read, at) }));
  const best = steps.reduce((most, each) => (each.step > most.step ? each : most), { day: '', step: 0 });
  return best.step >= clearly ? best.day : undefined;
}

/** The mean of the days from here on over that of the days before; nothing is said of it but where it lies. */
function stepAt(days: readonly DailyUse[], at: number): number {
  if (at < stretch || at + stretch > days.length) return 0;
  const mean = (part: readonly DailyUse[]) => part.reduce((all, { kwh }) => all + Number(kwh), 0) / part.length;
  return mean(days.slice(at, at + stretch)) / Math.max(mean(days.slice(at - stretch, at)), 0.1);
}
