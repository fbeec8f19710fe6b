import {
  about,
  account,
  choice,
  conversation,
  email,
  firm,
  maskDigits,
  month,
  type Next,
  name,
  phone,
  photos,
  showMonth,
  sign,
  sum,
  type Turn,
  taxId,
  yesNo,
} from '#conversation';

/** 发票: how it is done at once by oneself, or an order with months, title and tax number; wrong titles and special invoices too. */
const slots = {
  account: account(),
  month: month({ asking: 'refusable' }),
  kind: choice(['special', 'company', 'personal'], { offered: ['personal', 'company', 'special'] }),
  title: firm(),
  taxId: taxId(),
  email: email(),
  about: choice(['redo', 'resend'], { asking: 'never' }),
  phone: phone({ asking: 'never', onFile: false }),
  name: name(),
  photos: photos(),
  sign: sign(['latest', 'apply', 'tenant']),
  old: sign(['old']),
  differ: sign(['differ']),
  asks: about(),
  go: yesNo({ buttons: ['button.apply', 'button.later'], passing: true }),
};

const says = [
  'guide',
  'tenant',
  'redo',
  'resend',
  'old',
  'differ',
  'papers',
  'papers.special',
  'time',
  'lacking',
  'owner',
  'fee',
  'later',
  'unbilled',
  'filed',
  'fact.months',
  'fact.total',
  'fact.title',
  'fact.holder',
] as const;
type Invoice = Turn<typeof slots, (typeof says)[number]>;

const forFirm = ({ slots }: Invoice) => slots.kind === 'company' || slots.kind === 'special';

export default conversation({
  slots,
  says,
  confirm: true,
  needs: (turn) => [
    'account',
    ...(turn.slots.sign === 'latest' ? [] : (['month'] as const)),
    'kind',
    ...(forFirm(turn) ? (['title', 'taxId'] as const) : []),
    'email',
  ],
  async before(turn, upcoming): Promise<Next<'go' | 'month'>> {
    const { slots, say } = turn;
    keepKind(turn);
    if (slots.go === false) {
      say('later');
      return 'done';
    }
    const mere = isMere(turn);
    answer(turn, mere);
    if (mere) return turn.waiting ? 'done' : { ask: 'go' };
    return upcoming === 'account' || upcoming === 'month' ? undefined : billedMonths(turn);
  },
  async finish(turn) {
    const { slots, memo, say, staffWord, workorders } = turn;
    const kind = slots.kind ?? 'personal';
    const filed = await workorders.file({
      type: 'service',
      place: { accountNumber: slots.account },
      phone: slots.phone?.number ?? (memo['dropped.phone'] ? undefined : (memo.phone as string | undefined)),
      name: slots.name,
      photos: slots.photos,
      facts: {
        [staffWord('fact.months')]: String(memo.months),
        [staffWord('fact.total')]: String(memo.total),
        [staffWord('fact.title')]: forFirm(turn) ? (slots.title ?? '') : staffWord('fact.holder'),
        [named(turn, 'kind')]: staffWord(`choice.${kind}`),
        ...(slots.taxId && { [named(turn, 'taxId')]: slots.taxId }),
        ...(slots.email && { [named(turn, 'email')]: slots.email }),
        ...(slots.about && { [named(turn, 'about')]: staffWord(`choice.${slots.about}`) }),
      },
      marks: slots.about ? [slots.about] : [],
    });
    say('filed', { number: filed.number, answerBy: filed.answerBy, email: slots.email }, ['button.progress']);
  },
});

/** A firm's name or number makes it no plain invoice where a special one was wanted, nor a title put right here a wrong one of before. */
function keepKind({ slots, memo, filled }: Invoice): void {
  if (slots.title !== undefined || slots.taxId !== undefined) slots.kind ??= 'company';
  if (slots.kind === 'special') memo.special = true;
  else if (memo.special && slots.kind === 'company' && filled.some((one) => one === 'title' || one === 'taxId'))
    slots.kind = 'special';
  if (memo.guided && filled.includes('title') && filled.includes('about')) slots.about = undefined;
}

/** Only asks how it is done: told that, nobody has to prove anything first. Once wanted, it is wanted. */
function isMere({ slots, memo, question }: Invoice): boolean {
  const wants =
    (slots.sign === 'apply' && !slots.old) || slots.taxId !== undefined || (slots.about === 'resend' && !question);
  memo.wanted ||= slots.go === true || wants || !(question || slots.asks || slots.old);
  return !memo.wanted;
}

/** What is asked of invoices, each time; how it is done, once. */
function answer({ slots, memo, say }: Invoice, mere: boolean): void {
  const { asks, old, differ, about: why } = slots;
  slots.differ = undefined;
  if (differ) say('differ');
  slots.asks = undefined;
  slots.old = undefined;
  if (old) say('old');
  // «开错了怎么办» asks for no papers.
  if (asks && !(why && asks === 'papers')) say(asks === 'papers' && slots.kind === 'special' ? 'papers.special' : asks);
  if (mere && !asks && !old && !differ && !why && !memo.guided) say('guide');
  if (slots.sign === 'tenant' && !memo.tenant) say('tenant');
  if (why && memo.why !== why) say(why);
  Object.assign(memo, { guided: true, tenant: slots.sign === 'tenant', why: why ?? '' });
}

const named = ({ staffWord }: Invoice, slot: string) => staffWord(`slot.${slot}`).split('|')[0] ?? slot;

/** Only what is billed can be invoiced; the latest bill, where no month was named. */
async function billedMonths(turn: Invoice): Promise<Next<'month'>> {
  const { slots, memo, now, say, backend, attempt } = turn;
  const number = slots.account as string;
  const found = await attempt(() => backend.accounts.find(number));
  if (found) memo.phone = found.phone;
  const latest = await backend.bills.months(number, '0001-01', '9999-12');
  const last = latest.months.at(-1);
  slots.month ??= last && { from: last.month, to: last.month };
  const { from, to } = slots.month ?? { from: '9', to: '' };
  const billed = latest.months.filter(({ month: each }) => each >= from && each <= to);
  if (billed.length === 0) {
    const month = slots.month && showMonth(slots.month.from, now);
    say('unbilled', { account: maskDigits(number), month, last: last && showMonth(last.month, now) });
    slots.month = undefined;
    return last ? { ask: 'month' } : 'done';
  }
  memo.months = billed.map(({ month: each }) => showMonth(each, now)).join('、');
  memo.total = sum(billed.map(({ amount }) => amount));
  return undefined;
}
