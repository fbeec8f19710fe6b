import {
  about,
  account,
  accountNumber,
  amount,
  asOfTime,
  checkNow,
  choice,
  conversation,
  localDay,
  localTime,
  maskDigits,
  type Next,
  name,
  type Payment,
  paymentRows,
  phone,
  photos,
  serial,
  showDay,
  sign,
  standingOf,
  type Turn,
  when,
  yesNo,
} from '#conversation';

/**
 * 缴费问题: for a proved account the payments are looked up and told; for everybody else, and where nothing is found, amount and time go
 * into an order. Wrong accounts and refunds are for a person.
 */
const slots = {
  account: account({ asking: 'on_demand' }),
  about: choice(['wrong', 'twice', 'missing', 'failed', 'refund'], { asking: 'never' }),
  number: accountNumber({ asking: 'refusable' }),
  amount: amount({ asking: 'refusable' }),
  when: when(),
  through: choice(['wechat', 'alipay', 'app', 'bank', 'hall'], { asking: 'never' }),
  serial: serial(),
  phone: phone(),
  name: name(),
  photos: photos(),
  check: checkNow(),
  asks: about(),
  tenant: sign(['tenant']),
  leaving: sign(['leaving']),
  /** Who took too much is no utility: told before, or now. */
  landlord: { ...sign(['landlord']), keeps: true },
  go: yesNo({ buttons: ['button.apply', 'button.later'], passing: true }),
};

const says = [
  'guide',
  'wrong',
  'refund',
  'leaving',
  'landlord',
  'overpaid',
  'tenant',
  'papers',
  'time',
  'lacking',
  'owner',
  'fee',
  'later',
  'twice',
  'processing',
  'failed',
  'refunded',
  'credited',
  'nothing',
  'nothing.twice',
  'nothing.amount',
  'enough',
  'already',
  'under.way.by',
  'filed',
  'filed.person',
  'filed.leaving',
  'fact.number',
  'fact.amount',
  'fact.when',
  'fact.serial',
  'fact.through',
  'fact.about',
] as const;
type Issue = Turn<typeof slots, (typeof says)[number]>;
type Ask = Next<keyof typeof slots & string>;

/** An account that is not proved: nothing of it is told, what the customer tells of it is taken. */
const isOther = ({ slots, bound }: Issue) =>
  bound.length === 0 || (slots.number !== undefined && !bound.includes(slots.number));
const forPerson = ({ slots }: Issue) => slots.about === 'wrong' || slots.about === 'refund';

export default conversation({
  slots,
  says,
  confirm: ({ slots }) => slots.check === undefined,
  needs(turn) {
    // The number of a payment tells when it was, and what is left of a balance the ledger knows.
    const when = turn.slots.serial === undefined ? (['when'] as const) : [];
    const told = turn.slots.about === 'refund' ? [] : (['amount', ...when] as const);
    if (turn.slots.leaving) return isOther(turn) ? ['number', 'phone'] : ['account'];
    if (isOther(turn)) return ['number', ...told, 'phone'];
    return turn.memo.form ? ['account', ...told] : ['account'];
  },
  async before(turn, upcoming): Promise<Ask> {
    const { slots, memo, filled } = turn;
    keepMatter(turn);
    const answered = declined(turn) ?? byLandlord(turn) ?? inquired(turn);
    if (answered) return answered;
    if (memo.offered && filled.includes('amount') && slots.check === undefined) return lookUp(turn);
    if (memo.told) return memo.offered && slots.check === undefined ? { ask: 'check' } : undefined;
    return upcoming === 'account' ? undefined : begin(turn);
  },
  async finish(turn) {
    const { slots, say, workorders, handoff } = turn;
    const about = slots.leaving ?? slots.about;
    const filed = await workorders.file({
      type: 'service',
      place: placeOf(turn),
      phone: slots.phone?.number,
      name: slots.name,
      photos: slots.photos,
      facts: factsOf(turn),
      marks: [...(about ? [about] : []), ...(slots.phone ? [] : ['no_phone'])],
    });
    if (forPerson(turn)) handoff(slots.about === 'wrong' ? 'wrong_account' : 'refund');
    const key = slots.leaving ? 'filed.leaving' : forPerson(turn) ? 'filed.person' : 'filed';
    say(key, { number: filed.number, answerBy: filed.answerBy }, ['button.progress']);
  },
});

function factsOf({ slots, memo, staffWord }: Issue): Record<string, string> {
  const about = slots.leaving ?? slots.about;
  const told = {
    [staffWord('fact.about')]: about && staffWord(`choice.${about}`),
    // Where it went by mistake, beside the account that it was meant for.
    [staffWord('fact.number')]: slots.account && slots.number !== slots.account ? slots.number : undefined,
    [staffWord('fact.amount')]: String(slots.amount ?? memo.amount ?? ''),
    [staffWord('fact.when')]: String(slots.when ?? memo.at ?? ''),
    [staffWord('fact.through')]: slots.through && staffWord(`choice.${slots.through}`),
    [staffWord('fact.serial')]: String(slots.serial ?? memo.serial ?? ''),
  };
  const facts = Object.entries(told).filter((each): each is [string, string] => Boolean(each[1]));
  return Object.fromEntries(facts);
}

function declined({ slots, say }: Issue): 'done' | undefined {
  if (slots.check !== false && slots.go !== false) return undefined;
  say(slots.go === false ? 'later' : 'enough');
  return 'done';
}

/** Paid to a landlord, it is not the utility's to give back. */
function byLandlord({ slots, memo, say }: Issue): 'done' | undefined {
  if (slots.landlord === undefined || slots.about !== 'refund' || slots.leaving || slots.tenant || memo.told)
    return undefined;
  say('landlord', {}, ['go.complaint', 'button.person']);
  return 'done';
}

