import {
  type Account,
  account,
  asIfSplit,
  breakEven,
  compare,
  conversation,
  difference,
  energy,
  type LastYear,
  lastYear,
  leastLoad,
  localDay,
  localMonth,
  maskDigits,
  order,
  type PriceBook,
  type Priced,
  pricedFor,
  priceSource,
  ratio,
  share,
  showDay,
  showHours,
  showMonth,
  showPeriods,
  sign,
  signs,
  sum,
  type Turn,
  tierOf,
  type Usage,
} from '#conversation';

/** 节能建议: whether time of use pays, when the next tier begins, what runs at night, how to save; with arithmetic, no promise. */
const slots = {
  account: account({ asking: 'on_demand' }),
  about: signs(['move', 'plugged', 'time_of_use', 'tier', 'night', 'ev', 'shop', 'tips']),
  /** Told by the customer: so many kWh a month (or a year), and so much of them in the valley. */
  kwh: energy(),
  yearly: sign(['yearly']),
  valley: share(),
};

const says = [
  'tou.measured',
  'tou.cases',
  'tou.case',
  'tou.general',
  'tou.none',
  'tou.told',
  'saves',
  'costs',
  'same',
  'tier.next',
  'tier.later',
  'tier.top',
  'night',
  'night.day',
  'ev',
  'tips',
  'move',
  'move.flat',
  'plugged',
  'shop',
  'bind',
] as const;
type Advice = Turn<typeof slots, (typeof says)[number]>;
type Topic = NonNullable<Advice['slots']['about']>[number];

/** Topics that need the customer's own data. */
const personal: readonly Topic[] = ['time_of_use', 'tier', 'night'];
/** And those that tell prices. */
const pricedToo: readonly Topic[] = [...personal, 'move'];

export default conversation({
  slots,
  says,
  before({ slots, bound }) {
    const needs = (slots.about ?? personal).some((each) => personal.includes(each));
    return needs && bound.length > 1 && !slots.account ? { ask: 'account' } : undefined;
  },
  async finish(turn) {
    const { slots, backend, say } = turn;
    const { account: number } = slots;
    const own = number ? await turn.attempt(() => backend.accounts.find(number)) : undefined;
    const wanted = wantedOf(turn, own);
    const computes = wanted.some((topic) => pricedToo.includes(topic));
    const priced = computes ? await pricedFor(turn, { account: number }) : undefined;
    for (const topic of wanted) await advise(turn, topic, own, priced);
    if (!own && slots.about?.some((each) => personal.includes(each)))
      say('bind', {}, ['go.account.bind', 'go.price.query']);
  },
});

/** Advice for everyone is followed by what is the customer's own. */
function wantedOf({ slots }: Advice, own: Account | undefined): readonly Topic[] {
  if (own?.kind === 'commercial' && (!slots.about || slots.about.includes('tips'))) return ['shop', 'time_of_use'];
  // «把洗衣机放夜里呢» wants no tips beside the sum.
  const alone = slots.about?.find((each) => each === 'move' || each === 'plugged');
  if (alone) return [alone];
  const about: readonly Topic[] = slots.about ?? (own ? ['time_of_use'] : ['tips']);
  return own && (!slots.about || slots.about.includes('tips')) ? [...new Set<Topic>([...about, 'tier'])] : about;
}

async function advise(turn: Advice, topic: Topic, own: Account | undefined, priced: Priced | undefined): Promise<void> {
  const { say } = turn;
  if (topic === 'move' && priced) await move(turn, priced);
  else if (topic === 'time_of_use' && priced) await timeOfUse(turn, priced);
  else if (topic === 'tier' && own && priced) await tier(turn, own, priced.book);
  else if (topic === 'night' && own && priced) await night(turn, own, priced);
  else if (topic === 'ev') await ev(turn);
  else if (topic === 'shop') say('shop', {}, ['go.price.query', 'go.grid.manager']);
  else if (topic === 'plugged') say('plugged', {}, ['go.usage.query']);
  else if (topic === 'tips') say('tips', {}, ['go.usage.query', 'go.price.query']);
}

const percentOf = (share: string | undefined) => share && String(Math.round(Number(share) * 1000) / 10);
const bare = (book: PriceBook): PriceBook => ({ ...book, basic: undefined, powerFactor: undefined });

/** The last twelve months with and without time of use; without a meter that tells periods, for several shares of the night. */
async function timeOfUse(turn: Advice, { own, book, table }: Priced): Promise<void> {
  const { say, word, now } = turn;
  const [first] = table.tiers;
  const year = own && (await turn.attempt(() => lastYear(turn, own)));
  const share = percentOf(breakEven(book, localDay(now)));
  const known = { ...priceSource(book), hours: showHours(table, word), even: share };
  if (!first?.flat || !first.timeOfUse) return say('tou.none', known);
  const prices = { flat: first.flat, periods: showPeriods(first.timeOfUse, word) };
  const told = toldYear(turn, year?.usages);
  if (told) return asTold(turn, told, { ...known, ...prices }, book);
  if (!year || !own) return say('tou.general', { ...known, ...prices }, ['go.service.tou']);
  const window = { account: maskDigits(own.number), from: showMonth(year.from, now), to: showMonth(year.to, now) };
  const facts = { ...known, ...window, kwh: year.kwh, valley: year.valley };
  if (year.valley) {
    const made = compare(year.usages, bare(book));
    return say('tou.measured', { ...facts, ...made, verdict: verdictOf(made.saves, word) }, ['go.service.tou']);
  }
  return sayCases(turn, own, { book, table }, year, ['5', '20', '40']);
}

