import {
  account,
  asOfTime,
  type BilledMonth,
  bars,
  billedOfEach,
  choice,
  conversation,
  costSoFar,
  dayAfter,
  explanationOf,
  gapsIn,
  localDay,
  localMonth,
  localTime,
  maskDigits,
  month,
  monthAfter,
  order,
  paidWords,
  paymentRows,
  ratio,
  showDay,
  showMonth,
  sign,
  standingOf,
  standingOfEach,
  sum,
  type Turn,
  usedOn,
} from '#conversation';

/** 电费查询: a bill, several, how they are made up, what is owed or left, payments. Every amount as the utility has it, with its time. */
const slots = {
  account: account(),
  month: month(),
  about: choice(['lasts', 'most', 'open', 'payment', 'formula', 'money'], { asking: 'never' }),
  shift: choice(['year_ago'], { asking: 'never' }),
  every: sign(['every']),
};

const says = [
  'latest',
  'money',
  'none',
  'month',
  'months',
  'unbilled',
  'earlier',
  'open',
  'unknown',
  'estimated',
  'bill.lines',
  'bill.lines.none',
  'payments',
  'payments.none',
  'most',
  'lasts',
  'each',
  'each.due',
] as const;
type Query = Turn<typeof slots, (typeof says)[number]>;
interface Period {
  from: string;
  to: string;
}

/** How far back the utility keeps bills. */
const kept = 24;
const doubts = ['choice.formula', 'go.usage.query', 'go.bill.dispute'];
const pays = ['go.bill.pay', 'choice.formula', 'go.bill.dispute'];

export default conversation({
  slots,
  says,
  needs: (turn) => (ofAll(turn) ? [] : ['account']),
  async finish(turn) {
    const { slots } = turn;
    if (slots.shift && slots.month) slots.month = yearAgo(monthMeant(turn, slots.month));
    slots.shift = undefined;
    if (ofAll(turn)) return each(turn);
    if (slots.about === 'payment') return payments(turn);
    if (slots.about === 'most') return most(turn);
    if (slots.about === 'open') slots.month ??= { from: localMonth(turn.now), to: localMonth(turn.now) };
    const { month: asked } = slots;
    // «近半年的电费明细» is a list of months, not the lines of one.
    if (slots.about === 'formula' && asked?.from === asked?.to) return formula(turn, asked);
    return slots.month ? period(turn, slots.month) : now(turn);
  },
});

/** The dearest month and the cheapest, of those asked for or of the last twelve. */
async function most(turn: Query): Promise<void> {
  const { slots, now, word, say } = turn;
  const asked = slots.month?.from === slots.month?.to ? undefined : slots.month;
  slots.about = undefined;
  slots.month = undefined;
  const { months, asOf } = await billsIn(turn, asked ?? { from: localMonth(now, -12), to: localMonth(now) });
  const [least, ...others] = [...months].sort((one, other) => order(one.amount, other.amount));
  const [first, last, top] = [months[0], months.at(-1), others.at(-1) ?? least];
  if (!least || !first || !last || !top) return unbilled(turn, latestIn(turn));
  const [dear, cheap] = [top, least].map(({ month: of, amount, kwh }) =>
    word('bill.row', { month: showMonth(of, now), amount, kwh }),
  );
  const facts = { from: showMonth(first.month, now), to: showMonth(last.month, now), dear, cheap };
  say('most', { ...facts, account: maskDigits(slots.account), asOf: localTime(asOf) }, [
    'go.bill.dispute',
    'go.usage.query',
  ]);
}

/** Of all accounts that are proved, where there are several. */
const ofAll = ({ slots, bound }: Query) => slots.every !== undefined && bound.length > 1;

async function each(turn: Query): Promise<void> {
  const { slots, say } = turn;
  slots.every = undefined;
  const owing = slots.about === 'money';
  const last = localMonth(turn.now, -1);
  if (!owing)
    say('each', await billedOfEach(turn, slots.month ?? { from: last, to: last }), ['go.bill.pay', 'go.usage.query']);
  if (owing || !slots.month) say('each.due', await standingOfEach(turn), ['go.bill.pay', 'go.usage.query']);
}

