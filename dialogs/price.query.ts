import {
  type Account,
  account,
  appliance,
  capacity,
  choice,
  comingAfter,
  conversation,
  cosine,
  energy,
  hoursOf,
  isSameAllYear,
  localClock,
  localDay,
  localMonth,
  maskDigits,
  month,
  monthsWith,
  order,
  type PriceBook,
  type Priced,
  periodAt,
  periodRow,
  pricedFor,
  priceRows,
  priceSource,
  pricesOf,
  quote,
  rateFor,
  regionIn,
  showDay,
  showHours,
  showPeriods,
  showSeason,
  showSum,
  sign,
  signs,
  type Turn,
  tierOf,
} from '#conversation';

/** 电价查询: the price in force, by class, voltage and month; what a number of kWh costs; whether it is peak now. */
const slots = {
  account: account({ asking: 'never' }),
  kinds: signs(['residential', 'shared', 'ev_home', 'agricultural', 'commercial']),
  voltage: choice(['<1kV', '1-10kV', '35kV'], { asking: 'never' }),
  kwh: energy(),
  capacity: capacity({ asking: 'never' }),
  appliance: appliance(),
  month: month(),
  /** Kept for «那多交的能退我吗». */
  landlord: { ...sign(['landlord']), keeps: true },
  cosine: cosine(),
  about: signs([
    'demand',
    'now',
    'hours',
    'next',
    'two_part',
    'elsewhere',
    'compare',
    'season',
    'weekend',
    'why',
    'power_factor',
    'landlord',
  ]),
  period: signs(['sharp', 'peak', 'valley', 'both']),
};

const says = [
  'table',
  'own',
  'own.left',
  'own.none',
  'own.flat',
  'own.time_of_use',
  'coming',
  'basic',
  'basic.sum',
  'future',
  'future.none',
  'now',
  'now.flat',
  'hours',
  'hours.daily',
  'first',
  'hours.none',
  'cost',
  'cost.fresh',
  'cost.own',
  'cost.split',
  'cost.energy',
  'cost.appliance',
  'unknown',
  'elsewhere',
  'period',
  'period.none',
  'period.where',
  'season.same',
  'why',
  'power_factor',
  'power_factor.told',
  'power_factor.more',
  'power_factor.less',
  'power_factor.same',
  'demand',
  'demand.even',
  'landlord',
  'stale',
  'go.notice.subscribe',
] as const;
type Query = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  async finish(turn) {
    const { slots, say } = turn;
    const about = slots.about ?? [];
    if (about.includes('power_factor')) return factor(turn);
    if (about.includes('why')) return say('why', {}, ['go.price.query', 'go.price.change']);
    const whose = {
      ...slots,
      month: slots.month?.to,
      twoPart: about.some((each) => each === 'two_part' || each === 'demand') || undefined,
    };
    for (const kind of kindsOf(turn)) {
      const priced = await pricedFor(turn, { ...whose, kind });
      if (!priced) return say('unknown', {}, ['button.person']);
      await answer(turn, priced);
    }
    if (about.includes('landlord')) say('landlord', {}, ['go.complaint', 'button.person']);
  },
});

/** What a power factor comes to, or the rule of it where none is told. */
function factor({ slots, say, word }: Query): void {
  const { factor: told, standard = '0.90' } = slots.cosine ?? {};
  const percent = (told === undefined ? 0 : Number(rateFor(told, standard)) * 100).toFixed(2).replace(/\.?0+$/, '');
  const sign = percent.startsWith('-') ? 'less' : percent === '0' ? 'same' : 'more';
  const verdict = word(`power_factor.${sign}`, { percent: percent.replace('-', '') });
  const key = told === undefined ? 'power_factor' : 'power_factor.told';
  say(key, { factor: told, standard, verdict }, ['go.bill.query', 'go.advice.energy']);
}

/** Whether the basic charge is less by capacity or by demand: where the two meet. */
function demand(turn: Query, book: PriceBook): void {
  const { slots, say, word } = turn;
  const { capacity: byCapacity = '0', demand: byDemand = '0' } = book.basic ?? {};
  const share = Number(byCapacity) / Number(byDemand);
  const kva = slots.capacity?.unit === 'kVA' ? slots.capacity.value : undefined;
  const even = kva === undefined ? undefined : word('demand.even', { kva, kw: Math.round(kva * share) });
  const facts = { ...priceSource(book), capacity: byCapacity, demand: byDemand, share: Math.round(share * 100), even };
  say('demand', facts, ['go.service.capacity', 'go.grid.manager']);
}