/**
 * Whoever moves out, or asks whether too much comes back, wants to know who may have it and with which papers first: that, then an offer;
 * and what is asked in between.
 */
function inquired({ slots, memo, question, say }: Issue): Ask {
  const { asks, tenant, leaving, about: why } = slots;
  const mere = why === 'refund' && question && !memo.told;
  const key = leaving ? 'leaving' : mere ? 'overpaid' : memo.inquiry;
  if (key && key !== memo.inquiry) say(key as 'leaving' | 'overpaid');
  else if (asks && (key || memo.told)) say(asks);
  if (tenant && !memo.tenant) say('tenant');
  slots.asks = undefined;
  if (key) memo.inquiry = key;
  memo.tenant = tenant !== undefined;
  if (leaving) slots.about = 'refund';
  return key && !slots.go ? { ask: 'go' } : undefined;
}

/** One that is under way already is only named; what can't be looked up goes into an order. */
async function begin(turn: Issue): Promise<Ask> {
  const { slots, memo, say } = turn;
  if (await underWay(turn)) return 'done';
  memo.told = true;
  if (!forPerson(turn) && !isOther(turn)) return lookUp(turn);
  memo.form = true;
  if (!memo.inquiry) say(slots.about === 'wrong' || slots.about === 'refund' ? slots.about : 'guide');
  return contact(turn);
}

/** What went wrong stays what it is about, though the customer wants the money back. */
function keepMatter({ slots, memo }: Issue): void {
  if (memo.about && slots.about === 'refund') slots.about = memo.about as typeof slots.about;
  if (slots.about) memo.about = slots.about;
}

/** A check of it is on file already: asked after, its day is told; else what is said is passed on to it. */
async function underWay({ question, say, workorders }: Issue): Promise<boolean> {
  const open = (await workorders.mine('service')).find(({ intent }) => intent === 'bill.payment_issue');
  if (!open) return false;
  if (!question) workorders.remind(open.number);
  const by = open.answerBy && showDay(open.answerBy);
  say(question ? 'under.way.by' : 'already', { number: open.number, by }, ['button.person']);
  return true;
}

function placeOf({ slots }: Issue) {
  const accountNumber = slots.account ?? slots.number;
  return accountNumber ? { accountNumber } : undefined;
}

/** The phone on file, for a proved account; shown masked. */
async function contact({ slots, bound, attempt, backend }: Issue): Promise<undefined> {
  // A stranger's number that was named hides the only own one.
  const number = slots.account ?? (bound.length === 1 ? bound[0] : undefined);
  const found = number && !slots.phone ? await attempt(() => backend.accounts.find(number)) : undefined;
  if (found) slots.phone = { number: found.phone, source: 'file' };
}

/** What the ledger has of it, newest first, and what that means; then a check is offered. */
async function lookUp(turn: Issue): Promise<Ask> {
  const { slots, memo, now, word, say, backend } = turn;
  const number = slots.account as string;
  const [found, balance] = await Promise.all([backend.bills.payments(number), backend.bills.balance(number)]);
  await contact(turn);
  const lately = found.payments.filter(({ at }) => now.getTime() - Date.parse(at) < recentDays * 86_400_000);
  const day = slots.when && /^\d+月\d+日$/.test(slots.when) ? slots.when : undefined;
  const matching = lately.filter(
    (each) => isTold(each, slots.amount) && (!day || showDay(localDay(new Date(each.at))) === day),
  );
  const facts = {
    account: maskDigits(number),
    asOf: localTime(found.asOf),
    standing: standingOf(balance, { word, now }),
  };
  const meant = matching.length > 0 ? finding(matching) : undefined;
  memo.offered = meant !== undefined;
  if (!meant) {
    Object.assign(memo, { form: true, amount: '', at: '', serial: '' });
    const rows = paymentRows(lately.slice(0, 1), word).join('');
    const twice = slots.about === 'twice' ? word('nothing.twice') : undefined;
    const what = slots.amount ? word('nothing.amount', { told: slots.amount }) : day;
    say('nothing', { ...facts, what, rows, twice, asOf: asOfTime(found) });
    return undefined;
  }
  const [first] = meant.payments;
  Object.assign(memo, { amount: first?.amount, at: localTime(first?.at), serial: first?.serial });
  if (meant.key === 'twice') slots.about = 'twice';
  say(meant.key, { ...facts, rows: paymentRows(meant.payments, word).join('\n') });
  return { ask: 'check' };
}

/** Payments older than this are not the ones complained of. */
const recentDays = 45;
const sameDays = 7;

const isTold = ({ amount: paid }: Payment, told: number | undefined) =>
  told === undefined || Math.abs(Number(paid) - told) < 1;

/** What of these payments went wrong: one still on its way, twice the same, or one that failed. */
function finding(payments: readonly Payment[]) {
  const of = (state: Payment['state']) => payments.filter((each) => each.state === state);
  const [processing] = of('processing');
  if (processing) return { key: 'processing', payments: [processing] } as const;
  const credited = of('credited');
  const pair = credited.find((each, at) => isPair(each, credited[at + 1]));
  if (pair)
    return { key: 'twice', payments: credited.slice(credited.indexOf(pair), credited.indexOf(pair) + 2) } as const;
  const bad = payments.find(({ state }) => state === 'failed' || state === 'refunded');
  if (bad) return { key: bad.state as 'failed' | 'refunded', payments: payments.slice(0, 2) } as const;
  return { key: 'credited', payments: payments.slice(0, 2) } as const;
}

const isPair = (one: Payment, other: Payment | undefined) =>
  other !== undefined &&
  one.amount === other.amount &&
  Math.abs(Date.parse(one.at) - Date.parse(other.at)) < sameDays * 86_400_000;
