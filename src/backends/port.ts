import { z } from 'zod';
import { Decimal, PriceBook, periodNames } from '#tariff';

const Instant = z.iso.datetime({ offset: true });
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Month = z.string().regex(/^\d{4}-\d{2}$/);
const AccountNumber = z.string().regex(/^\d{10,16}$/);

/** `asOf`: when the utility's system last knew; said with every answer. `stale`: an earlier answer, the system could not be reached. */
const dated = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ asOf: Instant, stale: z.boolean().optional(), ...shape });

/** What an adapter adds where it answers from what it has kept: of when that is, and that the system could not be reached. */
const kept = { asOf: Instant.optional(), stale: z.boolean().optional() };

/** What an account is known by. `area` is the transformer area (台区) that feeds it. */
export const Account = z.object({
  number: AccountNumber,
  name: z.string(),
  phone: z.string(),
  address: z.string(),
  kind: z.enum(['residential', 'shared', 'ev_home', 'agricultural', 'commercial']),
  pricing: z.enum(['flat', 'time_of_use']),
  area: z.string(),
  /** Whose price books hold: 浙江 … */
  region: z.string().default('浙江'),
  voltage: z.string().optional(),
  /** prepaid 预付费(费控): a balance that is used up; postpaid 后付费: a bill, then arrears. */
  paying: z.enum(['prepaid', 'postpaid']).default('postpaid'),
  /** People registered for 一户多人口. */
  household: z.int().optional(),
  lowIncome: z.boolean().optional(),
  capacityKva: Decimal.optional(),
  /** off: cut off for arrears. */
  supply: z.enum(['on', 'off']).default('on'),
  ...kept,
});
export type Account = z.infer<typeof Account>;

/** Money of an account now, in yuan. What is owed and what is left are two things: which counts is told by `paying`. */
export const Balance = dated({
  number: AccountNumber,
  paying: z.enum(['prepaid', 'postpaid']),
  /** Prepaid: what is left, may be below zero. */
  left: Decimal.optional(),
  /** Bills not paid, late fee not counted. */
  owed: Decimal,
  lateFee: Decimal,
  /** Months of the bills not paid. */
  unpaid: z.array(Month),
  dueOn: Day.optional(),
  /** Cut off: what must be paid, all in all, before supply comes back (usage up to the cut counts). */
  toReconnect: Decimal.optional(),
});
export type Balance = z.infer<typeof Balance>;

/** One billing period as the utility billed it. */
export const BilledMonth = z.object({
  month: Month,
  from: Day,
  to: Day,
  days: z.int(),
  kwh: Decimal,
  /** Time of use: its parts; sharp counts as peak, deep valley as valley. */
  peak: Decimal.optional(),
  valley: Decimal.optional(),
  /** Time of use: kWh of each period, as #tariff's `Usage` takes them. */
  parts: z.partialRecord(z.enum(periodNames), Decimal).optional(),
  /** Highest demand and reactive energy, where the price asks for them. */
  demandKw: Decimal.optional(),
  kvarh: Decimal.optional(),
  /** Billed in this tier year before it. */
  before: Decimal,
  /** Months of the tier year that the account has, where it was opened in it. */
  yearMonths: z.int().optional(),
  amount: Decimal,
  /** Meter readings at the ends, kWh. */
  readings: z.object({ start: Decimal, end: Decimal }),
  /** estimated: no actual reading at the end; put right with the next one. */
  quality: z.enum(['actual', 'estimated']),
  paid: z.boolean(),
  paidOn: Day.optional(),
  dueOn: Day,
  book: z.string(),
});
export type BilledMonth = z.infer<typeof BilledMonth>;

export const BilledMonths = dated({ number: AccountNumber, months: z.array(BilledMonth) });
export type BilledMonths = z.infer<typeof BilledMonths>;

export const Payments = dated({
  number: AccountNumber,
  payments: z.array(
    z.object({
      serial: z.string(),
      at: Instant,
      amount: Decimal,
      /** 微信, 支付宝, 银行代扣, 营业厅 … */
      through: z.string(),
      state: z.enum(['credited', 'processing', 'failed', 'refunded']),
    }),
  ),
});
export type Payments = z.infer<typeof Payments>;

/** Median kWh of comparable homes of the same transformer area in a month; absent below 20 homes. */
export const Neighbours = dated({ month: Month, median: Decimal.optional(), homes: z.int() });
export type Neighbours = z.infer<typeof Neighbours>;

/** A day's energy. Without `kwh` the reading is missing. */
export const DailyUse = z.object({
  day: Day,
  kwh: Decimal.optional(),
  peak: Decimal.optional(),
  valley: Decimal.optional(),
  /** A actual, E estimated, M read by hand, S suspect, – missing. */
  quality: z.enum(['A', 'E', 'M', 'S', '-']),
});
export type DailyUse = z.infer<typeof DailyUse>;
export const DailyUses = dated({ number: AccountNumber, days: z.array(DailyUse) });
export type DailyUses = z.infer<typeof DailyUses>;

/** Where something is, as far as it is known; the more of it, the surer the answer. */
export interface Place {
  accountNumber?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
}

