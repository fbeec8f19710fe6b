import { address, conversation, faultKind, name, phone, photos, placeOf } from '#conversation';

/** 安全隐患: a danger in public. The safety words come first (the bot says them); the order is filed as soon as the place is known. */
export default conversation({
  slots: {
    place: address(),
    kind: faultKind({ asking: 'never' }),
    phone: phone({ asking: 'never' }),
    name: name(),
    photos: photos(),
  },
  says: ['keep.away', 'already', 'filed', 'leave.phone'],
  danger: 'begins',
  async before({ slots, memo, dangers, say, workorders }) {
    if (dangers.length === 0 && !memo.warned) {
      memo.warned = true;
      say('keep.away');
    }
    const [known] = await workorders.known('hazard', placeOf(slots.place));
    const [own] = slots.place ? [] : await workorders.known('fault');
    const order = known ?? (own?.urgent ? own : undefined);
    if (!order) return undefined;
    workorders.remind(order.number);
    say('already', { number: order.number });
    return 'done';
  },
  async finish({ slots, dangers, say, workorders }) {
    const filed = await workorders.file({
      type: 'hazard',
      place: placeOf(slots.place),
      faultKind: slots.kind,
      phone: slots.phone?.number,
      name: slots.name,
      photos: slots.photos,
      urgent: true,
      marks: [...(slots.phone ? [] : ['no_phone']), ...(dangers.length ? ['danger'] : [])],
    });
    say('filed', { number: filed.number, minutes: filed.arriveMinutes });
    if (!slots.phone) say('leave.phone');
  },
});
