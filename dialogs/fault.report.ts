import {
  address,
  conversation,
  faultKind,
  isSeveral,
  localTime,
  maskPlace,
  type Next,
  name,
  pastTime,
  phone,
  photos,
  placeOf,
  sign,
  type Turn,
  yesNo,
} from '#conversation';

/** Signs that a self-check of the customer's own side answers; the texts are `check.<sign>`. */
const checks = [
  'only_me',
  'breaker_tripped',
  'breaker_wont_hold',
  'breaker_fine',
  'meter_yellow',
  'neighbours_out',
  'fee',
  'arrival',
] as const;
/** 故障报修: what is out, where, a number to call; a known outage is told first, simple checks are offered, then an order. */
const slots = {
  kind: faultKind(),
  place: address(),
  phone: phone(),
  startedAt: pastTime(),
  name: name(),
  photos: photos(),
  sign: sign(['notify', ...checks, 'restored']),
  again: sign(['again']),
  same: yesNo({ signs: { yes: 'same', no: 'other' }, plain: true }),
  insist: yesNo({ buttons: ['button.insist', 'button.wait'], signs: { yes: 'insist', no: 'wait' } }),
};

const says = [
  'already',
  'already.mine',
  'already.added',
  'outage',
  'outage.wait',
  'restored',
  'notify',
  'once.more',
  'check.home',
  'check.only_me',
  'check.breaker_tripped',
  'check.breaker_wont_hold',
  'check.breaker_fine',
  'check.meter_yellow',
  'check.neighbours_out',
  'check.high_voltage',
  'check.fee',
  'time',
  'raised',
  'filed.people',
  'filed.vague',
  'filed',
  'filed.quality',
  'filed.urgent',
  'filed.no_phone',
  'hurry',
] as const;
type Fault = Turn<typeof slots, (typeof says)[number]>;
type Ask = Next<keyof typeof slots & string>;

export default conversation({
  slots,
  says,
  danger: 'takes',
  confirm: ({ dangers }) => dangers.length === 0,
  needs: ({ dangers }) => (dangers.length > 0 ? ['place'] : undefined),
  async before(turn, upcoming) {
    const { slots } = turn;
    const several = isSeveral(slots.place?.address) || slots.sign === 'neighbours_out';
    if (slots.kind === 'no_power_home' && several) slots.kind = 'no_power_area';
    return (await reportedAlready(turn)) ?? (await knownOutage(turn)) ?? selfCheck(turn, upcoming);
  },
  async finish(turn) {
    const { slots, dangers, memo, say, workorders } = turn;
    const urgent = dangers.length > 0;
    const vague = !address().enough?.(slots.place ?? { source: 'said' });
    const marks = [
      !slots.phone && 'no_phone',
      urgent && 'danger',
      vague && 'address_incomplete',
      memo.outage && 'in_known_outage',
      slots.again && 'repeat',
    ];
    const filed = await workorders.file({
      type: 'fault',
      place: placeOf(slots.place),
      faultKind: slots.kind ?? kindOf(dangers),
      phone: slots.phone?.number,
      name: slots.name,
      startedAt: slots.startedAt?.start,
      startedGrain: slots.startedAt?.grain,
      photos: slots.photos,
      urgent,
      marks: marks.filter((mark) => typeof mark === 'string'),
    });
    if (filed.already) return say('already.added', { number: filed.own ? filed.number : undefined });
    const promise = { number: filed.number, minutes: filed.arriveMinutes, hours: filed.restoreHours };
    const people = dangers.every((danger) => danger === 'medical' || danger === 'trapped');
    const grave = people ? 'filed.people' : 'filed.urgent';
    say(urgent ? grave : receiptOf(slots.kind), promise, ['button.progress']);
    if (vague) say('filed.vague');
    if (!slots.phone) say('filed.no_phone');
  },
});

/** The voltage is measured, not «restored within hours»: the network may have to be rebuilt. */
const receiptOf = (kind: Fault['slots']['kind']) =>
  kind === 'low_voltage' || kind === 'high_voltage' || kind === 'flicker' ? 'filed.quality' : 'filed';

/** What a danger tells of the fault where nothing else does. */
function kindOf(dangers: Fault['dangers']): NonNullable<Fault['slots']['kind']> {
  if (dangers.some((danger) => danger === 'fire' || danger === 'smoke' || danger === 'sparks')) return 'equipment_fire';
  return dangers.includes('fallen_wire') ? 'line_down' : 'other';
}