/** «商铺和住宅差多少»: one after the other. «家里给电动车充电»: at home is but where. */
function kindsOf({ slots }: Query) {
  const { kinds, about } = slots;
  if (!kinds) return [undefined];
  const special = kinds.filter((kind) => kind !== 'residential');
  return (about?.includes('compare') || special.length === 0 ? kinds : special).slice(0, 2);
}

async function answer(turn: Query, priced: Priced): Promise<void> {
  const { slots, say, text } = turn;
  const { book, prices } = priced;
  await priceOf(turn, priced);
  if (slots.about?.includes('elsewhere') && !regionIn(prices.books, text)) say('elsewhere', { region: book.region });
  if (prices.stale && prices.asOf) say('stale', { asOf: showDay(localDay(new Date(prices.asOf))) });
}

async function priceOf(turn: Query, priced: Priced): Promise<void> {
  const { slots, filled, say } = turn;
  const { book, table: shown } = priced;
  const about = slots.about ?? [];
  const asked = periodIn(turn);
  // «开了峰谷呢» after what 600 kWh cost asks for the periods.
  const kwh = slots.appliance?.kwh ?? slots.kwh;
  const told = filled.includes('kwh') || filled.includes('appliance') || !filled.includes('about');
  const summed = kwh !== undefined && told;
  if (about.includes('demand') && book.basic) return demand(turn, book);
  if (about.includes('next')) return future(turn, priced);
  if (summed) return cost(turn, priced, String(kwh));
  if (about.includes('now') && shown.hours.length > 0) return present(turn, priced);
  if (about.includes('now') || about.includes('hours')) return hours(turn, priced);
  if (asked) return period(turn, priced, asked);
  if (about.includes('season') && isSameAllYear(book)) return say('season.same', priceSource(book), ['go.price.query']);
  return table(turn, priced);
}

const seasonOf = ({ slots, now, word }: Query, book: PriceBook) =>
  showSeason(book, slots.month?.to ?? localMonth(now), word);

/** All of a price: tiers with and without time of use, hours, the basic charge, and where the customer stands in it. */
async function table(turn: Query, { book, own, prices, table: shown }: Priced): Promise<void> {
  const { word, say, now, slots } = turn;
  const today = localDay(now);
  const coming = slots.month ? undefined : comingAfter(prices.books, book, today);
  const facts = {
    ...priceSource(book),
    until: book.effectiveTo && book.effectiveTo <= today ? book.effectiveTo : undefined,
    rows: priceRows(book, shown, word).join('\n'),
    season: shown.hours.length > 0 ? seasonOf(turn, book) : undefined,
    hours: showHours(shown, word),
    basic:
      book.basic &&
      [word('basic', { ...book.basic, highLoad: undefined }), basicSum(turn, book)].filter(Boolean).join('\n'),
    own: own && !slots.month ? await standing(turn, own, book) : undefined,
    coming: coming && word('coming', { from: coming.effectiveFrom }),
    today,
  };
  const next = coming ? 'go.price.change' : 'go.notice.subscribe';
  say('table', facts, [own ? 'go.usage.query' : 'go.advice.energy', next]);
}

/** What the basic charge comes to for a capacity that was told. */
function basicSum({ slots, word }: Query, { basic }: PriceBook): string | undefined {
  const kva = slots.capacity?.unit === 'kVA' ? slots.capacity.value : undefined;
  if (kva === undefined || basic?.capacity === undefined) return undefined;
  return word('basic.sum', { kva, yuan: (kva * Number(basic.capacity)).toFixed(2), capacity: basic.capacity });
}

async function standing(turn: Query, own: Account, book: PriceBook): Promise<string> {
  const at = await turn.attempt(() => tierOf(turn, own, book));
  const reached = at && { used: at.used, tier: at.tier, left: at.left, next: at.tier + 1, to: showDay(at.to) };
  const pricing = turn.word(`own.${own.pricing}`);
  const key = !at ? 'own.none' : at.left === undefined ? 'own' : 'own.left';
  return turn.word(key, { account: maskDigits(own.number), pricing, ...reached });
}

