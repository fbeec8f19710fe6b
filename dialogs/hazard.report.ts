import { address, conversation, faultKind, name, phone, photos, placeOf, sign } from '#conversation';

/** 安全隐患: a danger in public. The safety words come first (the bot says them); the order is filed as soon as the place is known. */
const slots = {
  place: address({ onFile: false }),
  kind: faultKind({ asking: 'never' }),
  phone: phone({ asking: 'never' }),
  name: name(),
  photos: photos(),
  /** A hole, not a wire. */
  cover: sign(['cover']),
};

export default conversation({
  slots,
  says: ['keep.away', 'keep.off', 'already', 'already.other', 'raised', 'filed', 'filed.vague', 'leave.phone'],
  danger: 'begins',
  /** Any place will do for a start: a crew that looks for it is better than none. */
  needs: () => ['place'],
  async before({ slots, memo, dangers, say, workorders }) {
    if (dangers.length === 0 && !memo.warned) {
      memo.warned = true;
      say(slots.cover ? 'keep.off' : 'keep.away');
    }
    const [known] = slots.place ? await workorders.known('hazard', placeOf(slots.place)) : await workorders.mine();
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
      faultKind: kind,
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
