import {
  account,
  address,
  amount,
  choice,
  conversation,
  maskDigits,
  placeOf,
  sign,
  signs,
  switches,
  type Turn,
} from '#conversation';

/** 通知订阅: notices of prices, outages and bills, on and off, several at once; and which ones a customer gets. */
const topics = ['price', 'outage', 'bill'] as const;
type Topic = (typeof topics)[number];
const slots = {
  wanted: switches(topics, { on: 'on', off: 'off' }),
  signs: signs(['off', 'list', 'all', 'rise', 'lost', 'notice', 'practice']),
  topic: choice(topics, { asking: 'on_demand' }),
  amount: amount(),
  /** Notices of bills and outages are about an account. */
  account: account({ asking: 'on_demand' }),
  /** Of all accounts that are proved. */
  every: sign(['every']),
  /** Whose outages, where it is not the proved accounts'; it may be told after the answer as well. */
  place: { ...address({ asking: 'never', onFile: false }), keeps: true },
};

const says = [
  'on',
  'on.where',
  'on.bill',
  'off',
  'legal',
  'off.not',
  'none',
  'list',
  'of',
  'which.off',
  'threshold',
  'lost',
  'practice',
] as const;
type Notice = Turn<typeof slots, (typeof says)[number]>;
type Has = Awaited<ReturnType<Notice['subscribed']>>;

export default conversation({
  slots,
  says,
  async before(turn) {
    const { slots, memo } = turn;
    const has = await turn.subscribed();
    if (told(turn, has)) return 'done';
    const wanted = wantedOf(turn, has);
    if (!wanted) return which(turn, has);
    slots.wanted = wanted;
    if (!memo.told) settle(turn, has);
    memo.told = true;
    return wanted.bill && !slots.account && !slots.every ? { ask: 'account' } : undefined;
  },
  finish({ slots, bound, say, word, subscribe }) {
    if (!slots.wanted?.bill) return;
    const numbers = slots.every ? bound : [slots.account];
    slots.every = undefined;
    for (const number of numbers) subscribe('bill', number);
    const threshold = slots.amount && word('threshold', { yuan: slots.amount });
    const account = numbers.map((number) => maskDigits(number)).join('、');
    say('on.bill', { account, threshold }, ['go.bill.query']);
  },
});

const isOff = ({ slots }: Notice) => slots.signs?.includes('off') ?? false;

/** What is asked and not wished: which ones there are, whether one is told beforehand, why none came. */
function told(turn: Notice, has: Has): boolean {
  const { slots, filled, question, say } = turn;
  const asks = (sign: NonNullable<typeof slots.signs>[number]) =>
    filled.includes('signs') && slots.signs?.includes(sign) === true;
  if (slots.signs?.includes('list') && !slots.wanted) list(turn, has);
  else if (question && asks('practice')) say('practice', {}, ['choice.outage', 'choice.bill']);
  else if (asks('lost') && !isOff(turn)) say('lost', {}, ['choice.bill', 'go.bill.query']);
  else return false;
  return true;
}

/** What is to be on and off; undefined until a topic is known. */
function wantedOf(turn: Notice, has: Has): Notice['slots']['wanted'] {
  const { slots, memo } = turn;
  const { wanted, signs: said = [] } = slots;
  if (memo.told) return wanted;
  // «电费涨价了告诉我» is about the price.
  if (wanted && said.includes('rise')) return { ...wanted, bill: undefined };
  if (wanted) return isTurned(turn) ? all(Object.keys(wanted), false) : wanted;
  const mine = topics.filter((topic) => has.some((each) => each.topic === topic));
  const off = isOff(turn);
  if (said.includes('all') && (memo.asked || off || said.includes('notice')))
    return all(off && mine.length > 0 ? mine : topics, !off);
  return off && mine.length === 1 ? all(mine, false) : undefined;
}

const all = (names: readonly string[], value: boolean) => Object.fromEntries(names.map((name) => [name, value]));