/** The version that is announced, and that it is not in force. */
function future({ say, word, now }: Query, { book, prices, own }: Priced): void {
  const coming = comingAfter(prices.books, book, localDay(now));
  const shown = coming ?? book;
  const rows = priceRows(shown, pricesOf(shown, (coming?.effectiveFrom ?? localDay(now)).slice(0, 7), own), word);
  const facts = { ...priceSource(shown), rows: rows.join('\n'), today: localDay(now) };
  say(coming ? 'future' : 'future.none', facts, ['go.price.change', 'go.notice.subscribe']);
}

/** Peak or valley by the clock; all one for an account without time of use. */
function present({ say, word, now }: Query, { book, table: shown, own }: Priced): void {
  const at = periodAt(shown, now);
  const [first] = shown.tiers;
  const facts = {
    clock: localClock(now),
    period: word(`period.${at?.period ?? 'flat'}`),
    until: at?.to,
    tier: shown.tiers.length > 1 ? word('first') : undefined,
    price: at && first?.timeOfUse?.[at.period],
    hours: showHours(shown, word),
    flat: own?.pricing === 'flat' ? word('now.flat', { account: maskDigits(own.number) }) : undefined,
  };
  say('now', { ...priceSource(book), ...facts }, ['go.advice.energy', 'go.service.tou']);
}

/** The one period that is asked for. */
const periodIn = ({ slots }: Query) =>
  (slots.period?.includes('both') ? undefined : slots.period)?.find((each) => each !== 'both');

/** What one period costs, and when it is; where these customers have none, who has and in which months. */
function period({ say, word }: Query, { book, own, prices, table: shown }: Priced, asked: 'sharp' | 'peak' | 'valley') {
  const named = word(`period.${asked}`);
  const row = periodRow(shown, asked, word);
  const tier = shown.tiers.length > 1 ? word('first') : undefined;
  if (row) {
    const flat = { price: shown.tiers[0]?.flat, tier };
    const facts = { ...priceSource(book), ...flat, period: named, row, hours: hoursOf(shown, asked) };
    return say('period', facts, [own ? 'go.usage.query' : 'go.advice.energy', 'go.service.tou']);
  }
  const elsewhere = prices.books.find(
    (each) =>
      each.region === book.region && (each.kind === 'commercial' || each.id === book.id) && monthsWith(each, asked)[0],
  );
  const months = elsewhere && monthsWith(elsewhere, asked);
  const table = months && pricesOf(elsewhere, `2000-${String(months[0]).padStart(2, '0')}`);
  const where = table && {
    ...{ name: elsewhere.name, months: months.join('、'), period: named },
    ...{ hours: hoursOf(table, asked), row: periodRow(table, asked, word) },
  };
  say('period.none', { ...priceSource(book), period: named, where: where && word('period.where', where) }, [
    'go.price.query',
  ]);
}

function hours(turn: Query, { book, table: shown }: Priced): void {
  const [first] = shown.tiers;
  const periods = showPeriods(first?.timeOfUse, turn.word);
  const tier = shown.tiers.length > 1 ? turn.word('first') : undefined;
  const weekend = turn.slots.about?.includes('weekend') ? turn.word('hours.daily') : undefined;
  const price = { tier, periods, price: first?.flat };
  const facts = { hours: showHours(shown, turn.word), season: seasonOf(turn, book), weekend, ...price };
  const key = shown.hours.length > 0 ? 'hours' : 'hours.none';
  turn.say(key, { ...priceSource(book), ...facts }, ['go.advice.energy', 'go.service.tou']);
}

async function cost(turn: Query, priced: Priced, kwh: string): Promise<void> {
  const { slots, say, word } = turn;
  const { book, own } = priced;
  const { lines, total, at, valley } = await quote(turn, priced, kwh);
  const from = at && { used: at.used, to: showDay(at.to), account: maskDigits(own?.number) };
  const basis = word(at ? 'cost.own' : book.basis === 'none' ? 'cost.energy' : 'cost.fresh', from);
  const sum = showSum(lines.filter(({ amount }) => order(amount, '0') !== 0));
  const mix = valley && word('cost.split', { valley });
  const used = slots.appliance && word('cost.appliance', { ...slots.appliance });
  say('cost', { ...priceSource(book), kwh, sum, total, basis, mix, used }, ['go.usage.query', 'go.advice.energy']);
}
