import {
  type Account,
  account,
  bookFor,
  choice,
  conversation,
  difference,
  effect,
  homeRegion,
  lastYear,
  localDay,
  maskDigits,
  order,
  type PriceBook,
  type PriceChange,
  type Prices,
  type PriceTable,
  pricesOf,
  ratio,
  regionIn,
  showMonth,
  showPeriods,
  sign,
  type Turn,
} from '#conversation';

/** 电价变动: what is announced and what has changed, by documents only, and what it does to this customer's own bill. */
const slots = {
  account: account({ asking: 'never' }),
  kind: choice(['residential', 'shared', 'ev_home', 'agricultural', 'commercial'], { asking: 'never' }),
  sign: sign(['past']),
  effect: sign(['effect']),
};

const says = [
  'announced',
  'past',
  'none',
  'since',
  'monthly',
  'limit',
  'step',
  'effect',
  'effect.only',
  'effect.bind',
  'more',
  'less',
  'same',
  'stale',
  'go.notice.subscribe',
] as const;
type Changing = Turn<typeof slots, (typeof says)[number]>;

/** Whose prices are asked about. `own`: the customer's account, if it is of that class and region. */
interface Whose {
  region: string;
  kind: Account['kind'];
  own?: Account;
}

export default conversation({
  slots,
  says,
  async finish(turn) {
    const { slots, backend, say, now, text } = turn;
    const prices = await backend.prices.all();
    const found = slots.account ? await backend.accounts.find(slots.account) : undefined;
    const kind = slots.kind ?? found?.kind ?? 'residential';
    const region = regionIn(prices.books, text) ?? found?.region ?? homeRegion(prices.books);
    const own = found?.kind === kind && found.region === region ? found : undefined;
    const touching = prices.changes.filter((each) => each.region === region && each.kinds.includes(kind));
    const ordered = touching.sort((one, other) => one.effectiveFrom.localeCompare(other.effectiveFrom));
    const coming = ordered.find(({ effectiveFrom }) => effectiveFrom > localDay(now));
    const past = ordered.findLast(({ effectiveFrom }) => effectiveFrom <= localDay(now));
    const told = slots.sign === 'past' ? past : coming;
    if (told) await tell(turn, prices, told, { region, kind, own });
    else none(turn, prices, { region, kind, own });
    if (prices.stale && prices.asOf) say('stale', { asOf: localDay(new Date(prices.asOf)) });
  },
});

const buttons = ['go.notice.subscribe', 'go.price.query'];

/** No document, no change: rumours are not repeated, the price in force and its document are told instead. */
function none({ say, word, now, slots }: Changing, { books }: Prices, { region, kind, own }: Whose): void {
  const book = bookFor(books, own ?? { region, kind }, localDay(now));
  const facts = { asOf: localDay(now), region, kind: word(`choice.${kind}`) };
  const since = book && word('since', { name: book.name, from: book.effectiveFrom, document: book.document });
  const monthly = kind === 'commercial' ? word('monthly') : undefined;
  say('none', { ...facts, since, monthly }, slots.sign === 'past' ? ['go.price.query'] : buttons);
}

/** A document: who is affected, from when, which reading, what changes, and what it does to the customer's bill. */
async function tell(turn: Changing, prices: Prices, change: PriceChange, { own }: Whose): Promise<void> {
  const { say, word, now } = turn;
  const [before, after] = [change.oldBook, change.newBook].map((id) => prices.books.find((book) => book.id === id));
  const effect = own && before && after ? await effectOn(turn, own, before, after) : word('effect.bind');
  // Who has just read the notice asks for no more than this.
  if (turn.slots.effect && turn.memo.again)
    return say('effect.only', { effect, from: change.effectiveFrom }, own ? buttons : ['go.account.bind']);
  const steps = before && after && own ? stepsOf(before, after, own, word) : [];
  const facts = {
    ...{ document: change.document, issuedBy: change.issuedBy, announced: change.announcedOn },
    ...{ from: change.effectiveFrom, counts: change.counts, region: change.region, asOf: localDay(now) },
    kinds: change.kinds.map((kind) => word(`choice.${kind}`)).join('、'),
    changes: steps.join('；') || change.summary,
    effect,
  };
  const key = change.effectiveFrom > localDay(now) ? 'announced' : 'past';
  say(key, facts, own ? buttons : ['go.notice.subscribe', 'go.account.bind', 'go.price.query']);
}

/** What changes of what this customer pays: «第1档上限 2760 → 2880 度；第3档 0.838 → 0.858 元». */
function stepsOf(before: PriceBook, after: PriceBook, own: Account, word: Changing['word']): string[] {
  const [was, is] = [before, after].map((book) => pricesOf(book, after.effectiveFrom.slice(0, 7), own).tiers);
  return (is ?? []).flatMap((row, at) => {
    const old = was?.[at];
    const [from, to] = [old, row].map((each) => each && priceIn(each, own, word));
    return [
      ...(old?.upTo !== row.upTo ? [word('limit', { tier: row.tier, from: old?.upTo, to: row.upTo })] : []),
      ...(from !== to ? [word('step', { tier: row.tier, from, to })] : []),
    ];
  });
}

const priceIn = ({ flat, timeOfUse }: PriceTable['tiers'][number], own: Account, word: Changing['word']) =>
  own.pricing === 'flat' ? flat : showPeriods(timeOfUse, word);

/** The last twelve months of this customer, billed by both. */
async function effectOn(turn: Changing, own: Account, before: PriceBook, after: PriceBook) {
  const { word, now } = turn;
  const year = await turn.attempt(() => lastYear(turn, own));
  if (!year) return undefined;
  const made = effect(year.usages, before, after);
  const sign = order(made.difference, '0');
  const yuan = sign < 0 ? difference('0', made.difference) : made.difference;
  const monthly = ratio(yuan, String(year.usages.length), 2);
  const verdict = word(sign === 0 ? 'same' : sign > 0 ? 'more' : 'less', { yuan, monthly });
  const data = { from: showMonth(year.from, now), to: showMonth(year.to, now), kwh: year.kwh };
  return word('effect', { account: maskDigits(own.number), ...data, before: made.before, after: made.after, verdict });
}