/** The year as it would be with so many per cent of it in the valley. */
function sayCases(
  { say, word, now }: Advice,
  own: Account,
  { book, table }: Pick<Priced, 'book' | 'table'>,
  { from, to, kwh, usages }: LastYear,
  shares: readonly string[],
): void {
  const cases = shares.map((valley) => ({ valley, ...compare(asIfSplit(usages, valley), bare(book)) }));
  const rows = cases.map(({ valley, timeOfUse: yuan, saves }) =>
    word('tou.case', { valley, yuan, verdict: verdictOf(saves, word) }),
  );
  const window = { account: maskDigits(own.number), from: showMonth(from, now), to: showMonth(to, now), kwh };
  const known = {
    ...priceSource(book),
    hours: showHours(table, word),
    even: percentOf(breakEven(book, localDay(now))),
  };
  say('tou.cases', { ...known, ...window, flat: cases[0]?.flat, rows: rows.join('\n') }, [
    'go.service.tou',
    'go.usage.query',
  ]);
}

/** What kWh cost less in the valley; and where no time of use is on, what a year would be with more and more of them there. */
async function move(turn: Advice, { own, book, table }: Priced): Promise<void> {
  const { slots, say, word } = turn;
  const [first] = table.tiers;
  const { peak, valley } = first?.timeOfUse ?? {};
  if (!peak || !valley) return say('tou.none', priceSource(book));
  const kwh = slots.kwh ?? 1;
  const less = ((Number(peak) - Number(valley)) * kwh).toFixed(2);
  const flat = own?.pricing === 'flat' ? word('move.flat', { flat: first?.flat }) : undefined;
  say('move', { ...priceSource(book), kwh, less, peak, valley, flat, hours: showHours(table, word) }, [
    'go.service.tou',
  ]);
  const year = flat && slots.kwh === undefined && own ? await turn.attempt(() => lastYear(turn, own)) : undefined;
  if (year && own) sayCases(turn, own, { book, table }, year, ['20', '30', '40']);
}

/** A year as the customer told it, or their own; undefined where no share of the valley was told. */
function toldYear({ slots, now }: Advice, own: readonly Usage[] | undefined): Usage[] | undefined {
  const { kwh, yearly, valley } = slots;
  if (valley === undefined || valley > 100 || (kwh === undefined && !own)) return undefined;
  const month = String(Math.round((kwh ?? 0) / (yearly ? 12 : 1)));
  const first = `${localMonth(now).slice(0, 4)}-`;
  const even = (_: unknown, at: number): Usage => ({
    month: first + String(at + 1).padStart(2, '0'),
    pricing: 'flat',
    kwh: { flat: month },
    before: '0',
    lowIncome: false,
  });
  const flat = (own ?? []).map(
    (usage): Usage => ({ ...usage, pricing: 'flat', kwh: { flat: sum(Object.values(usage.kwh)) } }),
  );
  return asIfSplit(kwh === undefined ? flat : Array.from({ length: 12 }, even), String(valley));
}

/** What a year of that use costs with and without time of use. */
function asTold({ slots, say, word }: Advice, usages: Usage[], known: object, book: PriceBook): void {
  const made = compare(usages, bare(book));
  const kwh = sum(usages.flatMap((usage) => Object.values(usage.kwh)));
  const apart = made.saves.startsWith('-') ? made.saves.slice(1) : made.saves;
  const facts = { ...known, ...made, kwh: String(Math.round(Number(kwh))), valley: slots.valley };
  const verdict = verdictOf(made.saves, word);
  say('tou.told', { ...facts, verdict, monthly: ratio(apart, String(usages.length), 2) }, ['go.service.tou']);
}

function verdictOf(saves: string, word: Advice['word']): string {
  const sign = order(saves, '0');
  return word(sign > 0 ? 'saves' : sign < 0 ? 'costs' : 'same', { yuan: sign < 0 ? difference('0', saves) : saves });
}

async function tier(turn: Advice, own: Account, book: PriceBook): Promise<void> {
  const found = await turn.attempt(() => tierOf(turn, own, book));
  if (!found) return;
  const { next, ...at } = found;
  const days = next && Math.round((Date.parse(next.day) - Date.parse(localDay(turn.now))) / 86_400_000);
  const facts = { ...at, account: maskDigits(own.number), to: showDay(at.to), since: showDay(at.since) };
  const told = { ...facts, next: at.tier + 1, day: next && showDay(next.day), days };
  turn.say(next ? 'tier.next' : at.left === undefined ? 'tier.top' : 'tier.later', told, ['go.usage.query']);
}

/** What runs all night, as watts. */
async function night(turn: Advice, own: Account, { table }: Priced): Promise<void> {
  const least = await leastLoad(turn, own, table);
  if (!least) return;
  const key = least.hours === undefined ? 'night.day' : 'night';
  turn.say(key, { ...least, account: maskDigits(own.number) }, ['go.usage.query', 'button.report']);
}

/** A car charged at night, on the home's meter or on one of its own. */
async function ev(turn: Advice): Promise<void> {
  const { slots, word, say } = turn;
  const [home, pile] = [
    await pricedFor(turn, { account: slots.account, kind: 'residential' }),
    await pricedFor(turn, { kind: 'ev_home' }),
  ];
  const prices = home?.table.tiers[0];
  const { peak, valley } = prices?.timeOfUse ?? {};
  const less = peak && valley ? ((Number(peak) - Number(valley)) * 30).toFixed(2) : undefined;
  const own = pile?.table.tiers[0];
  const facts = { hours: home && showHours(home.table, word), flat: prices?.flat, peak, valley, less };
  say(
    'ev',
    { ...facts, document: home?.book.document, pile: own?.flat, pileTimes: showPeriods(own?.timeOfUse, word) },
    ['go.service.tou', 'go.service.ev_charger'],
  );
}
