import {
  account,
  asOfTime,
  bars,
  beside,
  billedOfEach,
  bookOf,
  choice,
  conversation,
  type DailyUse,
  dayAfter,
  days,
  gapsIn,
  localDay,
  localMonth,
  localTime,
  maskDigits,
  month,
  monthAfter,
  type Period,
  shift,
  shifted,
  showDay,
  showMonth,
  sign,
  sum,
  type Turn,
  tierOf,
  usedOn,
  versus,
} from '#conversation';

/** 用电量查询: kWh of days and months, peak and valley, the reading, the tier. What was not read is said, never filled in. */
const slots = {
  account: account(),
  month: month(),
  days: days(),
  about: choice(['tier', 'reading', 'daily'], { asking: 'never' }),
  every: sign(['every']),
  shift: shift(),
  beside: beside(),
  /** Peak and valley by themselves. */
  parts: sign(['parts']),
};

const says = [
  'days',
  'day',
  'unread',
  'today',
  'nothing',
  'month',
  'months',
  'row',
  'row.parts',
  'row.day',
  'row.missing',
  'missing',
  'unbilled',
  'reading',
  'tier',
  'tier.top',
  'tier.none',
  'tier.forecast',
  'kwh',
  'versus',
  'each',
] as const;
type Use = Turn<typeof slots, (typeof says)[number]>;
const more = ['choice.daily', 'choice.tier', 'go.bill.query'];
const numberOf = ({ slots }: Use) => slots.account as string;
const masked = ({ slots }: Use) => maskDigits(slots.account);
const thisMonth = ({ now }: Use): Period => ({ from: localMonth(now), to: localMonth(now) });

export default conversation({
  slots,
  says,
  needs: (turn) => (ofAll(turn) ? [] : ['account']),
  async finish(turn) {
    const { slots, filled } = turn;
    if (ofAll(turn)) return each(turn);
    if (await isBeside(turn)) return;
    const named = daysMeant(turn);
    if (named) return daysOf(turn, named);
    // «9月的呢» after the tier asks for September, not for the tier.
    if (filled.includes('month') && !filled.includes('about')) slots.about = undefined;
    if (slots.about === 'tier') return tier(turn);
    if (slots.about === 'reading') return reading(turn);
    const asked = slots.month ?? (slots.about === 'daily' ? thisMonth(turn) : undefined);
    if (asked && asked.from === asked.to && (slots.about === 'daily' || asked.to === localMonth(turn.now)))
      return daysOf(turn, wholeMonth(asked.to));
    return months(turn, asked ?? { from: localMonth(turn.now, -2), to: localMonth(turn.now) });
  },
});

/** The days that are named, or held and looked at once more; a month named since takes their place. */
function daysMeant({ slots, filled, memo, now }: Use): Period | undefined {
  const named = filled.includes('days');
  if (!named && (filled.includes('month') || slots.shift)) slots.days = undefined;
  slots.month = shifted(slots.shift, slots.month, now);
  slots.shift = undefined;
  return named || (slots.parts && memo.again) ? slots.days : undefined;
}

/** «跟去年六月比呢»: whether that was answered. */
async function isBeside(turn: Use): Promise<boolean> {
  const { slots, say } = turn;
  const asked = slots.beside;
  slots.beside = undefined;
  const facts = asked && (await versus(turn, numberOf(turn), asked, slots.month));
  if (facts) say('versus', { ...facts, account: masked(turn) }, more);
  return facts !== undefined;
}

/** Of all accounts that are proved, where there are several. */
const ofAll = ({ slots, bound }: Use) => slots.every !== undefined && bound.length > 1;

async function each(turn: Use): Promise<void> {
  const { slots, now, say } = turn;
  slots.every = undefined;
  const last = localMonth(now, -1);
  say('each', await billedOfEach(turn, slots.month ?? { from: last, to: last }), ['go.bill.query']);
}

const wholeMonth = (of: string): Period => ({ from: `${of}-01`, to: dayAfter(`${monthAfter(of, 1)}-01`, -1) });

/** Days as read: one with its parts, several as bars; today and what has not come in yet is told as such. */
async function daysOf(turn: Use, { from, to }: Period): Promise<void> {
  const { backend, now, word, say } = turn;
  const found = await backend.bills.daily(numberOf(turn), from, to);
  const used = usedOn(found);
  const facts = { account: masked(turn), asOf: asOfTime(found), ...used, first: undefined, last: undefined };
  const told = { ...facts, gaps: gapsIn(used, word), missing: undefined, estimated: undefined, doubtful: undefined };
  const last = used.last ?? '';
  if (used.kwh === undefined && found.days.length === 0) return unread(turn, from);
  const pending =
    last < to && last < localDay(now)
      ? word(to >= localDay(now) ? 'today' : 'unread', { day: showDay(dayAfter(last, 1)) })
      : undefined;
  const range = { from: showDay(found.days[0]?.day ?? from), to: showDay(last) };
  if (used.kwh === undefined)
    return say(
      'missing',
      { ...told, span: [...new Set([range.from, range.to])].join('–'), count: used.missing.length, pending },
      more,
    );
  if (found.days.length === 1) return say('day', { ...told, day: range.from, pending }, more);
  const each = found.days.length <= few ? { rows: rowsOf(turn, found.days) } : { bars: line(found.days) };
  say('days', { ...told, ...range, ...each, count: used.days, pending }, more, chartOf(turn, found.days, range));
}

