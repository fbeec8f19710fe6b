import {
  amount,
  choice,
  conversation,
  name,
  nearby,
  type Outlet,
  pastTime,
  phone,
  photos,
  pile,
  placeOf,
  sign,
  station,
  type Turn,
  whereOf,
} from '#conversation';

/** 公共充电站: stations near a place with piles and prices; a pile that does not work and money to be given back become orders. */
const slots = {
  place: nearby(),
  issue: choice(['refund', 'fault'], { asking: 'never' }),
  station: station({ asking: 'refusable' }),
  pile: pile(),
  amount: amount(),
  startedAt: pastTime(),
  phone: phone(),
  name: name(),
  photos: photos(),
  sign: sign(['danger', 'stuck', 'home']),
};

const named = /充电站|服务区/;
const says = [
  'found',
  'none',
  'row',
  'tip.fault',
  'tip.stuck',
  'tip.refund',
  'home',
  'general',
  'filed',
  'filed.urgent',
  'stale',
] as const;
type Charging = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  needs: ({ slots, bound, waiting }) => {
    if (slots.sign === 'danger') return ['station'];
    if (slots.issue) return slots.issue === 'fault' ? ['station', 'pile', 'phone'] : ['station', 'phone'];
    return bound.length === 1 || waiting ? [] : ['place'];
  },
  // What smokes is reported at once.
  confirm: ({ slots }) => slots.issue !== undefined && slots.sign !== 'danger',
  before({ slots, memo, say }) {
    // Where to look is not yet which one: «莫干山路附近» has three.
    if (!slots.issue && !named.test(slots.station?.address ?? '')) slots.station = undefined;
    if (slots.sign === 'danger') slots.issue = 'fault';
    else if (slots.issue && memo.told !== slots.issue)
      say(slots.issue === 'refund' ? 'tip.refund' : slots.sign === 'stuck' ? 'tip.stuck' : 'tip.fault');
    memo.told = slots.issue ?? '';
    return undefined;
  },
  finish: (turn) => (turn.slots.issue ? file(turn) : stations(turn)),
});

async function stations(turn: Charging): Promise<void> {
  const { slots, bound, backend, say, word } = turn;
  const place = placeOf(slots.place) ?? (bound.length === 1 ? { accountNumber: bound[0] } : undefined);
  if (!place) return say('general');
  const found = await backend.directory.outlets(place, 'charging');
  const where = whereOf(slots.place, word);
  const rows = found.slice(0, 3).map((each, at) => word('row', rowOf(each, at + 1)));
  const home = slots.sign === 'home' ? word('home') : undefined;
  if (rows.length === 0) return say('none', { where }, ['button.person']);
  say('found', { where, rows: rows.join('\n'), home }, ['choice.fault', 'choice.refund', 'go.service.ev_charger']);
  if (found[0]?.stale) say('stale', { asOf: found[0].asOf });
}

const rowOf = ({ name: called, address: at, hours, offers }: Outlet, number: number) => ({
  ...{ number, name: called, address: at, hours, offers },
});

async function file({ slots, word, workorders, say }: Charging): Promise<void> {
  const urgent = slots.sign === 'danger';
  const { issue, station: site, pile: which, amount: yuan } = slots;
  const facts = {
    [word('slot.issue')]: issue && word(`choice.${issue}`),
    [word('slot.pile').split('|')[0] ?? '']: which,
    [word('slot.amount').split('|')[0] ?? '']: yuan === undefined ? undefined : String(yuan),
  };
  const told = Object.entries(facts).filter((each): each is [string, string] => each[1] !== undefined);
  const filed = await workorders.file({
    type: 'service',
    place: placeOf(site),
    phone: slots.phone?.number,
    name: slots.name,
    photos: slots.photos,
    startedAt: slots.startedAt?.start,
    startedGrain: slots.startedAt?.grain,
    urgent,
    facts: Object.fromEntries(told),
    marks: [...(slots.phone ? [] : ['no_phone']), ...(urgent ? ['danger'] : [])],
  });
  say(urgent ? 'filed.urgent' : 'filed', { number: filed.number, answerBy: filed.answerBy }, ['go.workorder.progress']);
}
