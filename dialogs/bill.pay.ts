import {
  account,
  address,
  amount,
  asOfTime,
  choice,
  conversation,
  dueOf,
  duration,
  feeFor,
  lateRule,
  localTime,
  maskDigits,
  type Next,
  placeOf,
  sign,
  standingOf,
  type Turn,
} from '#conversation';

/** 缴费: how and where, what is due now for a proved account, places that take cash, deduction, cards. Never takes money itself. */
const slots = {
  account: account({ asking: 'never' }),
  about: choice(
    [
      'scammed',
      'scam',
      'waive',
      'cutoff',
      'late',
      'charge',
      'when',
      'abroad',
      'prepaid',
      'undeduct',
      'deduction',
      'card',
      'firm',
      'cash',
      'other',
      'instalment',
    ],
    {
      asking: 'never',
    },
  ),
  amount: amount(),
  days: duration(),
  business: sign(['business']),
  /** Shall pay for the customer, which nobody here can. */
  bidden: sign(['bidden']),
  place: address({ asking: 'on_demand', onFile: false }),
};

const says = [
  'due',
  'channels',
  'deduction',
  'card',
  'firm',
  'cash',
  'cash.near',
  'outlet',
  'other',
  'instalment',
  'processing',
  'bidden',
  'late',
  'late.sum',
  'who.home',
  'who.other',
  'cutoff',
  'charge',
  'when',
  'abroad',
  'undeduct',
  'prepaid',
  'scam',
  'scammed',
  'waive',
] as const;
type Pay = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  async before(turn): Promise<Next<'place'>> {
    const { slots, memo, filled, say } = turn;
    // Asked for something else while the place for cash is waited for, that is answered.
    if (filled.includes('about')) memo.told = false;
    // «200块晚交15天，会停电吗，违约金多少»: the sum that was asked for.
    if (slots.about === 'cutoff' && filled.includes('amount')) slots.about = 'late';
    if (slots.about === 'cash') return cash(turn);
    if (memo.told) return 'done';
    memo.told = true;
    if (slots.bidden) say('bidden');
    if (slots.about && warns.includes(slots.about)) {
      say(slots.about, {}, ['button.person']);
      await due(turn);
      return 'done';
    }
    if (!slots.about || tellsDue.includes(slots.about)) await due(turn);
    if (slots.about === 'late') await late(turn);
    else say(slots.about ?? 'channels', {}, ['go.bill.query', 'choice.cash', 'go.bill.payment_issue']);
    return 'done';
  },
  finish() {},
});

/** Somebody else asks for the money: first what not to do, then what is really due. */
const warns: readonly string[] = ['scam', 'scammed'];

/** Of these the customer's own standing is a part of the answer. */
const tellsDue: readonly string[] = ['late', 'cutoff', 'when', 'instalment'];

/** The rule of late fees, and the sum where yuan and days were told. */
async function late(turn: Pay): Promise<void> {
  const { slots, say, word } = turn;
  const { amount: owed, days } = slots;
  const rule = await lateRule(turn);
  const residential = slots.business === undefined;
  const made = owed && days ? await feeFor(turn, { owed: String(owed), days, residential }) : undefined;
  const sum =
    made && word('late.sum', { owed, days, fee: made.fee, who: word(residential ? 'who.home' : 'who.other') });
  say('late', { ...rule, sum }, ['go.bill.query', 'go.bill.pay']);
}

/** What is to be paid now, for each account that is proved; a payment on its way is told, so that nobody pays twice. */
async function due({ slots, bound, now, word, say, backend, attempt }: Pay): Promise<void> {
  const numbers = slots.account ? [slots.account] : bound.slice(0, 3);
  for (const number of numbers) {
    const balance = await attempt(() => backend.bills.balance(number));
    if (!balance) return;
    const facts = { account: maskDigits(number), paying: word(`paying.${balance.paying}`), asOf: asOfTime(balance) };
    say('due', { ...facts, standing: standingOf(balance, { word, now }) });
    const paid = dueOf(balance) && (await attempt(() => backend.bills.payments(number)));
    const [open] = paid ? paid.payments.filter(({ state }) => state === 'processing') : [];
    if (open) say('processing', { at: localTime(open.at), through: open.through, amount: open.amount });
  }
}

/** Where cash is taken: near a place that was said, or near the account. */
async function cash(turn: Pay): Promise<Next<'place'>> {
  const { slots, memo, say, word, backend, attempt } = turn;
  const place = placeOf(slots.place) ?? (slots.account ? { accountNumber: slots.account } : undefined);
  if (!place && !memo.told) {
    memo.told = true;
    say('cash');
  }
  if (!place) return { ask: 'place' };
  const found = await attempt(() => backend.directory.outlets(place));
  const rows = (found ?? [])
    .filter(({ kind }) => kind !== 'charging')
    .slice(0, 3)
    .map(({ name, address: where, hours }) => word('outlet', { name, where, hours }));
  if (rows.length > 0) say('cash.near', { rows: rows.join('\n') }, ['go.bill.query', 'go.hall.query']);
  else say('cash', {}, ['go.hall.query', 'button.person']);
  return 'done';
}
