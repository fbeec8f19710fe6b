import { z } from 'zod';

/** A decimal number in text («0.60886875»): prices are exact, floating point is not. */
export const Decimal = z.string().regex(/^-?\d+(\.\d{1,8})?$/, 'a decimal number with at most 8 places, in quotes');

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/);
const Month = z.int().min(1).max(12);

export const periodNames = ['sharp', 'peak', 'flat', 'valley', 'deep_valley'] as const;
/** 尖 峰 平 谷 深谷. */
export type Period = (typeof periodNames)[number];

/** kWh up to which each tier but the last goes; per year or per month as the book's `basis` says. */
const Thresholds = z.object({ months: z.array(Month).optional(), upTo: z.array(Decimal) });

/** Hours of a period, «22:00–08:00» over midnight too. `months`: the season it belongs to; absent, all year. */
const Hours = z.object({
  period: z.enum(periodNames),
  from: Clock,
  to: Clock,
  months: z.array(Month).optional(),
});

const PeriodPrices = z.partialRecord(z.enum(periodNames), Decimal);

/** One row of the price matrix for a season; a row a tier, a column a period. */
const Prices = z.object({
  months: z.array(Month).optional(),
  /** Yuan a kWh by tier, without time of use. */
  flat: z.array(Decimal).optional(),
  /** Yuan a kWh by tier and period. */
  time_of_use: z.array(PeriodPrices).optional(),
});

/**
 * One version of a price for one class of customers of one region: data that the utility publishes, never code. Every figure
 * carries its document; `confirmed: false` marks figures of general knowledge that a utility must confirm.
 */
export const PriceBook = z.object({
  id: z.string().min(1),
  /** Province or city whose customers it is for, as in accounts: 浙江, 广东 … */
  region: z.string().min(1),
  /** What customers call it: «居民阶梯电价». */
  name: z.string().min(1),
  /** Document number and issuing body, said with every price. */
  document: z.string().min(1),
  source: z.string().min(1),
  confirmed: z.boolean(),
  effectiveFrom: Day,
  /** First day on which it is in force no longer. */
  effectiveTo: Day.optional(),
  /** residential 一户一表; shared 合表; ev_home an EV's own home meter: no tiers, time of use allowed; commercial 工商业. */
  kind: z.enum(['residential', 'shared', 'ev_home', 'agricultural', 'commercial']),
  /** Supply voltage it is for, «<1kV», «1-10kV»; absent: all. */
  voltage: z.string().optional(),
  basis: z.enum(['annual', 'monthly', 'none']),
  thresholds: z.array(Thresholds).default([]),
  prices: z.array(Prices).min(1),
  hours: z.array(Hours).default([]),
  /**
   * How the kWh of one bill that lie beyond a threshold are split over the periods of time of use: in proportion to the bill's
   * own peak and valley kWh, or the dearest period first (by the first tier's prices; of equal ones sharp before peak before flat …).
   */
  crossing: z.enum(['proportional', 'dearest_first']).default('proportional'),
  /** 一户多人口: from so many people each threshold grows by `extra` kWh a month; from `sharedFrom` they may choose the shared price. */
  household: z.object({ from: z.int(), extra: Decimal, sharedFrom: z.int().optional() }).optional(),
  /** kWh a month free for homes on the civil-affairs list, taken off at the first tier's price as a line of its own. */
  freeKwh: Decimal.optional(),
  /** Two-part price: yuan a kVA of capacity or a kW of highest demand, a month. */
  basic: z
    .object({
      capacity: Decimal.optional(),
      demand: Decimal.optional(),
      /** kVA from which the two-part price is obligatory. */
      from: Decimal.optional(),
      /** The demand price times `factor` in a month with so many kWh a kVA. */
      highLoad: z.object({ kwhPerKva: Decimal, factor: Decimal }).optional(),
    })
    .optional(),
  /** 力率: the standard and whether the funds and surcharges are adjusted too. */
  powerFactor: z.object({ standard: Decimal, onSurcharges: z.boolean() }).optional(),
  /** Government funds and surcharges contained in each kWh's price, yuan a kWh. */
  surcharge: Decimal.optional(),
  /** 违约金 a day, and the least that is charged. */
  lateFee: z
    .object({
      sameYear: Decimal,
      /** A day of a later year than the one in which it was due; homes pay `sameYear` always. */
      crossYear: Decimal,
      minimum: Decimal,
      /** The most, as a multiple of what is owed. */
      cap: Decimal.optional(),
    })
    .optional(),
});
export type PriceBook = z.infer<typeof PriceBook>;

/** What a customer has used in one billing period, kWh as decimals in text. */
export const Usage = z.object({
  /** Billing period, «2026-10». */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** kWh by period; without time of use only `flat`. */
  kwh: z.partialRecord(z.enum(periodNames), Decimal),
  pricing: z.enum(['flat', 'time_of_use']),
  /** kWh billed in this tier year (annual) before this period; tiers by the month don't look at it. */
  before: Decimal.default('0'),
  /** Tiers by the month: kWh of an earlier bill of the same month, as after a change of the meter. */
  monthBefore: Decimal.optional(),
  /** Months of this tier year that the account has, where it was opened in the year: annual thresholds are in proportion to them. */
  yearMonths: z.int().min(1).max(12).optional(),
  /** People living there, where the utility has registered it (一户多人口). */
  household: z.int().min(1).optional(),
  lowIncome: z.boolean().default(false),
  /** Billed capacity, kVA, or highest demand, kW, of a two-part price. */
  capacityKva: Decimal.optional(),
  demandKw: Decimal.optional(),
  /** Reactive energy, kvarh, for the power factor. */
  kvarh: Decimal.optional(),
});
export type Usage = z.input<typeof Usage>;

/** One line of a bill. */
export interface BillLine {
  kind: 'energy' | 'basic' | 'power_factor' | 'free';
  /** 1 for the first tier; absent where there are no tiers. */
  tier?: number;
  period?: Period;
  /** kWh of an energy line, below zero of a free one; kVA or kW of a basic line; the yuan that a power-factor line adjusts. */
  quantity: string;
  /** Yuan a unit; the rate of a power-factor line, «0.025». */
  price: string;
  /**
   * Yuan, rounded once to the cent, half up. The energy and free lines are one charge, so they add up to its exact sum rounded once:
   * where rounding each would miss that by a cent, the line nearest to the half goes the other way.
   */
  amount: string;
  /** Power-factor line: cosφ, two places. */
  factor?: string;
  /** Basic line: what it is measured by. */
  basis?: 'capacity' | 'demand';
}

/** `total` is the sum of the lines' amounts, to the cent. */
export interface Bill {
  book: string;
  lines: BillLine[];
  kwh: string;
  total: string;
}