export const Outage = z.object({
  id: z.string(),
  kind: z.enum(['fault', 'planned', 'temporary']),
  /** Where, in words that customers know. */
  where: z.string(),
  cause: z.string().optional(),
  startsAt: z.string(),
  /** Estimated return. */
  endsAt: z.string().optional(),
  stage: z.enum(['announced', 'running', 'delayed', 'restored', 'cancelled']),
});
export type Outage = z.infer<typeof Outage>;
export const Outages = dated({ outages: z.array(Outage) });
export type Outages = z.infer<typeof Outages>;

/** Which grid and transformer area serve a place; the class decides the promise (供电服务十项承诺). */
export const Service = z.object({
  grid: z.string(),
  area: z.string().optional(),
  district: z.string().optional(),
  setting: z.enum(['urban', 'rural', 'remote']),
  region: z.string().optional(),
  ...kept,
});
export type Service = z.infer<typeof Service>;

/** Who looks after a grid. The phone is the service's, never a private one. */
export const Manager = z.object({
  grid: z.string(),
  station: z.string(),
  name: z.string(),
  phone: z.string(),
  hours: z.string(),
  ...kept,
});
export type Manager = z.infer<typeof Manager>;

/** Where customers can go: halls of the utility, banks and shops that take payments, charging stations. */
export const Outlet = z.object({
  name: z.string(),
  kind: z.enum(['hall', 'bank', 'agent', 'charging']),
  district: z.string(),
  address: z.string(),
  hours: z.string(),
  phone: z.string().optional(),
  /** What can be done there, or a charging station's piles and price. */
  offers: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  ...kept,
});
export type Outlet = z.infer<typeof Outlet>;

/** Names of the utility's own area, for the reader of addresses. */
export const Gazetteer = z.object({
  districts: z.array(z.string()),
  roads: z.array(z.string()),
  communities: z.array(z.string()),
  villages: z.array(z.string()),
});
export type Gazetteer = z.infer<typeof Gazetteer>;

/** A business application at the utility: which step it is at, and what the customer must do. */
export const Application = z.object({
  number: z.string(),
  intent: z.string(),
  name: z.string(),
  steps: z.array(z.object({ name: z.string(), planned: Day, done: Day.optional() })),
  customerMust: z.string().optional(),
});
export type Application = z.infer<typeof Application>;
export const Applications = dated({ applications: z.array(Application) });
export type Applications = z.infer<typeof Applications>;

/** An announced or past change of a price. */
export const PriceChange = z.object({
  id: z.string(),
  document: z.string(),
  issuedBy: z.string(),
  announcedOn: Day,
  effectiveFrom: Day,
  /** From which meter reading it counts, in the document's words: «2026年12月1日起抄见电量». */
  counts: z.string(),
  region: z.string(),
  kinds: z.array(Account.shape.kind),
  oldBook: z.string(),
  newBook: z.string(),
  summary: z.string(),
});
export type PriceChange = z.infer<typeof PriceChange>;
export const Prices = z.object({ books: z.array(PriceBook), changes: z.array(PriceChange), ...kept });
export type Prices = z.infer<typeof Prices>;

/** An order as the utility's own system gets it; `number` is the idempotency key. */
export interface OrderForUtility {
  number: string;
  type: string;
  [field: string]: unknown;
}

/** A one-time code on its way to the phone on file. `id` is the idempotency key. */
export interface CodeMessage {
  id: string;
  phone: string;
  code: string;
}

/**
 * The utility's own systems. An adapter may be slow or down: each verb rejects with BackendUnavailable within its time-out, never
 * hangs, and never answers with another account's data. Money, usage and applications of a number that does not exist are NotFound: ask
 * `accounts.find` first.
 */
export interface Backend {
  /** Whether this is the embedded demonstration: one-time codes are then told in the chat, since no message can leave. */
  readonly demo: boolean;
  accounts: {
    /** The account, or undefined where there is none of that number. */
    find(number: string): Promise<Account | undefined>;
    /** Business applications of an account, newest first. */
    applications(number: string): Promise<Applications>;
    /** Delivers a one-time code; the same id twice is one message. */
    sendCode(message: CodeMessage): Promise<void>;
  };
  bills: {
    balance(number: string): Promise<Balance>;
    /** Billed months from `from` to `to`, «2026-01», oldest first; months not billed (yet) are left out. */
    months(number: string, from: string, to: string): Promise<BilledMonths>;
    /** Newest first. */
    payments(number: string): Promise<Payments>;
    /** Daily energy from `from` to `to`, both included, oldest first. */
    daily(number: string, from: string, to: string): Promise<DailyUses>;
    neighbours(number: string, month: string): Promise<Neighbours>;
  };
  outages: {
    /** Running and announced outages that touch the place, and those just restored or cancelled: look at `stage`. */
    at(place: Place): Promise<Outages>;
  };
  prices: {
    /** Every price book, past, present and announced, with the changes between them. */
    all(): Promise<Prices>;
  };
  directory: {
    /** Undefined where the place is not recognised. */
    locate(place: Place): Promise<Service | undefined>;
    manager(grid: string): Promise<Manager | undefined>;
    /** Outlets near a place, nearest first, or of its district; all kinds unless told. At most ten. */
    outlets(place: Place, kind?: Outlet['kind']): Promise<Outlet[]>;
    /** Asked once, at the start. */
    gazetteer(): Promise<Gazetteer>;
  };
  orders: {
    /** Hands an order over; the same number twice is one order. */
    create(order: OrderForUtility): Promise<void>;
  };
}
