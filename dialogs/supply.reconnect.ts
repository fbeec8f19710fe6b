import {
  about,
  account,
  address,
  amount,
  asOfTime,
  type Balance,
  conversation,
  dueOf,
  localTime,
  maskDigits,
  type Next,
  name,
  phone,
  photos,
  placeOf,
  sign,
  standingOf,
  type Turn,
} from '#conversation';

/**
 * 欠费复电: whether it is cut for arrears, what must be paid in full, and an order once it is paid. Those without a proved account are
 * served too, by place and phone, and hear nothing of any account.
 */
const slots = {
  account: account({ asking: 'on_demand' }),
  place: address(),
  phone: phone(),
  amount: amount(),
  name: name(),
  photos: photos(),
  sign: sign(['general', 'paid', 'button']),
  care: sign(['care']),
  howmuch: sign(['howmuch']),
  asks: about(),
};

const says = [
  'guide',
  'time',
  'care',
  'howmuch',
  'button',
  'cut',
  'unpaid',
  'paid',
  'not.cut',
  'not.cut.paid',
  'filed',
  'already',
  'fact.paid',
] as const;
type Reconnect = Turn<typeof slots, (typeof says)[number]>;
type Ask = Next<keyof typeof slots & string>;

export default conversation({
  slots,
  says,
  confirm: true,
  needs: ({ bound }) => (bound.length > 0 ? ['account'] : undefined),
  async before(turn, upcoming): Promise<Ask> {
    const { slots, memo, workorders } = turn;
    const [open] = await workorders.mine('service');
    if (open?.intent === 'supply.reconnect') return known(turn, open.number);
    aside(turn);
    if (upcoming === 'account' || memo.told) return undefined;
    memo.told = true;
    return slots.account ? onFile(turn, slots.account) : guide(turn);
  },
  async finish({ slots, say, staffWord, workorders, memo }) {
    const filed = await workorders.file({
      type: 'service',
      place: slots.account ? { accountNumber: slots.account } : placeOf(slots.place),
      phone: slots.phone?.number,
      name: slots.name,
      photos: slots.photos,
      facts: slots.amount === undefined ? {} : { [staffWord('fact.paid')]: String(slots.amount) },
      words: memo.words as string | undefined,
      urgent: slots.care !== undefined,
      marks: [
        ...(slots.care ? ['medical'] : []),
        ...(memo.due ? ['not_paid_in_full'] : []),
        ...(memo.on ? ['not_cut'] : []),
      ],
    });
    say('filed', { number: filed.number }, ['button.progress']);
  },
});

/** It is registered already: urged, unless only the button was asked for. */
function known({ slots, say, workorders }: Reconnect, number: string): 'done' {
  if (slots.sign === 'button') say('button');
  else workorders.remind(number);
  say('already', { number }, ['button.person']);
  return 'done';
}

/** What is asked, and who depends on the supply, said at whatever question. */
function aside({ slots, memo, filled, text, say }: Reconnect): void {
  if (memo.told && slots.asks === 'time') say('time');
  slots.asks = undefined;
  if (memo.told && filled.includes('sign') && slots.sign === 'button') say('button');
  if (!filled.includes('care')) return;
  memo.words = text;
  say('care');
}

/** How it is done, for those whose account is not proved; a mere question is over with it. */
function guide({ slots, memo, question, say }: Reconnect): Ask {
  const asks = question && slots.sign !== 'paid' && !slots.place;
  if (!memo.again) say('guide', {}, asks ? ['go.supply.reconnect', 'go.bill.pay'] : []);
  if (slots.sign === 'button') say('button');
  if (slots.howmuch && !memo.again) say('howmuch', {}, ['go.account.bind', 'go.supply.reconnect', 'go.bill.pay']);
  return asks ? 'done' : undefined;
}

/** What the utility knows of the account; without arrears it is no reconnection, and paid in part it is not yet one. */
async function onFile(turn: Reconnect, number: string): Promise<Ask> {
  const { slots, memo, now, word, say, backend } = turn;
  const [found, balance] = await Promise.all([backend.accounts.find(number), backend.bills.balance(number)]);
  if (!found) return undefined;
  slots.phone ??= { number: found.phone, source: 'file' };
  const facts = { account: maskDigits(number), asOf: asOfTime(balance), standing: standingOf(balance, { word, now }) };
  const cut = found.supply === 'off';
  const due = cut ? balance.toReconnect : dueOf(balance);
  if (!cut) {
    memo.on = true;
    say(slots.sign === 'paid' ? 'not.cut.paid' : 'not.cut', facts, ['go.fault.report', 'go.bill.query']);
    return slots.sign === 'paid' ? undefined : 'done';
  }
  if (slots.sign !== 'paid' || !due || isNothing(due)) {
    say(due && !isNothing(due) ? 'cut' : 'paid', { ...facts, due }, ['go.bill.pay', 'go.bill.payment_issue']);
    return due && !isNothing(due) ? 'done' : undefined;
  }
  memo.due = due;
  await tellPayment(turn, number, balance, due);
  return undefined;
}

const isNothing = (due: string) => /^-?0*(\.0*)?$/.test(due) || due.startsWith('-');

/** A payment older than this is not the one that is talked of. */
const lately = 7 * 86_400_000;

/** Told to be paid, but the ledger still asks for something: the newest payment, and what is missing. */
async function tellPayment({ now, say, backend, attempt }: Reconnect, number: string, { asOf }: Balance, due: string) {
  const found = await attempt(() => backend.bills.payments(number));
  const [latest] = (found?.payments ?? []).filter(({ at }) => now.getTime() - Date.parse(at) < lately);
  const facts = latest && { at: localTime(latest.at), through: latest.through, paid: latest.amount };
  say('unpaid', { ...facts, due, account: maskDigits(number), asOf: localTime(asOf) }, [
    'go.bill.pay',
    'go.bill.payment_issue',
  ]);
}