/** So many days are told one by one. */
const few = 7;
const line = (read: readonly DailyUse[]) => bars(read.map(({ kwh }) => (kwh === undefined ? undefined : Number(kwh))));
const rowsOf = ({ word }: Use, read: readonly DailyUse[]): string =>
  read
    .map(({ day, kwh }) => word(kwh === undefined ? 'row.missing' : 'row.day', { day: showDay(day), kwh }))
    .join('，');

const chartOf = ({ word }: Use, read: readonly DailyUse[], { from, to }: Period) => ({
  title: `${from}–${to}`,
  unit: word('kwh'),
  bars: read.map(({ day, kwh }) => ({ label: day.slice(5), value: kwh === undefined ? undefined : Number(kwh) })),
});

/** Nothing of that day: it is not over, not read yet, or longer ago than readings are kept. */
async function unread(turn: Use, from: string): Promise<void> {
  const { backend, now, say } = turn;
  const today = localDay(now);
  const lately = await backend.bills.daily(numberOf(turn), dayAfter(today, -7), today);
  const used = usedOn(lately);
  const latest = lately.days.findLast(({ kwh }) => kwh !== undefined);
  if (from <= (used.last ?? '')) return say('nothing', { day: showDay(from), account: masked(turn) }, more);
  const facts = { day: showDay(from), latest: latest && showDay(latest.day), kwh: latest?.kwh, asOf: asOfTime(lately) };
  say(from >= today ? 'today' : 'unread', facts, more);
}

/** Months as billed, and what of the present one is known. */
async function months(turn: Use, asked: Period): Promise<void> {
  const { backend, now, word, say } = turn;
  const found = await backend.bills.months(numberOf(turn), asked.from, asked.to);
  const [only] = found.months;
  const facts = { account: masked(turn), asOf: localTime(found.asOf) };
  if (!only) return say('nothing', { ...facts, day: showMonth(asked.from, now) }, more);
  if (asked.from === asked.to) {
    const range = { from: showDay(only.from), to: showDay(only.to), ...only.readings };
    return say('month', { ...facts, ...range, month: showMonth(only.month, now), ...parts(only) }, more);
  }
  const row = turn.slots.parts ? 'row.parts' : 'row';
  const rows = found.months.map((each) => word(row, { ...parts(each), month: showMonth(each.month, now) }));
  const soFar =
    asked.to > (found.months.at(-1)?.month ?? '') ? await soFarOf(turn, found.months.at(-1)?.to ?? '') : undefined;
  const values = found.months.map(({ month: label, kwh }) => ({ label: showMonth(label, now), value: Number(kwh) }));
  const totals = { kwh: sum(found.months.map(({ kwh }) => kwh)), count: found.months.length, unbilled: soFar };
  const drawn = { rows: rows.join('\n'), bars: bars(values.map(({ value }) => value)) };
  say('months', { ...facts, ...totals, ...drawn }, more, { title: word('kwh'), unit: word('kwh'), bars: values });
}

const parts = ({ kwh, peak, valley }: { kwh: string; peak?: string; valley?: string }) => ({ kwh, peak, valley });

/** What was used since the last bill, as far as it was read. */
async function soFarOf(turn: Use, billedTo: string): Promise<string | undefined> {
  const { backend, now, word } = turn;
  const used = usedOn(await backend.bills.daily(numberOf(turn), dayAfter(billedTo, 1), localDay(now)));
  if (!used.first || !used.last) return undefined;
  const facts = { from: showDay(used.first), to: showDay(used.last), kwh: used.kwh, gaps: gapsIn(used, word) };
  return word('unbilled', facts);
}

/** The reading at the end of the latest bill, with its day; the register of this moment is known to nobody but the meter. */
async function reading(turn: Use): Promise<void> {
  const { slots, backend, now, say } = turn;
  const { from, to } = slots.month ?? { from: localMonth(now, -3), to: localMonth(now) };
  const found = await backend.bills.months(numberOf(turn), from, to);
  const latest = found.months.at(-1);
  if (!latest) return say('nothing', { day: showMonth(to, now), account: masked(turn) }, more);
  const facts = { account: masked(turn), asOf: localTime(found.asOf), day: showDay(latest.to), ...latest.readings };
  say('reading', { ...facts, from: showDay(latest.from), unbilled: await soFarOf(turn, latest.to) }, more);
}

/** How far this tier year or month is used up, and when the next tier begins at the pace of the last weeks. */
async function tier(turn: Use): Promise<void> {
  const { backend, word, say } = turn;
  const [holder, book] = [await backend.accounts.find(numberOf(turn)), await bookOf(turn, numberOf(turn))];
  const found = holder && book && (await tierOf(turn, holder, book));
  if (!found) return say('tier.none', { account: masked(turn), name: book?.name }, ['go.price.query', 'choice.daily']);
  const { next, ...at } = found;
  const forecast = next && word('tier.forecast', { day: showDay(next.day), next: next.tier });
  const facts = {
    ...at,
    account: masked(turn),
    next: at.tier + 1,
    since: showDay(at.since),
    to: showDay(at.to),
    forecast,
  };
  say(at.left === undefined ? 'tier.top' : 'tier', facts, ['go.price.query', 'go.advice.energy']);
}
