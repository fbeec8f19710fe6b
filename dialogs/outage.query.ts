import {
  address,
  conversation,
  faultKind,
  localTime,
  type Next,
  name,
  pastTime,
  phone,
  placeOf,
  sign,
  type Turn,
} from '#conversation';

/** 停电查询: what is known of outages at a place, and of when; «暂未查询到» is not «没有停电». Told of the return on request. */
const slots = {
  place: address(),
  /** To be told when supply is back, «来电了告诉我». */
  wish: sign(['notify']),
  elsewhere: sign(['elsewhere']),
  /** Another day asked about: all that is announced is told anyway. */
  later: sign(['later']),
  /** When it returns, «几点来电». */
  back: sign(['back']),
  /** For a report that follows. */
  kind: faultKind({ asking: 'never' }),
  phone: phone({ asking: 'never' }),
  startedAt: pastTime(),
  name: name(),
  extent: sign(['area']),
};

const says = [
  'running',
  'announced',
  'restored',
  'cancelled',
  'unknown',
  'unknown.back',
  'reported',
  'subscribed',
  'unproved',
  'cause.unknown',
  'back.unknown',
  'delayed',
  'late',
  'stale',
] as const;
type Query = Turn<typeof slots, (typeof says)[number]>;
type Outages = Awaited<ReturnType<Query['backend']['outages']['at']>>;
type Outage = Outages['outages'][number];

export default conversation({
  slots,
  says,
  async before(turn) {
    const next = (await ownReport(turn)) ?? noStrangersAccount(turn) ?? (await ownPlace(turn));
    if (next) return next;
    if (!turn.slots.wish) return look(turn);
    return remember(turn);
  },
  finish() {},
});

/** A vague place will do if something is known there; with none told, the backend may know one by the customer's words. */
async function look(turn: Query): Promise<Next<'place'>> {
  const { slots, memo, say, backend } = turn;
  const byWords = await knownByWords(turn);
  const place = placeOf(slots.place);
  if (!place && !byWords) return undefined;
  const { asOf, stale, outages } = byWords ?? (await backend.outages.at(place ?? {}));
  const enough = slots.place !== undefined && (memo.more || address().enough?.(slots.place) !== false);
  if (outages.length === 0 && !enough) {
    memo.more = slots.place !== undefined;
    return { ask: 'place' };
  }
  tell(turn, outages, localTime(asOf));
  if (stale) say('stale', { asOf: localTime(asOf) });
  return 'done';
}

/** Where these very words name no place that we know, the backend may know one by them: outages there, if any. */
async function knownByWords({ slots, memo, text, backend }: Query): Promise<Outages | undefined> {
  const { address = '', source } = slots.place ?? {};
  if (memo.looked || source === 'file' || source === 'pin' || (address && text.includes(address))) return undefined;
  memo.looked = true;
  const found = await backend.outages.at({ address: text });
  return found.outages.length > 0 ? found : undefined;
}

/** The customer's own fault is on its way: no place need be told. */
async function ownReport(turn: Query): Promise<Next<'place'>> {
  const { slots, now, say, word, workorders } = turn;
  const [order] = slots.place ? [] : await workorders.mine('fault');
  if (!order) return undefined;
  // What is planned is another matter than the fault, at the same place.
  if (
    order.address &&
    !order.accountNumber &&
    /计划|预告|检修|明[天早晚]|后天|下周|周末|planned|tomorrow/i.test(turn.text)
  ) {
    slots.place = { address: order.address, source: 'said' };
    return undefined;
  }
  if (slots.wish) {
    subscribe(turn);
    return 'done';
  }
  const late = order.arriveBy !== undefined && Date.parse(order.arriveBy) < now.getTime();
  const arrive = late ? undefined : localTime(order.arriveBy);
  const facts = { number: order.number, place: order.address, arrive, late: late ? word('late') : undefined };
  say('reported', facts, ['button.notify', 'button.progress']);
  return 'done';
}

/** An account that is not proved tells no place, not even whether there is one. */
function noStrangersAccount({ slots, bound, say }: Query): Next<'place'> {
  const number = slots.place?.accountNumber;
  if (!slots.place || number === undefined || bound.includes(number)) return undefined;
  slots.place = slots.place.address ? { ...slots.place, accountNumber: undefined } : undefined;
  if (slots.place) return undefined;
  say('unproved', {}, ['go.account.bind']);
  return { ask: 'place' };
}

/** «我家» is the only account's, unless somewhere else is meant; who only wants to be told of the return need not say where. */
async function ownPlace({ slots, bound, backend, attempt }: Query): Promise<undefined> {
  const [only, ...others] = bound;
  if (slots.place || only === undefined || others.length > 0 || slots.elsewhere) return;
  const account = await attempt(() => backend.accounts.find(only));
  if (account) slots.place = { source: 'file', accountNumber: only, address: account.address };
}

function tell(turn: Query, outages: readonly Outage[], asOf = ''): void {
  const { say, slots, word } = turn;
  const where = slots.place && address().show?.(slots.place, word);
  const now = outages.filter(({ stage }) => stage === 'running' || stage === 'delayed');
  const soon = outages.filter(({ stage }) => stage === 'announced');
  const past = outages.filter(({ stage }) => stage === 'restored' || stage === 'cancelled');
  for (const outage of now) say('running', factsOf(turn, outage, asOf), ['button.notify', 'button.report']);
  for (const outage of soon) say('announced', factsOf(turn, outage, asOf), ['button.notify']);
  if (now.length + soon.length > 0) return;
  // Who reports after this answer has no power.
  if (slots.extent) slots.kind = 'no_power_area';
  slots.kind ??= 'no_power_home';
  for (const outage of past) say(outage.stage as 'restored', factsOf(turn, outage, asOf), ['button.report']);
  if (past.length === 0)
    say(slots.back ? 'unknown.back' : 'unknown', { where, asOf }, ['button.report', 'button.notify']);
}

function factsOf({ word }: Query, { kind, where, cause, startsAt, endsAt, stage }: Outage, asOf: string) {
  return {
    kind: word(`kind.${kind}`),
    where,
    cause: cause ?? word('cause.unknown'),
    from: localTime(startsAt),
    back: localTime(endsAt) ?? word('back.unknown'),
    delayed: stage === 'delayed' ? word('delayed') : undefined,
    asOf,
  };
}

/** Nobody can be told of the return to a place that is not known: that is asked, and the wish kept meanwhile. */
function remember(turn: Query): Next<'place'> {
  const { slots, memo, subscribe: keep } = turn;
  const enough = slots.place !== undefined && (memo.more || address().enough?.(slots.place) !== false);
  if (!enough) {
    memo.more = slots.place !== undefined;
    keep('outage');
    return { ask: 'place' };
  }
  subscribe(turn);
  return 'done';
}

function subscribe({ slots, say, word, subscribe }: Query): void {
  const number = slots.place?.accountNumber;
  subscribe('outage', number, placeOf(slots.place));
  say('subscribed', { where: slots.place && address().show?.(slots.place, word) });
}
