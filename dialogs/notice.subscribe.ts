import {
  account,
  address,
  amount,
  choice,
  conversation,
  maskDigits,
  placeOf,
  signs,
  switches,
  type Turn,
} from '#conversation';

/** 通知订阅: notices of prices, outages and bills, on and off, several at once; and which ones a customer gets. */
const topics = ['price', 'outage', 'bill'] as const;
const slots = {
  wanted: switches(topics, { on: 'on', off: 'off' }),
  signs: signs(['off', 'list', 'all', 'rise', 'lost', 'notice']),
  topic: choice(topics, { asking: 'on_demand' }),
  amount: amount(),
  /** Notices of bills are about one account. */
  account: account({ asking: 'on_demand' }),
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
  'which.off',
  'threshold',
  'lost',
] as const;
type Notice = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  async before(turn) {
    const { slots, memo } = turn;
    const has = await turn.subscribed();
    if (slots.signs?.includes('list') && !slots.wanted) {
      list(turn, has);
      return 'done';
    }
    if (turn.filled.includes('signs') && slots.signs?.includes('lost') && !isOff(turn)) {
      turn.say('lost', {}, ['choice.bill', 'go.bill.query']);
      return 'done';
    }
    const wanted = wantedOf(turn, has);
    if (!wanted) return which(turn, has);
    slots.wanted = wanted;
    if (!memo.told) settle(turn, has);
    memo.told = true;
    return wanted.bill && !slots.account ? { ask: 'account' } : undefined;
  },
  finish({ slots, say, word, subscribe }) {
    if (!slots.wanted?.bill) return;
    subscribe('bill', slots.account);
    const threshold = slots.amount && word('threshold', { yuan: slots.amount });
    say('on.bill', { account: maskDigits(slots.account), threshold }, ['go.bill.query']);
  },
});

const isOff = ({ slots }: Notice) => slots.signs?.includes('off') ?? false;

/** What is to be on and off; undefined until a topic is known. After «which one?» a bare topic is meant as the wish was. */
function wantedOf(turn: Notice, has: readonly string[]): Notice['slots']['wanted'] {
  const { slots, memo } = turn;
  const { wanted, signs: said = [] } = slots;
  if (memo.told) return wanted;
  const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, !isOff(turn)]));
  // «电费涨价了告诉我» is about the price.
  if (wanted && said.includes('rise')) return { ...wanted, bill: undefined };
  if (wanted) return memo.asked ? all(Object.keys(wanted)) : wanted;
  const mine = topics.filter((topic) => has.includes(topic));
  if (said.includes('all') && (memo.asked || isOff(turn) || said.includes('notice')))
    return all(isOff(turn) && mine.length > 0 ? mine : topics);
  return isOff(turn) && mine.length === 1 ? all(mine) : undefined;
}

/** Which topic? Who wants all this to stop and gets nothing from here hears that. */
function which(turn: Notice, has: readonly string[]) {
  const { memo, say } = turn;
  if (isOff(turn) && has.length === 0) {
    say('none', {}, ['button.person']);
    return 'done' as const;
  }
  if (isOff(turn) && !memo.asked) say('which.off', { topics: named(turn, has) });
  memo.asked = true;
  return { ask: 'topic' } as const;
}

const named = ({ word }: Notice, names: readonly string[]) => names.map((name) => word(`choice.${name}`)).join('、');

/** All that needs no account, at once. */
function settle(turn: Notice, has: readonly string[]): void {
  const { slots, say, word, subscribe, unsubscribe } = turn;
  const { wanted = {} } = slots;
  const on = topics.filter((topic) => wanted[topic] && topic !== 'bill');
  const off = topics.filter((topic) => wanted[topic] === false);
  if (on.includes('price')) subscribe('price');
  const outages = on.includes('outage') ? watch(turn) : {};
  for (const topic of off) unsubscribe(topic);
  if (on.length > 0) say('on', { topics: named(turn, on), ...outages }, []);
  const [was, not] = [off.filter((topic) => has.includes(topic)), off.filter((topic) => !has.includes(topic))];
  const legal = was.some((topic) => topic !== 'bill') ? word('legal') : undefined;
  if (was.length > 0) say('off', { topics: named(turn, was), legal });
  if (not.length > 0) say('off.not', { topics: named(turn, not) }, ['button.person']);
}

/** Outages of the place that is told, else of the proved accounts; of neither, the place is asked for. */
function watch({ slots, bound, word, subscribe }: Notice): { accounts?: string; where?: string; ask?: string } {
  const where = slots.place && address().show?.(slots.place, word);
  if (where || bound.length === 0) subscribe('outage', undefined, placeOf(slots.place));
  if (where) return { where };
  for (const number of bound) subscribe('outage', number);
  const accounts = bound.map((number) => maskDigits(number)).join('、');
  return bound.length > 0 ? { accounts } : { ask: word('on.where') };
}

function list(turn: Notice, has: readonly string[]): void {
  const missing = topics.filter((topic) => !has.includes(topic));
  const facts = { topics: named(turn, has), missing: named(turn, missing) };
  turn.say(has.length > 0 ? 'list' : 'none', facts, []);
}