/** A second report of the same fault reminds the crew; it is no second order. */
async function reportedAlready(turn: Fault): Promise<Ask> {
  const { slots, memo, say, workorders, dangers } = turn;
  if (slots.same === true) {
    workorders.remind(String(memo.order));
    say('hurry', { number: memo.order as string });
    return 'done';
  }
  const place = placeOf(slots.place);
  if (slots.same === false && !place) return undefined;
  const [order] = await workorders.known('fault', place, slots.kind);
  if (!order || (memo.distinct && !place)) return undefined;
  if (place) return repeated(turn, order.number, await workorders.reported(order));
  if (dangers.length > 0) return repeated(turn, order.number, true);
  if (memo.order) return undefined;
  memo.order = order.number;
  memo.distinct = true;
  say('already.mine', { number: order.number, place: maskPlace(order) });
  return { ask: 'same' };
}

/** The customer's own order is urged, or made urgent; to a neighbour's this customer's words and contact are added. */
async function repeated(turn: Fault, number: string, own: boolean): Promise<Ask> {
  const { slots, dangers, say, workorders } = turn;
  if (!own) {
    await workorders.file({
      type: 'fault',
      place: placeOf(slots.place),
      faultKind: slots.kind,
      phone: slots.phone?.number,
      name: slots.name,
      photos: slots.photos,
      urgent: dangers.length > 0,
    });
    say('already.added');
  } else if (dangers.length > 0) {
    workorders.raise(number);
    say('raised', { number });
  } else {
    workorders.remind(number);
    say('already', { number });
  }
  return 'done';
}

/** Tell what is known before any question; a second fault inside an outage is real, so reporting stays possible. */
async function knownOutage(turn: Fault): Promise<Ask> {
  const { slots, memo, say, backend, attempt, subscribe, dangers } = turn;
  if (slots.insist === false) {
    subscribe('outage', slots.place?.accountNumber, placeOf(slots.place));
    say('outage.wait');
    return 'done';
  }
  const supply = slots.kind === undefined || slots.kind === 'no_power_home' || slots.kind === 'no_power_area';
  const place = placeOf(slots.place);
  if (!place || !supply || dangers.length > 0 || slots.insist) return undefined;
  if (memo.outage) return memo.insistAgain ? undefined : askAgain(memo);
  if (memo.unseen) return undefined;
  const found = await attempt(() => backend.outages.at(place));
  // A system that is down keeps nobody from reporting, and nobody waits for it twice.
  if (!found) memo.unseen = true;
  const { asOf, outages } = found ?? { asOf: undefined, outages: [] };
  const outage = outages.find(({ stage }) => stage === 'running' || stage === 'delayed');
  if (!outage) return undefined;
  memo.outage = outage.id;
  say('outage', { where: outage.where, cause: outage.cause, back: localTime(outage.endsAt), asOf: localTime(asOf) });
  return { ask: 'insist' };
}

/** A question in between is no «仍要报修»: the choice is put once more, then the report goes on. */
function askAgain(memo: Fault['memo']): Ask {
  memo.insistAgain = true;
  return { ask: 'insist' };
}

/** The triage of a fault that may be the customer's own: advice beside the form, never a hurdle before it. */
function selfCheck(turn: Fault, upcoming: string): Ask {
  const { slots, memo, say, dangers, question, subscribe } = turn;
  if (slots.sign === 'notify' && slots.place) {
    subscribe('outage', slots.place?.accountNumber, placeOf(slots.place));
    slots.sign = undefined;
    say('notify');
  }
  if (slots.again && !memo.again) {
    memo.again = true;
    say('once.more');
  }
  if (slots.sign === 'restored' && !question) {
    say('restored');
    return 'done';
  }
  if (dangers.length === 0) advise(turn, upcoming);
  return undefined;
}

function advise({ slots, memo, say }: Fault, upcoming: string): void {
  if (slots.kind === 'high_voltage' && !memo.high) {
    memo.high = true;
    say('check.high_voltage');
  }
  const check = checks.find((each) => each === slots.sign);
  if (check && !memo[check]) {
    memo[check] = true;
    memo.checked = true;
    say(check === 'arrival' ? 'time' : `check.${check}`);
  } else if (upcoming === 'confirm' && !memo.checked && (slots.kind === 'no_power_home' || slots.kind === 'tripping')) {
    say('check.home');
  }
  memo.checked ||= upcoming === 'confirm';
}
