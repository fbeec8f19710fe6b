import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { PriceBook } from '#tariff';
import { readYaml } from '#yaml';
import { Account, Gazetteer, Outage, Outlet, PriceChange, type Prices } from '../port.ts';

const Day = z.iso.date();
/** «2026-10», or «10» for each October. */
const MonthOrEach = z.string().regex(/^(\d{4}-)?\d{2}$/);

/** How a meter runs and a customer pays; accounts.yml says what each is. */
export const Life = z.strictObject({
  profile: z.enum(['family', 'couple', 'single', 'elderly', 'ev', 'shop', 'restaurant', 'factory', 'farm', 'shared']),
  daily: z.number().positive(),
  valley: z.number().min(0).max(1).optional(),
  since: Day.optional(),
  growth: z.strictObject({ from: Day, times: z.number().positive() }).optional(),
  gaps: z.number().min(0).max(1).default(0.012),
  slow: z.boolean().default(false),
  byHand: z.boolean().default(false),
  stuck: z.strictObject({ months: z.array(z.int()), from: z.int(), to: z.int() }).optional(),
  estimated: z.array(MonthOrEach).default([]),
  late: z.array(MonthOrEach).default([]),
  /** Reactive energy for each kWh. */
  reactive: z.number().optional(),
  unpaid: z.int().default(0),
  /** Prepaid: so many of the newest top-ups have not been made. */
  missed: z.int().default(0),
  pays: z.strictObject({
    day: z.int().min(1).max(25),
    through: z.string(),
    trouble: z.enum(['processing', 'failed', 'refunded', 'twice']).optional(),
  }),
});
export type Life = z.infer<typeof Life>;

const Customer = Account.extend({ life: Life });
/** An account with what the demo knows beyond it. */
export type Customer = z.infer<typeof Customer>;

const At = z.tuple([z.number(), z.number()]);
const Places = z.strictObject({
  stations: z.array(z.strictObject({ name: z.string(), phone: z.string(), hours: z.string() })),
  grids: z.array(
    z.strictObject({
      name: z.string(),
      region: z.string().default('浙江'),
      district: z.string(),
      setting: z.enum(['urban', 'rural', 'remote']),
      station: z.string(),
      manager: z.string(),
      at: At,
      places: z.array(z.string()),
    }),
  ),
  areas: z.array(
    z.strictObject({
      name: z.string(),
      grid: z.string(),
      at: At,
      places: z.array(z.string()),
      form: z.enum(['units', 'rooms', 'village']),
      base: z.string(),
      homes: z.int(),
      shops: z.int().default(0),
    }),
  ),
  gazetteer: Gazetteer,
});
export type Places = z.infer<typeof Places>;
export type Grid = Places['grids'][number];
export type Area = Places['areas'][number];

const PlannedOutage = Outage.omit({ startsAt: true, endsAt: true }).extend({
  areas: z.array(z.string()),
  /** From the last half hour on; without an end nobody knows it yet. */
  minutes: z.tuple([z.number()]).rest(z.number()).optional(),
  day: z.int().optional(),
  hours: z.tuple([z.string(), z.string()]).optional(),
});
export type PlannedOutage = z.infer<typeof PlannedOutage>;

const KnownOutlet = Outlet.omit({ latitude: true, longitude: true }).extend({ at: At });

const InProgress = z.strictObject({
  number: z.string(),
  account: z.string(),
  intent: z.string(),
  name: z.string(),
  steps: z.array(z.tuple([z.string(), z.int()])),
  customerMust: z.string().optional(),
});

const read = <T extends z.ZodType>(file: string, shape: T): z.infer<T> =>
  shape.parse(readYaml(readFileSync(new URL(file, import.meta.url), 'utf8')));

/** Read when first asked for, then kept: the data is the same for every demo in the process. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export const places = once(() => read('places.yml', Places));
export const knownCustomers = once(
  () => read('accounts.yml', z.strictObject({ accounts: z.array(Customer) })).accounts,
);
export const plannedOutages = once(() => read('outages.yml', z.array(PlannedOutage)));
export const inProgress = once(() => read('applications.yml', z.array(InProgress)));
export const outlets = once(() =>
  read('outlets.yml', z.array(KnownOutlet)).map(({ at: [latitude, longitude], ...outlet }) => ({
    ...outlet,
    latitude,
    longitude,
  })),
);

const PriceFile = z.strictObject({
  books: z.array(PriceBook).default([]),
  changes: z.array(PriceChange).default([]),
});

/** Every file of prices/: a book or change is found by what it says, never by its file. */
export const prices = once((): Prices => {
  const files = readdirSync(new URL('prices/', import.meta.url)).filter((name) => name.endsWith('.yml'));
  const found = files.sort().map((name) => read(`prices/${encodeURIComponent(name)}`, PriceFile));
  return { books: found.flatMap(({ books }) => books), changes: found.flatMap(({ changes }) => changes) };
});
