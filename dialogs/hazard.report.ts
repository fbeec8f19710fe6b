import { address, conversation, faultKind, name, phone, photos, placeOf, sign, type Turn, things } from '#conversation';

/** 安全隐患: a danger in public. The safety words come first (the bot says them); the order is filed as soon as the place is known. */
const slots = {
  place: address({ onFile: false }),
  kind: faultKind({ asking: 'never' }),
  phone: phone({ asking: 'never' }),
  name: name(),
  photos: photos(),
  /** A hole, not a wire. */
  cover: sign(['cover']),
  thing: things('thing', { asking: 'never' }),
  away: sign(['outdoors', 'away']),
  same: sign(['same']),
};

const says = [
  'keep.away',
  'keep.off',
  'already',
  'already.other',
  'raised',
  'filed',
  'filed.vague',
  'leave.phone',
] as const;
type Hazard = Turn<typeof slots, (typeof says)[number]>;

export default conversation({
  slots,
  says,
  danger: 'begins',
  /** Any place will do for a start: a crew that looks for it is better than none. */
  needs: () => ['place'],
  async before(turn) {
    const { slots, memo, dangers, say, workorders } = turn;
    if (dangers.length === 0 && !memo.warned) {
      memo.warned = true;
      say(slots.cover ? 'keep.off' : 'keep.away');
    }
    const known = await meant(turn);
    if (!known) return undefined;
    if (!(await workorders.reported(known))) {
      const [contact, urgent] = [slots.phone?.number, dangers.length > 0];
      const told = { place: placeOf(slots.place), phone: contact, name: slots.name, photos: slots.photos, urgent };
      await workorders.file({ type: 'hazard', ...told });
      say('already.other');
      return 'done';
    }
    if (dangers.length > 0) workorders.raise(known.number);
    else workorders.remind(known.number);
    say(known.urgent ? 'already' : 'raised', { number: known.number });
    return 'done';
  },
  async finish({ slots: { place, kind, phone: contact, name: caller, photos: pictures }, dangers, say, workorders }) {
    const vague = !slots.place.enough?.(place ?? { source: 'said' });
    const marks = [!contact && 'no_phone', dangers.length > 0 && 'danger', vague && 'address_incomplete'];
    const filed = await workorders.file({
      type: 'hazard',
      place: placeOf(place),
      faultKind: dangers.includes('fallen_wire') ? 'line_down' : kind,
      phone: contact?.number,
      name: caller,
      photos: pictures,
      urgent: true,
      marks: marks.filter((mark) => typeof mark === 'string'),
    });
    say('filed', { number: filed.number, minutes: filed.arriveMinutes });
    if (vague) say('filed.vague');
    if (!contact) say('leave.phone');
  },
});

/**
 * The open order that tells of this danger already. Where no place was said it is one of this customer's own: a danger elsewhere, or
 * of another thing than the order tells of, is an order of its own, and so is any danger beside an order that no crew drives to.
 */
async function meant({ slots, dangers, workorders }: Hazard) {
  if (slots.place) return (await workorders.known('hazard', placeOf(slots.place)))[0];
  const orders = await workorders.mine();
  const elsewhere = slots.away !== undefined || dangers.includes('fallen_wire');
  const same = (thing: string, description = '') => thing.split('、').some((each) => description.includes(each));
  return orders.find(({ type, description }) => {
    if (slots.same) return type === 'hazard' || type === 'fault';
    if (type === 'hazard') return !slots.thing || same(slots.thing, description);
    return type === 'fault' && !elsewhere;
  });
}
