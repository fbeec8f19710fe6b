import {
  type Account,
  account,
  asIfSplit,
  breakEven,
  compare,
  conversation,
  difference,
  lastYear,
  leastLoad,
  localDay,
  maskDigits,
  order,
  type PriceBook,
  type Priced,
  pricedFor,
  priceSource,
  showDay,
  showHours,
  showMonth,
  showPeriods,
  signs,
  type Turn,
  tierOf,
} from '#conversation';

/** 节能建议: whether time of use pays, when the next tier begins, what runs at night, how to save; with arithmetic, no promise. */
const slots = {
  account: account({ asking: 'on_demand' }),
  about: signs(['time_of_use', 'tier', 'night', 'ev', 'shop', 'tips']),
};

const says = [
  'tou.measured',
  'tou.cases',
  'tou.case',
  'tou.general',
  'tou.none',
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
  'shop',
  'bind',
] as const;
type Advice = Turn<typeof slots, (typeof says)[number]>;
type Topic = NonNullable<Advice['slots']['about']>[number];

/** Topics that need the customer's own data. */
const personal: readonly Topic[] = ['time_of_use', 'tier', 'night'];

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
    const computes = wanted.some((topic) => personal.includes(topic));
    const priced = computes ? await pricedFor(turn, { account: number }) : undefined;
    for (const topic of wanted) await advise(turn, topic, own, priced);
    if (!own && slots.about?.some((each) => personal.includes(each)))
      say('bind', {}, ['go.account.bind', 'go.price.query']);
  },
});

/** Advice for everyone is followed by what is the customer's own. */
function wantedOf({ slots }: Advice, own: Account | undefined): readonly Topic[] {
  if (own?.kind === 'commercial' && (!slots.about || slots.about.includes('tips'))) return ['shop', 'time_of_use'];
  const about: readonly Topic[] = slots.about ?? (own ? ['time_of_use'] : ['tips']);
  return own && (!slots.about || slots.about.includes('tips')) ? [...new Set<Topic>([...about, 'tier'])] : about;
}

async function advise(turn: Advice, topic: Topic, own: Account | undefined, priced: Priced | undefined): Promise<void> {
  const { say } = turn;
  if (topic === 'time_of_use' && priced) await timeOfUse(turn, priced);
  else if (topic === 'tier' && own && priced) await tier(turn, own, priced.book);
  else if (topic === 'night' && own && priced) await night(turn, own, priced);
  else if (topic === 'ev') await ev(turn);
  else if (topic === 'shop') say('shop', {}, ['go.price.query', 'go.grid.manager']);
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
  if (!year || !own) return say('tou.general', { ...known, ...prices }, ['go.service.tou']);
  const window = { account: maskDigits(own.number), from: showMonth(year.from, now), to: showMonth(year.to, now) };
  const facts = { ...known, ...window, kwh: year.kwh, valley: year.valley };
  if (year.valley) {
    const made = compare(year.usages, bare(book));
    return say('tou.measured', { ...facts, ...made, verdict: verdictOf(made.saves, word) }, ['go.service.tou']);
  }
  const cases = ['5', '20', '40'].map((valley) => ({ valley, ...compare(asIfSplit(year.usages, valley), bare(book)) }));
  const rows = cases.map(({ valley, timeOfUse: yuan, saves }) =>
    word('tou.case', { valley, yuan, verdict: verdictOf(saves, word) }),
  );
  say('tou.cases', { ...facts, flat: cases[0]?.flat, rows: rows.join('\n') }, ['go.service.tou', 'go.usage.query']);
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