/** «去年这个月» is read as all of last year first: the month meant is the present one. */
const monthMeant = ({ filled, now }: Query, { from, to }: Period): Period =>
  filled.includes('month') && from !== to ? { from: localMonth(now), to: localMonth(now) } : { from, to };

const yearAgo = ({ from, to }: Period): Period => ({ from: monthAfter(from, -12), to: monthAfter(to, -12) });
const known = ({ slots }: Query) => slots.account as string;
const latestIn = ({ now }: Query): Period => ({ from: localMonth(now, -3), to: localMonth(now) });
const billsIn = ({ backend, ...turn }: Query, { from, to }: Period) =>
  backend.bills.months(known({ backend, ...turn }), from, to);

/** How the account stands and its latest bill; asked for the money, that first. */
async function now(turn: Query): Promise<void> {
  const { slots, backend, word, say } = turn;
  const [balance, { months }] = await Promise.all([backend.bills.balance(known(turn)), billsIn(turn, latestIn(turn))]);
  const latest = months.at(-1);
  const facts = {
    account: maskDigits(slots.account),
    paying: word(`paying.${balance.paying}`),
    standing: standingOf(balance, turn),
    asOf: asOfTime(balance),
  };
  if (!latest) return say('none', facts);
  const owing = balance.unpaid.length > 0 || balance.left?.startsWith('-');
  const off = balance.toReconnect !== undefined ? ['go.supply.reconnect', 'go.bill.pay'] : undefined;
  const lasts = slots.about === 'lasts' ? lastsFor(turn, balance.left, latest) : undefined;
  const key = slots.about === 'money' || slots.about === 'lasts' ? 'money' : 'latest';
  slots.month = key === 'latest' ? { from: latest.month, to: latest.month } : undefined;
  const unpaid = balance.unpaid.length > 0 && !latest.paid && { paid: word('paid.no') };
  say(key, { ...facts, ...billFacts(turn, latest, balance.paying), ...unpaid, lasts }, off ?? (owing ? pays : doubts));
}

/** How long what is left lasts at the pace of the latest bill. */
function lastsFor({ word }: Query, left: string | undefined, { amount, days }: BilledMonth): string | undefined {
  const daily = ratio(amount, String(days), 2);
  if (left === undefined || left.startsWith('-') || daily === undefined || Number(daily) === 0) return undefined;
  return word('lasts', { daily, days: Math.floor(Number(left) / Number(daily)) });
}

function billFacts(turn: Query, billed: BilledMonth, paying: 'prepaid' | 'postpaid') {
  const { amount, kwh, peak, valley, days, quality } = billed;
  const shown = { month: showMonth(billed.month, turn.now), from: showDay(billed.from), to: showDay(billed.to) };
  const note = quality === 'estimated' ? turn.word('estimated') : undefined;
  const paid = paidWords(billed, paying, turn);
  return { ...shown, amount, kwh, peak, valley, days, note, paid };
}

/** One month or several, as billed; one that is not billed yet is told as such. */
async function period(turn: Query, asked: Period): Promise<void> {
  const { slots, backend, say } = turn;
  const { months, asOf } = await billsIn(turn, asked);
  const [only] = months;
  const facts = { account: maskDigits(slots.account), asOf: localTime(asOf) };
  if (only && asked.from === asked.to) {
    const { paying } = await backend.bills.balance(known(turn));
    return say('month', { ...facts, ...billFacts(turn, only, paying) }, only.paid ? doubts : pays);
  }
  if (only) return several(turn, asked, months, facts);
  return unbilled(turn, asked);
}

