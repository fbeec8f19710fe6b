import {
  account,
  amount,
  type Compared,
  checkNow,
  choice,
  compared,
  conversation,
  explanationOf,
  maskDigits,
  month,
  name,
  order,
  phone,
  photos,
  ratio,
  reasonsFor,
  showMonth,
  sign,
  type Turn,
} from '#conversation';

/** 电费异议: the bill is set beside the ones it is fairly compared with, the reason is told with its numbers, and a check is offered. */
const slots = {
  account: account(),
  month: month(),
  amount: amount(),
  about: choice(['formula'], { asking: 'never' }),
  phone: phone({ asking: 'never', onFile: false }),
  name: name(),
  photos: photos(),
  check: checkNow(),
  money: sign(['refund']),
};

const says = [
  'found',
  'none',
  'beside',
  'neighbours',
  'elsewhere',
  'enough',
  'filed',
  'already',
  'refund',
  'noted.phone',
  'bill.lines',
  'bill.lines.none',
  'fact.month',
  'fact.amount',
  'fact.kwh',
  'fact.told',
  'fact.words',
] as const;
type Dispute = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  async before(turn, upcoming) {
    if (upcoming !== 'finish') return undefined;
    const { slots, memo, say } = turn;
    if (slots.check === false) {
      say('enough', {}, ['go.bill.query', 'go.usage.query']);
      return 'done';
    }
    heed(turn);
    if (memo.told && !otherMonth(turn)) return slots.check === undefined ? { ask: 'check' } : undefined;
    memo.told = true;
    const all = await compared(turn, slots.account as string, slots.month?.to);
    if (!all) {
      say('none', { account: maskDigits(slots.account) }, ['go.bill.query', 'button.person']);
      return 'done';
    }
    return explain(turn, all);
  },
  async finish(turn) {
    const { slots, memo, say, staffWord, workorders } = turn;
    const filed = await workorders.file({
      type: 'dispute',
      place: { accountNumber: slots.account },
      phone: slots.phone?.number ?? (memo['dropped.phone'] ? undefined : (memo.phone as string)),
      name: slots.name,
      photos: slots.photos,
      facts: {
        [staffWord('fact.month')]: String(memo.month),
        [staffWord('fact.amount')]: String(memo.amount),
        [staffWord('fact.kwh')]: String(memo.kwh),
        ...(memo.words && { [staffWord('fact.words')]: String(memo.words) }),
        ...(slots.amount !== undefined && { [staffWord('fact.told')]: String(slots.amount) }),
      },
    });
    say('filed', { number: filed.number, answerBy: filed.answerBy }, ['button.progress']);
  },
});

/** What is said at the offer is answered, or goes to staff with it; a phone is for the call back. */
function heed({ slots, memo, filled, text, say }: Dispute): void {
  const { money, phone: contact } = slots;
  slots.money = undefined;
  if (!memo.told || filled.length === 0) return;
  if (money) say('refund');
  if (filled.includes('phone') && contact) say('noted.phone', { phone: contact.number });
  const told = text.replaceAll(/[\d\s-]{7,}/g, '');
  const least = filled.includes('check') ? 14 : 6;
  if (!money && told.length >= least) memo.words = [memo.words, text].filter(Boolean).join('；');
}

const otherMonth = ({ slots, memo, filled }: Dispute) => filled.includes('month') && slots.month?.to !== memo.month;

/** What was found, then the offer of a check; one that is under way already is only named. */
async function explain(turn: Dispute, all: Compared) {
  const { slots, memo, say, workorders } = turn;
  const { account: holder, billed } = all;
  Object.assign(memo, { month: billed.month, amount: billed.amount, kwh: billed.kwh, phone: holder.phone });
  if (slots.about === 'formula') return tellLines(turn, all);
  await tellReasons(turn, all);
  const [open] = await workorders.mine('dispute');
  if (!open) return { ask: 'check' } as const;
  workorders.remind(open.number);
  say('already', { number: open.number });
  return 'done' as const;
}

async function tellLines(turn: Dispute, { account: holder, billed }: Compared) {
  const facts = await explanationOf(turn, holder, billed);
  turn.say('rows' in facts ? 'bill.lines' : 'bill.lines.none', facts, ['go.price.query', 'button.person']);
  return 'done' as const;
}

async function tellReasons(turn: Dispute, all: Compared): Promise<void> {
  const { slots, now, word, say } = turn;
  const { billed, neighbours } = all;
  const reasons = await reasonsFor(turn, all);
  const beside = besides(turn, all);
  const apart = slots.amount !== undefined && unlike(slots.amount, billed.amount);
  say('found', {
    month: showMonth(billed.month, now),
    amount: billed.amount,
    kwh: billed.kwh,
    daily: ratio(billed.kwh, String(billed.days), 1),
    beside: beside && word('beside', { beside }),
    neighbours: neighbours?.median && word('neighbours', { ...neighbours, kwh: billed.kwh }),
    reasons: reasons.map(({ key, facts }) => word(`why.${key}`, facts)).join('\n'),
    elsewhere: apart ? word('elsewhere', { told: slots.amount }) : undefined,
  });
}

/** «9月 165.70 元（308 度），去年10月 131.23 元（227 度）». */
const besides = ({ now, word }: Dispute, { before, yearAgo }: Compared): string =>
  [before, yearAgo]
    .flatMap((each) => (each ? [word('bill.row', { ...pick(each), month: showMonth(each.month, now) })] : []))
    .join('；');

const pick = ({ amount: yuan, kwh }: { amount: string; kwh: string }) => ({ amount: yuan, kwh });

/** A tenth apart: what the customer was charged is not this bill. */
const unlike = (told: number, billed: string) =>
  told > 20 && order(String(Math.round(Math.abs(told - Number(billed)) * 10)), String(Math.round(told))) > 0;