/** A bare topic told to «which shall be off?», or «文三路那套不用发» once the notices are on. */
const isTurned = (turn: Notice): boolean =>
  isOff(turn) &&
  (turn.memo.off === true || !turn.filled.includes('wanted')) &&
  !Object.values(turn.slots.wanted ?? {}).includes(false);

/** Which topic? Who wants all this to stop and gets nothing from here hears that. */
function which(turn: Notice, has: Has) {
  const { memo, say } = turn;
  if (isOff(turn) && has.length === 0) {
    say('none', {}, ['button.person']);
    return 'done' as const;
  }
  if (isOff(turn) && !memo.asked) say('which.off', { topics: namedWith(turn, has) });
  memo.off ??= isOff(turn);
  memo.asked = true;
  return { ask: 'topic' } as const;
}

const named = ({ word }: Notice, names: readonly string[]) => names.map((name) => word(`choice.${name}`)).join('、');

/** Each topic with the accounts it is about. */
const namedWith = ({ word }: Notice, has: Has): string =>
  topics
    .map((topic) => ({ topic, held: has.filter((each) => each.topic === topic) }))
    .filter(({ held }) => held.length > 0)
    .map(({ topic, held }) => {
      const accounts = held.flatMap(({ account: number }) => number ?? []).map((number) => maskDigits(number));
      const name = word(`choice.${topic}`);
      return accounts.length > 0 ? word('of', { name, accounts: accounts.join('、') }) : name;
    })
    .join('、');

/** All that needs no account, at once. */
function settle(turn: Notice, has: Has): void {
  const { slots, say, word, subscribe } = turn;
  const { wanted = {} } = slots;
  const on = topics.filter((topic) => wanted[topic] && topic !== 'bill');
  if (on.includes('price')) subscribe('price');
  const outages = on.includes('outage') ? watch(turn) : {};
  if (on.length > 0) say('on', { topics: named(turn, on), ...outages }, []);
  const off = topics.filter((topic) => wanted[topic] === false).flatMap((topic) => takeOff(turn, topic, has));
  const [was, not] = [off.filter(({ held }) => held), off.filter(({ held }) => !held)];
  const legal = was.some(({ topic }) => topic !== 'bill') ? word('legal') : undefined;
  const names = (those: typeof off) => those.map(({ name }) => name).join('、');
  if (was.length > 0) say('off', { topics: names(was), legal });
  if (not.length > 0) say('off.not', { topics: names(not) }, ['button.person']);
}

/** Off for the one account that is named, if any. */
function takeOff({ slots, bound, word, unsubscribe }: Notice, topic: Topic, has: Has) {
  const only = bound.length > 1 && topic !== 'price' && !slots.every ? slots.account : undefined;
  const held = has.some((each) => each.topic === topic && (only === undefined || each.account === only));
  unsubscribe(topic, only);
  const name = word(`choice.${topic}`);
  return { topic, held, name: only ? word('of', { name, accounts: maskDigits(only) }) : name };
}

/** Outages of the place that is told, else of the account that is named or of all that are proved; of neither, the place is asked for. */
function watch({ slots, bound, word, subscribe }: Notice): { accounts?: string; where?: string; ask?: string } {
  // «文三路那套» names the account, not all of the road.
  const mine = bound.length > 1 && !slots.every ? slots.account : undefined;
  const where = !mine && slots.place && address().show?.(slots.place, word);
  if (where || bound.length === 0) subscribe('outage', undefined, placeOf(slots.place));
  if (where) return { where };
  const numbers = mine ? [mine] : bound;
  for (const number of numbers) subscribe('outage', number);
  const accounts = numbers.map((number) => maskDigits(number)).join('、');
  return numbers.length > 0 ? { accounts } : { ask: word('on.where') };
}

function list(turn: Notice, has: Has): void {
  const missing = topics.filter((topic) => !has.some((each) => each.topic === topic));
  const facts = { topics: namedWith(turn, has), missing: named(turn, missing) };
  turn.say(has.length > 0 ? 'list' : 'none', facts, []);
}
