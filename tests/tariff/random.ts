import { type Period, PriceBook, periodNames, type Usage } from '#tariff';

/** Random numbers that are the same in every run of a seed. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    odds: (share: number) => next() < share,
    one: <T>(from: readonly T[]): T => from[below(from.length)]!,
    /** A decimal below `top` with so many places. */
    number: (top: number, places: number) => {
      const digits = String(below(top * 10 ** places)).padStart(places + 1, '0');
      return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    },
  };
}
export type Dice = ReturnType<typeof dice>;

function tiersOfPrices(roll: Dice, tiers: number, places: number): string[] {
  let price = 20_000_000 + roll.below(80_000_000);
  const unit = 10 ** (8 - places);
  return Array.from({ length: tiers }, () => {
    price += roll.below(30_000_000);
    return (Math.floor(price / unit) * unit * 1e-8).toFixed(places);
  });
}

function season(roll: Dice, tiers: number, periods: Period[], twoPart: boolean, months?: number[]) {
  const places = 2 + roll.below(7);
  const columns = periods.map((period) => [period, tiersOfPrices(roll, tiers, places)] as const);
  const rows = Array.from({ length: tiers }, (_, tier) =>
    Object.fromEntries(columns.map(([period, prices]) => [period, prices[tier]!])),
  );
  return { months, time_of_use: rows, ...(!twoPart && { flat: tiersOfPrices(roll, tiers, places) }) };
}

function thresholdsOf(roll: Dice, basis: string, count: number, months?: number[]) {
  let limit = 0;
  const upTo = Array.from({ length: count }, () => {
    limit += 1 + roll.below(basis === 'annual' ? 3000 : 300);
    return roll.odds(0.8) ? String(limit) : `${limit}.${1 + roll.below(9)}`;
  });
  return { months, upTo };
}

/** A price book such as no utility has, but could. */
export function randomBook(roll: Dice, id: string): PriceBook {
  const basis = roll.one(['annual', 'monthly', 'none'] as const);
  const twoPart = basis === 'none' && roll.odds(0.5);
  const tiers = basis === 'none' ? 1 : 2 + roll.below(3);
  const periods = periodNames.filter(() => roll.odds(0.6));
  if (periods.length === 0) periods.push('peak');
  const summer = [6, 7, 8];
  const seasons = roll.odds(0.5) ? [undefined, summer] : [undefined];
  return PriceBook.parse({
    id,
    region: '随机',
    name: '随机',
    document: '随机',
    source: '随机',
    confirmed: false,
    effectiveFrom: '2020-01-01',
    kind: twoPart ? 'commercial' : 'residential',
    basis,
    thresholds: basis === 'none' ? [] : seasons.map((months) => thresholdsOf(roll, basis, tiers - 1, months)),
    prices: seasons.map((months) => season(roll, tiers, periods, twoPart, months)),
    crossing: roll.one(['proportional', 'dearest_first'] as const),
    household: roll.odds(0.5) ? { from: 5, extra: roll.number(150, roll.below(3)) } : undefined,
    freeKwh: roll.odds(0.5) ? roll.number(20, roll.below(2)) : undefined,
    basic: twoPart
      ? { capacity: roll.number(50, 2), demand: roll.number(60, 2), highLoad: { kwhPerKva: '260', factor: '0.9' } }
      : undefined,
    powerFactor: twoPart ? { standard: roll.one(['0.90', '0.85', '0.80']), onSurcharges: roll.odds(0.5) } : undefined,
    surcharge: roll.odds(0.5) ? roll.number(1, 4).replace(/^0\.[1-9]/, '0.0') : undefined,
  });
}

const kwh = (roll: Dice) => {
  const places = roll.odds(0.6) ? 0 : roll.odds(0.7) ? 2 : 8;
  const top = roll.odds(0.9) ? 400 : 2500;
  const whole = String(roll.below(top));
  return places === 0 ? whole : `${whole}.${String(roll.below(10 ** places)).padStart(places, '0')}`;
};

/** kWh of a month for one of the books, whatever that book asks for. */
export function randomUsage(roll: Dice, book: PriceBook): Usage {
  const month = 1 + roll.below(12);
  const prices =
    book.prices.find(({ months }) => months?.includes(month)) ?? book.prices.find(({ months }) => !months)!;
  const pricing = !prices.time_of_use || (prices.flat && roll.odds(0.3)) ? 'flat' : 'time_of_use';
  const periods = pricing === 'flat' ? ['flat'] : Object.keys(prices.time_of_use![0]!);
  return {
    month: `2026-${String(month).padStart(2, '0')}`,
    kwh: Object.fromEntries(periods.map((period) => [period, kwh(roll)])),
    pricing,
    before: roll.number(6000, roll.below(3)),
    monthBefore: roll.odds(0.2) ? roll.number(500, roll.below(3)) : undefined,
    household: roll.odds(0.3) ? 1 + roll.below(9) : undefined,
    yearMonths: roll.odds(0.1) ? 1 + roll.below(12) : undefined,
    lowIncome: roll.odds(0.2),
    capacityKva: book.basic && roll.number(1000, 0),
    demandKw: book.basic && roll.odds(0.5) ? roll.number(800, 1) : undefined,
    kvarh: book.powerFactor && roll.odds(0.8) ? kwh(roll) : undefined,
  };
}
