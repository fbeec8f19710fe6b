import { conversation, localTime, maskPlace, sign, type Turn } from '#conversation';

/**
 * 工单进度: how far this customer's own orders are, of every kind. Urging attaches to the open order; urged twice or overdue, a
 * person looks after it.
 */
const types = ['complaint', 'hazard', 'theft', 'claim', 'dispute', 'feedback', 'service', 'fault'] as const;
const slots = { urging: sign(['urging']), about: sign(types), news: sign(['restored', 'photo']) };

const says = [
  'none',
  'none.such',
  'other',
  'accepted',
  'claimed',
  'closed',
  'cancelled',
  'answer.accepted',
  'answer.claimed',
  'several',
  'reminded',
  'restored',
  'photo',
  'overdue',
  'again',
  'over',
  'status.accepted',
  'status.claimed',
  'status.closed',
  'status.cancelled',
  'late',
  'joined',
] as const;
type Progress = Turn<typeof slots, (typeof says)[number]>;
type Joined = NonNullable<Awaited<ReturnType<Progress['workorders']['joined']>>>;
type Order = Awaited<ReturnType<Progress['workorders']['history']>>[number];

/** An order's number holds its day, unit and running number; its end is enough to name it. */
const numbered = /\d{4,20}/g;

export default conversation({
  slots,
  says,
  follows: true,
  async finish(turn) {
    const { slots, say, text, question, workorders } = turn;
    const all = await workorders.history();
    const named = text.match(numbered) ?? [];
    const meant = all.filter(({ number }) => named.some((digits) => number.endsWith(digits)));
    if (meant.length === 0 && named.some((digits) => digits.length === 20)) return say('other', {}, ['button.person']);
    const joined = named.length === 0 ? await workorders.joined() : undefined;
    if (joined) return tellJoined(turn, joined);
    const open = all.filter(isOpen);
    const kind = open.filter(({ type }) => type === slots.about);
    const shown = [meant, kind, open, all.slice(0, 1)].find((some) => some.length > 0) ?? [];
    if (named.length === 0 && isMissing(turn, all)) return noneSuch(turn);
    const [first] = shown;
    if (!first) return say('none', {}, ['button.report', 'button.person']);
    if (slots.news && isOpen(first) && !question) return hearNews(turn, first);
    if (slots.urging) return urge(turn, mostDue(shown));
    if (shown.length > 1) return list(turn, shown);
    tell(turn, first);
  },
});

/** Kinds that nothing else is called by: a complaint asked for is not answered with an application. */
const telling: readonly (string | undefined)[] = ['complaint', 'theft', 'claim', 'dispute', 'feedback'];
const begun = {
  complaint: 'complaint',
  theft: 'theft.report',
  claim: 'claim.damage',
  dispute: 'bill.dispute',
  feedback: 'feedback',
};

const isMissing = ({ slots }: Progress, all: readonly Order[]) =>
  all.length > 0 && telling.includes(slots.about) && !all.some(({ type }) => type === slots.about);

function noneSuch({ slots, say, word }: Progress): void {
  const about = slots.about as keyof typeof begun;
  say('none.such', { what: word(`kind.${about}`) }, [`go.${begun[about]}`, 'button.progress', 'button.person']);
}

/** The order of somebody else at this customer's place: how far it is, and that what is said now is passed on. */
function tellJoined({ slots, say, word, workorders }: Progress, { number, status, arriveBy }: Joined): void {
  if (slots.urging || slots.news) workorders.note(number);
  say('joined', { status: word(`status.${status}`), arrive: localTime(arriveBy) }, ['button.person']);
}

/** «好像好了»: staff ask whether the crew is still needed. «我有照片»: may be sent right here. */
function hearNews({ slots, say, workorders }: Progress, { number }: Order): void {
  if (slots.news === 'restored') workorders.note(number, 'restored');
  say(slots.news ?? 'photo', { number });
}

const isOpen = ({ status }: Order) => status === 'accepted' || status === 'claimed';

/** A crew's hour, or the end of the day by which the answer was promised. */
const dueAt = ({ arriveBy, answerBy }: Order) =>
  Date.parse(arriveBy ?? (answerBy ? `${answerBy}T23:59:59+08:00` : '9999-12-31'));

const isLate = ({ now }: Progress, order: Order) => isOpen(order) && dueAt(order) < now.getTime();

/** Of several the one that should have been dealt with first; the newest of those that are due alike. */
function mostDue(orders: readonly Order[]): Order {
  return orders.reduce((first, next) => (dueAt(next) < dueAt(first) ? next : first), orders[0] as Order);
}

function factsOf(turn: Progress, order: Order) {
  const { number, type, createdAt, arriveBy, answerBy } = order;
  const late = isLate(turn, order);
  return {
    number,
    what: turn.word(`kind.${type}`),
    place: maskPlace(order),
    at: localTime(createdAt),
    arrive: late ? undefined : localTime(arriveBy),
    minutes: late || !arriveBy ? undefined : Math.round((Date.parse(arriveBy) - Date.parse(createdAt)) / 60_000),
    answer: late || !answerBy ? undefined : localTime(`${answerBy}T00:00:00+08:00`)?.split(' ')[0],
    late: late ? turn.word('late') : undefined,
  };
}

function tell(turn: Progress, order: Order): void {
  const { status, arriveBy } = order;
  const key = isOpen(order) && !arriveBy ? (`answer.${status}` as 'answer.accepted') : status;
  turn.say(
    key,
    factsOf(turn, order),
    isOpen(order) ? ['button.urge', 'button.person'] : ['button.report', 'button.person'],
  );
}

function list(turn: Progress, orders: readonly Order[]): void {
  const lines = orders.slice(0, 5).map((order) => {
    const status = turn.word(isLate(turn, order) ? 'late' : `status.${order.status}`);
    return [order.number, turn.word(`kind.${order.type}`), maskPlace(order), status].filter(Boolean).join(' · ');
  });
  turn.say('several', { count: orders.length, lines: lines.join('\n') }, ['button.urge', 'button.person']);
}

function urge(turn: Progress, order: Order) {
  const { say, workorders, handoff } = turn;
  if (!isOpen(order)) return say('over', factsOf(turn, order), ['button.report', 'button.person']);
  const escalate = isLate(turn, order) || order.reminders > 0;
  workorders.remind(order.number, escalate);
  const facts = { number: order.number, what: turn.word(`kind.${order.type}`) };
  if (order.marks.includes('escalated')) return say('again', facts, ['button.person']);
  if (!escalate) return say('reminded', factsOf(turn, order), ['button.person']);
  handoff('urged');
  say('overdue', facts);
}
