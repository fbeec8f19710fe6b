import {
  account,
  asOfTime,
  type BilledMonth,
  bars,
  beside,
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
  type Period,
  paidWords,
  paymentRows,
  ratio,
  shift,
  shifted,
  showDay,
  showMonth,
  sign,
  standingOf,
  standingOfEach,
  sum,
  type Turn,
  usedOn,
  versus,
} from '#conversation';

/** 电费查询: a bill, several, how they are made up, what is owed or left, payments. Every amount as the utility has it, with its time. */
const slots = {
  account: account(),
  month: month(),
  about: choice(['lasts', 'most', 'open', 'payment', 'formula', 'money'], { asking: 'never' }),
  shift: shift(),
  average: sign(['average']),
  beside: beside(),
  every: sign(['every']),
};

const says = [
  'latest',
  'money',
  'none',
  'month',
  'months',
  'average',
  'versus',
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
    slots.month = shifted(slots.shift, slots.month, turn.now);
    slots.shift = undefined;
    if (ofAll(turn)) return each(turn);
    if (slots.about === 'payment') return payments(turn);
    if (await isBeside(turn)) return;
    if (slots.about === 'most') return most(turn);
    if (slots.about === 'open') slots.month ??= { from: localMonth(turn.now), to: localMonth(turn.now) };
    const { month: asked } = slots;
    // «近半年的电费明细» is a list of months, not the lines of one.
    if (slots.about === 'formula' && asked?.from === asked?.to) return formula(turn, asked);
    return slots.month ? period(turn, slots.month) : now(turn);
  },
});

/** «跟去年六月比呢»: whether that was answered. */
async function isBeside(turn: Query): Promise<boolean> {
  const { slots, say } = turn;
  const asked = slots.beside;
  slots.beside = undefined;
  const facts = asked && (await versus(turn, known(turn), asked, slots.month));
  if (facts) say('versus', { ...facts, account: maskDigits(slots.account) }, ['go.usage.query', 'go.bill.dispute']);
  return facts !== undefined;
}

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
async function period(turn: Query, named: Period): Promise<void> {
  const { slots, backend, say } = turn;
  const asked = await lastBilled(turn, named);
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

/** «最近三个月» are the last three that were billed, whether or not the present one is. */
async function lastBilled(turn: Query, { from, to }: Period): Promise<Period> {
  if (from === to || to !== localMonth(turn.now) || !/近|过去|\blast\b/.test(turn.text)) return { from, to };
  const latest = (await billsIn(turn, latestIn(turn))).months.at(-1)?.month;
  const back = latest === undefined ? 0 : monthsBetween(latest, to);
  return { from: monthAfter(from, -back), to: monthAfter(to, -back) };
}

const monthsBetween = (from: string, to: string): number =>
  from < to ? 1 + monthsBetween(monthAfter(from, 1), to) : 0;

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
    average: turn.slots.average && word('average', averagesOf(months)),
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

const averagesOf = (months: readonly BilledMonth[]) => ({
  yuan: ratio(sum(months.map(({ amount }) => amount)), String(months.length), 2),
  kwh: ratio(sum(months.map(({ kwh }) => kwh)), String(months.length), 1),
});

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
  const whose = { account: maskDigits(slots.account), open: showMonth(asked.to, now) };
  const facts = { ...whose, ...soFar, cost, gaps: gapsIn(used, word), asOf: asOfTime(daily) };
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
