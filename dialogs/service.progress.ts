import {
  account,
  choice,
  conversation,
  localDay,
  localTime,
  maskDigits,
  showDay,
  sign,
  type Turn,
} from '#conversation';

/** Which business is meant: the rest of an intent's id. */
const businesses = [
  'ev_charger',
  'transfer',
  'close',
  'tou',
  'household',
  'solar',
  'relocation',
  'meter',
  'capacity',
  'new_connection',
] as const;
const slots = { account: account(), which: choice(businesses, { asking: 'never' }), sign: sign(['urging']) };
const says = ['own.accepted', 'own.claimed', 'reminded', 'urged', 'none', 'none.such', 'at', 'late', 'over'] as const;
type Progress = Turn<typeof slots, (typeof says)[number]>;
type Applications = Awaited<ReturnType<Progress['backend']['accounts']['applications']>>;
type Application = Applications['applications'][number];

/** 业务进度: applications of the account with the step each is at, and the orders filed in this conversation, which need no proof. */
export default conversation({
  slots,
  says,
  needs: ({ memo, bound }) => (memo.own && bound.length === 0 ? [] : ['account']),
  async before(turn) {
    if (!turn.memo.looked) turn.memo.own = await tellOwn(turn);
    turn.memo.looked = true;
    return undefined;
  },
  async finish(turn) {
    const { slots, memo, say, backend } = turn;
    const number = slots.account;
    if (number === undefined) return;
    const { asOf, applications } = await backend.accounts.applications(number);
    const named = meant(turn, applications);
    const told = named.length > 0 || memo.own ? named : underWay(applications);
    if (slots.which && told !== named && told.length > 0)
      say('none.such', { what: turn.word(`choice.${slots.which}`) });
    for (const each of told) tell(turn, each, localTime(asOf));
    const facts = { account: maskDigits(number), asOf: localTime(asOf) };
    if (told.length === 0 && !memo.own) say('none', facts, ['go.hall.query', 'button.person']);
    if (told.length > 0 && slots.sign === 'urging') {
      turn.handoff('urged');
      say('urged');
    }
  },
});

/** Those of the business that was named; under way first, else the latest. */
function meant({ slots }: Progress, applications: readonly Application[]): readonly Application[] {
  const named = applications.filter(({ intent }) => !slots.which || intent === `service.${slots.which}`);
  const open = underWay(named);
  return open.length > 0 ? open : named.slice(0, 1);
}

const underWay = (applications: readonly Application[]) =>
  applications.filter(({ steps }) => steps.some(({ done }) => done === undefined)).slice(0, 3);

/** Orders of this conversation that the utility has not answered yet; urging attaches to them. */
async function tellOwn(turn: Progress): Promise<boolean> {
  const { slots, workorders, say, word } = turn;
  const orders = (await workorders.mine('service')).filter(
    ({ intent }) => !slots.which || intent === `service.${slots.which}`,
  );
  for (const { number, intent, createdAt, status, answerBy } of orders.slice(0, 3)) {
    const facts = { number, what: word(`go.${intent}`), at: localTime(createdAt), by: answerBy && showDay(answerBy) };
    say(status === 'claimed' ? 'own.claimed' : 'own.accepted', facts, ['button.person']);
  }
  const [newest] = orders;
  if (newest && slots.sign === 'urging') {
    workorders.remind(newest.number);
    say('reminded', { number: newest.number }, ['button.person']);
  }
  return orders.length > 0;
}

function tell({ now, say }: Progress, { name, number, steps, customerMust }: Application, asOf: string | undefined) {
  const done = steps.filter((step) => step.done !== undefined);
  const [current, ...later] = steps.filter((step) => step.done === undefined);
  const last = done.at(-1);
  if (!current) return say('over', { name, number, on: last?.done && showDay(last.done), asOf }, ['button.person']);
  const facts = {
    name,
    number,
    step: current.name,
    planned: showDay(current.planned),
    done: done.map((step) => `${step.name} ${showDay(step.done ?? step.planned)}`).join('、'),
    later: later.map((step) => `${step.name} ${showDay(step.planned)}`).join('、'),
    must: customerMust,
    asOf,
  };
  say('at', facts, ['button.person']);
  if (current.planned < localDay(now)) say('late', { step: current.name }, ['button.person']);
}
