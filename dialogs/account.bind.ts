import {
  accountNumber,
  code,
  conversation,
  maskAddress,
  maskDigits,
  maskName,
  name,
  account as ownAccount,
  phone,
  sign,
  type Turn,
  yesNo,
} from '#conversation';

/** 户号绑定: whose account it is, proved by a code to the phone on file; also unbinding, finding a number, changing the phone on file. */
const slots = {
  account: accountNumber({ asking: 'on_demand' }),
  phone: phone({ asking: 'on_demand', onFile: false }),
  code: code(),
  /** Who one says to be for a proof is not who reports the next thing: it does not go along. */
  claimed: name(),
  /** To be let go: one of the customer's own. */
  own: ownAccount({ asking: 'on_demand' }),
  sign: sign(['unbind', 'lookup', 'lacks', 'change_phone', 'list']),
  whose: sign(['relative']),
  tail: sign(['tail']),
  sms: sign(['resend', 'missing']),
  resend: yesNo(),
  sure: yesNo(),
};

const says = [
  'sent',
  'soon',
  'locked',
  'wrong',
  'expired',
  'missing',
  'late',
  'later',
  'bound',
  'already',
  'unbind.sure',
  'unbound',
  'kept',
  'none',
  'lookup',
  'change_phone',
  'list',
  'list.row',
  'relative',
  'tail',
  'number.first',
  'account.which',
] as const;
type Bind = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  binds: true,
  needs: () => [],
  before(turn) {
    const { slots, say } = turn;
    if (slots.sign === 'lookup' || slots.sign === 'lacks') return lookUp(turn);
    if (slots.sign === 'change_phone') {
      say(slots.sign, {}, ['go.hall.query', 'button.person']);
      return giveUp(turn);
    }
    if (slots.sign === 'list') return list(turn);
    return slots.sign === 'unbind' ? unbind(turn) : prove(turn);
  },
  finish() {},
});

/** Over without a proof: nothing is handed back to a dialog that waits for an account. */
function giveUp({ slots }: Bind): 'done' {
  slots.account = undefined;
  return 'done';
}

const tellsWho = ({ filled }: Bind) => filled.includes('phone') || filled.includes('claimed');

/** Where the number is written, and that nobody's is found by a name or a phone; a dialog that waits for it may still get it. */
async function lookUp(turn: Bind) {
  const { slots, memo, bound, waiting, say } = turn;
  // Theirs are listed first, masked.
  if (bound.length > 0 && !tellsWho(turn)) await list(turn);
  say(tellsWho(turn) ? 'number.first' : 'lookup', {}, ['go.hall.query', 'button.person']);
  if (!waiting && !memo.asked) return giveUp(turn);
  slots.sign = undefined;
  return { ask: 'account' } as const;
}

/** Of the family, but not the holder: who may. The end of a phone number proves nothing. */
function tellLimits({ filled, slots, memo, say }: Bind): void {
  memo.notOwn ||= filled.includes('whose');
  if (filled.includes('whose')) say('relative', {}, ['button.person']);
  if (filled.includes('tail') && !slots.phone) say('tail');
}

function askNumber(turn: Bind) {
  if (turn.memo.asked && tellsWho(turn)) turn.say('number.first', {}, ['button.person']);
  turn.memo.asked = true;
  return { ask: 'account' } as const;
}

async function prove(turn: Bind) {
  const { slots, memo, bound, say } = turn;
  if (slots.code && !memo.sent) {
    say('late', {}, ['go.account.bind', 'button.person']);
    return giveUp(turn);
  }
  tellLimits(turn);
  if (!slots.account) return askNumber(turn);
  if (bound.includes(slots.account)) {
    say(memo.sent ? 'bound' : 'already', await known(turn, slots.account));
    return 'done' as const;
  }
  if (!slots.phone) return { ask: 'phone' } as const;
  if (memo.sent !== `${slots.account} ${slots.phone.number}`) return send(turn, slots.account, slots.phone.number);
  if (slots.sms || slots.resend !== undefined) return again(turn, slots.account, slots.phone.number);
  if (!slots.code) return { ask: 'code' } as const;
  return tryCode(turn, slots.account, slots.code);
}

/** Wrong codes after which proving is locked for a while: see #identity. */
const mostWrong = 5;

async function tryCode(turn: Bind, account: string, typed: string) {
  const { slots, memo, say, proof } = turn;
  const tried = await proof.try(account, typed);
  slots.code = undefined;
  // The last wrong one that is allowed locks already.
  const result = tried === 'wrong' && Number(memo.wrong ?? 0) + 1 >= mostWrong ? 'locked' : tried;
  if (result === 'right') {
    say('bound', await known(turn, account));
    return 'done' as const;
  }
  memo.wrong = Number(memo.wrong ?? 0) + Number(result === 'wrong');
  say(result, { count: memo.wrong > 1 ? memo.wrong : undefined }, ['button.resend', 'button.person']);
  if (result !== 'locked') return { ask: result === 'wrong' ? 'code' : 'resend' } as const;
  memo.sent = false;
  return giveUp(turn);
}

/** «没收到», «重发一个», and the answer to an offer of another code. */
async function again(turn: Bind, account: string, contact: string) {
  const { slots, say } = turn;
  const { sms, resend } = slots;
  slots.sms = undefined;
  slots.resend = undefined;
  if (sms !== 'missing' && (sms || resend)) return send(turn, account, contact);
  if (sms) {
    say('missing', {}, ['button.resend', 'button.person']);
    return { ask: 'code' } as const;
  }
  say('later');
  return giveUp(turn);
}

async function send(turn: Bind, account: string, contact: string) {
  const { slots, memo, say, proof } = turn;
  slots.code = undefined;
  const result = await proof.ask(account, contact);
  say(result, { phone: maskDigits(contact) }, result === 'sent' ? [] : ['button.person']);
  if (result === 'soon' && memo.sent === `${account} ${contact}`) return { ask: 'code' } as const;
  if (result !== 'sent') return giveUp(turn);
  memo.sent = `${account} ${contact}`;
  return { ask: 'code' } as const;
}

/** What of the account its proven owner sees at once, masked all the same: others may look over a shoulder. */
async function known({ backend, attempt }: Bind, account: string) {
  const found = await attempt(() => backend.accounts.find(account));
  return {
    account: maskDigits(account),
    name: found && maskName(found.name),
    place: found && maskAddress(found.address),
  };
}

async function list(turn: Bind) {
  const { bound, say, word } = turn;
  const rows = await Promise.all(bound.map(async (number) => word('list.row', await known(turn, number))));
  if (bound.length === 0) say('none', {}, ['go.account.bind']);
  else say('list', { rows: rows.join('\n') });
  return giveUp(turn);
}

function unbind(turn: Bind) {
  const { slots, bound, say, proof } = turn;
  const account = slots.account ?? slots.own;
  if (bound.length === 0 || (account && !bound.includes(account))) {
    say('none', {}, ['go.account.bind']);
    return giveUp(turn);
  }
  if (!account) return { ask: 'own' } as const;
  if (slots.sure === undefined) {
    say('unbind.sure', { account: maskDigits(account) });
    return { ask: 'sure' } as const;
  }
  if (slots.sure) proof.unbind(account);
  say(slots.sure ? 'unbound' : 'kept', { account: maskDigits(account) });
  return giveUp(turn);
}
