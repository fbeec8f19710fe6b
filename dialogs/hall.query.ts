import { choice, conversation, nearby, type Outlet, placeOf, signs, type Turn, whereOf } from '#conversation';

/** 营业网点: halls near a place or of a district with their hours; banks and agents; what to bring in general. */
const slots = {
  place: nearby(),
  kind: choice(['bank', 'agent', 'hall'], { asking: 'never' }),
  about: signs(['bring', 'weekend', 'holiday', 'offers']),
};

const says = [
  'near',
  'none',
  'row',
  'offers',
  'bring',
  'weekend',
  'holiday',
  'online',
  'online.pay',
  'general',
  'stale',
] as const;
type Halls = Turn<typeof slots, (typeof says)[number]>;

const about = ({ slots }: Halls, what: 'bring' | 'weekend' | 'holiday' | 'offers') => slots.about?.includes(what);

export default conversation({
  slots,
  says,
  // Whose only account is known need not say where: halls near it are told.
  needs: ({ bound, waiting }) => (bound.length === 1 || waiting ? [] : ['place']),
  before(turn) {
    const { slots, memo, filled, say } = turn;
    // «那拱墅区呢» asks for halls, whatever was asked of the others.
    if (!memo.begun && !filled.includes('about')) slots.about = undefined;
    memo.begun = true;
    if (!about(turn, 'bring')) return undefined;
    say('bring', {}, ['choice.hall', 'button.person']);
    return filled.includes('place') ? undefined : 'done';
  },
  async finish(turn) {
    const { slots, bound, backend, say, word } = turn;
    const place = placeOf(slots.place) ?? (bound.length === 1 ? { accountNumber: bound[0] } : undefined);
    if (!place) return say('general');
    const kind = slots.kind ?? 'hall';
    const found = await backend.directory.outlets(place, kind);
    const facts = { where: whereOf(slots.place, word), kind: word(`choice.${kind}`) };
    if (found.length === 0) return say('none', facts, ['button.person']);
    const notes = (['weekend', 'holiday'] as const).filter((note) => about(turn, note)).map((note) => word(note));
    const rows = found.slice(0, 3).map((each, at) => rowOf(turn, each, at + 1));
    const online = word(kind === 'hall' ? 'online' : 'online.pay');
    say('near', { ...facts, rows: rows.join('\n'), note: notes.join('\n'), online }, more(kind));
    if (found[0]?.stale) say('stale', { asOf: found[0].asOf });
  },
});

const more = (kind: Outlet['kind']) =>
  kind === 'hall' ? ['choice.bank', 'choice.agent', 'go.bill.pay'] : ['choice.hall', 'go.bill.pay'];

function rowOf(turn: Halls, { name, address, hours, offers }: Outlet, at: number): string {
  const does = about(turn, 'offers') || at === 1 ? turn.word('offers', { offers }) : undefined;
  return turn.word('row', { at, name, address, hours, offers: does });
}