function several(turn: Query, { from, to }: Period, months: BilledMonth[], facts: object): void {
  const { now, word, say } = turn;
  const rows = months.map((each) =>
    word('bill.row', { amount: each.amount, kwh: each.kwh, month: showMonth(each.month, now) }),
  );
  const last = months.at(-1)?.month ?? to;
  const title = `${showMonth(months[0]?.month ?? to, now)}–${showMonth(last, now)}`;
  const values = months.map(({ month, amount }) => ({ label: showMonth(month, now), value: Number(amount) }));
  const totals = {
    rows: lined(rows),
    bars: bars(values.map(({ value }) => value)),
    total: sum(months.map(({ amount }) => amount)),
    kwh: sum(months.map(({ kwh }) => kwh)),
    count: months.length,
    earlier:
      (months[0]?.month ?? from) > from
        ? word('earlier', { oldest: showMonth(localMonth(now, -kept), now) })
        : undefined,
    unbilled: last < to ? word('unbilled', { month: showMonth(to, now) }) : undefined,
  };
  say('months', { ...facts, ...totals }, ['go.usage.query', 'go.bill.invoice', 'go.bill.dispute'], {
    title,
    unit: word('unit.yuan'),
    bars: values,
  });
}

/** A month a line; where there are many, three. */
const lined = (rows: readonly string[]): string =>
  rows.length <= 3
    ? rows.join('\n')
    : Array.from({ length: Math.ceil(rows.length / 3) }, (_, at) => rows.slice(at * 3, at * 3 + 3).join('；')).join(
        '\n',
      );

/** No bill of it: not made yet, with what was used so far and the latest bill, or not known. */
async function unbilled(turn: Query, asked: Period): Promise<void> {
  const { slots, backend, now, word, say } = turn;
  const { months } = await billsIn(turn, latestIn(turn));
  const latest = months.at(-1);
  const today = localDay(now);
  if (!latest || asked.to <= latest.month) {
    const oldest = showMonth(localMonth(now, -kept), now);
    return say('unknown', { month: showMonth(asked.from, now), oldest, account: maskDigits(slots.account) });
  }
  const daily = await backend.bills.daily(known(turn), dayAfter(latest.to, 1), today);
  const used = usedOn(daily);
  const { paying } = await backend.bills.balance(known(turn));
  const soFar = { first: used.first && showDay(used.first), last: used.last && showDay(used.last), used: used.kwh };
  const found = await turn.attempt(() => backend.accounts.find(known(turn)));
  const cost = found && (await turn.attempt(() => costSoFar(turn, found, used)));
  const facts = { open: showMonth(asked.to, now), ...soFar, cost, gaps: gapsIn(used, word), asOf: asOfTime(daily) };
  say('open', { ...billFacts(turn, latest, paying), ...facts }, latest.paid ? doubts : pays);
}

/** The lines of one bill, tier by tier and period by period. */
async function formula(turn: Query, asked: Period | undefined): Promise<void> {
  const { months } = await billsIn(turn, asked ?? latestIn(turn));
  const billed = months.at(-1);
  const found = await turn.backend.accounts.find(known(turn));
  if (!billed || !found) return unbilled(turn, asked ?? latestIn(turn));
  const facts = await explanationOf(turn, found, billed);
  if ('rows' in facts) turn.say('bill.lines', facts, ['go.price.query', 'go.bill.dispute']);
  else turn.say('bill.lines.none', facts, ['go.bill.dispute', 'button.person']);
}

/** The latest payments, newest first; those of a month that is named. */
async function payments({ slots, filled, backend, word, say }: Query): Promise<void> {
  const found = await backend.bills.payments(slots.account as string);
  const { from = '', to = '9' } = (filled.includes('month') && slots.month) || {};
  const monthOf = (at: string) => localDay(new Date(at)).slice(0, 7);
  const told = found.payments.filter(({ at }) => monthOf(at) >= from && monthOf(at) <= to).slice(0, 3);
  const facts = { account: maskDigits(slots.account), asOf: localTime(found.asOf) };
  const key = told.length > 0 ? 'payments' : 'payments.none';
  say(key, { ...facts, rows: paymentRows(told, word).join('\n') }, ['go.bill.payment_issue', 'go.bill.invoice']);
}
