import type { PriceBook, Usage } from '#tariff';

/**
 * A second way to a bill, with nothing of the product's: walks through the kWh, one at a time and in fractions where a threshold or
 * the end comes first, notes what each would cost, and rounds the whole once. kWh and prices are whole numbers of 10⁻⁸.
 */
const kilowattHour = 1e8;

const units = (text: string | undefined): number => {
  const [whole = '0', places = ''] = (text ?? '0').split('.');
  return Number(whole + places.padEnd(8, '0'));
};

interface Column {
  kwh: number;
  prices: bigint[];
}

const inMonth = <Row extends { months?: number[] }>(rows: Row[], month: number): Row =>
  (rows.find((row) => row.months?.includes(month)) ?? rows.find((row) => row.months === undefined))!;

function columnsOf(usage: Usage, book: PriceBook, month: number): Column[] {
  const prices = inMonth(book.prices, month);
  const used = Object.entries(usage.kwh);
  if (usage.pricing === 'flat')
    return [
      {
        kwh: used.reduce((sum, [, kwh]) => sum + units(kwh), 0),
        prices: prices.flat!.map((price) => BigInt(units(price))),
      },
    ];
  return used.map(([period, kwh]) => ({
    kwh: units(kwh),
    prices: prices.time_of_use!.map((row) => BigInt(units(row[period as 'peak']))),
  }));
}

function thresholds(usage: Usage, book: PriceBook, month: number): number[] {
  if (book.basis === 'none') return [];
  const months = book.basis === 'annual' ? 12 : 1;
  const large = book.household && (usage.household ?? 1) >= book.household.from;
  const share = book.basis === 'annual' ? (usage.yearMonths ?? 12) : 12;
  return inMonth(book.thresholds, month).upTo.map((limit) =>
    Math.floor(((units(limit) + (large ? units(book.household!.extra) * months : 0)) * share) / 12),
  );
}

const before = (usage: Usage, book: PriceBook) =>
  ({ annual: units(usage.before), monthly: units(usage.monthBefore), none: 0 })[book.basis];

/** Walks from `start` for `length`; says how far each step goes and in which tier it lies. */
function walk(start: number, length: number, limits: number[], step: (tier: number, size: number) => void) {
  let at = start;
  let tier = 0;
  while (at < start + length) {
    while (tier < limits.length && at >= limits[tier]!) tier++;
    let next = at + kilowattHour;
    if (next > start + length) next = start + length;
    if (tier < limits.length && next > limits[tier]!) next = limits[tier]!;
    step(tier, next - at);
    at = next;
  }
}

/** Σ kWh × price, as a fraction: [numerator, denominator], yuan in 10⁻¹⁶. */
function mixed(columns: Column[], start: number, limits: number[]): [bigint, bigint] {
  const all = columns.reduce((sum, { kwh }) => sum + kwh, 0);
  const walked = new Array<number>(limits.length + 1).fill(0);
  walk(start, all, limits, (tier, size) => {
    walked[tier]! += size;
  });
  let sum = 0n;
  walked.forEach((size, tier) => {
    for (const { kwh, prices } of columns) sum += BigInt(size) * BigInt(kwh) * prices[tier]!;
  });
  return [sum, BigInt(all || 1)];
}

/** The cheapest kWh are walked first, so that the dearest lie highest; at one price the later of sharp … deep valley. */
function cheapestBelow(columns: Column[], start: number, limits: number[]): [bigint, bigint] {
  const sorted = columns.toReversed().sort((a, b) => Number(a.prices[0]! - b.prices[0]!));
  let at = start;
  let sum = 0n;
  for (const { kwh, prices } of sorted) {
    const walked = new Array<number>(limits.length + 1).fill(0);
    walk(at, kwh, limits, (tier, size) => {
      walked[tier]! += size;
    });
    walked.forEach((size, tier) => {
      sum += BigInt(size) * prices[tier]!;
    });
    at += kwh;
  }
  return [sum, 1n];
}

const halfUp = (numerator: bigint, denominator: bigint): bigint =>
  numerator < 0n
    ? -halfUp(-numerator, denominator)
    : numerator / denominator + (2n * (numerator % denominator) >= denominator ? 1n : 0n);

const cent = 10n ** 14n;

function energyCents(usage: Usage, book: PriceBook, columns: Column[], month: number): bigint {
  const limits = thresholds(usage, book, month);
  const way = book.crossing === 'proportional' ? mixed : cheapestBelow;
  let [sum, over] = way(columns, before(usage, book), limits);
  const all = columns.reduce((total, { kwh }) => total + kwh, 0);
  if (usage.lowIncome && book.freeKwh && all > 0) {
    const free = BigInt(Math.min(units(book.freeKwh), all));
    const mix = columns.reduce((total, { kwh, prices }) => total + BigInt(kwh) * prices[0]!, 0n);
    sum = sum * BigInt(all) - free * mix * over;
    over *= BigInt(all);
  }
  return halfUp(sum, over * cent);
}

function basicCents(usage: Usage, book: PriceBook, all: number): bigint {
  if (!book.basic) return 0n;
  const { capacity, demand, highLoad } = book.basic;
  if (usage.demandKw === undefined || demand === undefined)
    return halfUp(BigInt(units(usage.capacityKva)) * BigInt(units(capacity)), cent);
  const busy = highLoad && usage.capacityKva && all / units(usage.capacityKva) >= Number(highLoad.kwhPerKva);
  const price = busy
    ? halfUp(BigInt(units(demand)) * BigInt(units(highLoad.factor)), 10n ** 8n)
    : BigInt(units(demand));
  return halfUp(BigInt(units(usage.demandKw)) * price, cent);
}

function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** In 0.001 %: 0.5, 1 and 2 % a step down; 0.1 and 0.15 % a step up. */
function rate(kwh: number, kvarh: number, standard: number): bigint {
  const [p, q] = [BigInt(kwh), BigInt(kvarh)];
  const factor =
    p === 0n
      ? q === 0n
        ? 100
        : 0
      : Number((root((p * p * 10n ** 24n) / (p * p + q * q)) + 5n * 10n ** 9n) / 10n ** 10n);
  let sum = 0;
  for (let at = standard - 1; at >= factor; at--) sum += at >= standard - 20 ? 500 : at >= standard - 25 ? 1000 : 2000;
  const last = { 90: 95, 85: 94, 80: 92 }[standard]!;
  for (let at = standard + 1; at <= Math.min(factor, last); at++) sum -= at > 90 ? 150 : 100;
  return BigInt(sum);
}

/** Cents of a bill. */
export function integrate(usage: Usage, book: PriceBook): bigint {
  const month = Number(usage.month.slice(5));
  const columns = columnsOf(usage, book, month);
  const all = columns.reduce((sum, { kwh }) => sum + kwh, 0);
  const charge = energyCents(usage, book, columns, month) + basicCents(usage, book, all);
  if (!book.powerFactor || usage.kvarh === undefined) return charge;
  const { standard, onSurcharges } = book.powerFactor;
  const funds = onSurcharges ? 0n : halfUp(BigInt(all) * BigInt(units(book.surcharge)), cent);
  const adjusted = rate(all, units(usage.kvarh), units(standard) / 1e6);
  return charge + halfUp((charge - funds) * adjusted, 100_000n);
}
