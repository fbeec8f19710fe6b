import { address, conversation, localDay, name, pastTime, phone, photos, placeOf, sign, told } from '#conversation';

/**
 * 窃电举报: what, where, since when and how it was seen; anonymous on request. Who reports is kept apart from the order. Slots have
 * names of their own, so that nothing told before (a place, a phone) slips in unasked.
 */
const slots = {
  seen: told({ asking: 'refusable', atLeast: 4 }),
  where: address({ onFile: false }),
  since: pastTime(),
  contact: phone({ onFile: false, buttons: ['button.anonymous'] }),
  name: name(),
  anonymous: sign(['anonymous']),
  reward: sign(['reward']),
  photos: photos(),
};

export default conversation({
  slots,
  says: ['reward', 'filed', 'filed.anonymous', 'filed.vague', 'since', 'unnamed'],
  sealed: true,
  confirm: true,
  needs: ({ slots }) => (slots.anonymous ? ['seen', 'where'] : undefined),
  before({ slots, memo, say }) {
    // Later on it is answered as any question about the form is.
    if (slots.reward && !memo.begun) say('reward');
    memo.begun = true;
    if (!slots.anonymous) return undefined;
    if (memo.anonymous && slots.contact) {
      slots.anonymous = undefined;
      memo.anonymous = false;
    } else if (!memo.anonymous) {
      memo.anonymous = true;
      if (slots.contact || slots.name) say('unnamed');
      slots.contact = undefined;
      slots.name = undefined;
    }
    return undefined;
  },
  async finish({ slots: told, say, staffWord, workorders }) {
    const vague = !slots.where.enough?.(told.where ?? { source: 'said' });
    const anonymous = told.anonymous !== undefined || told.contact === undefined;
    const filed = await workorders.file({
      type: 'theft',
      anonymous,
      place: placeOf(told.where),
      phone: told.contact?.number,
      name: anonymous ? undefined : told.name,
      startedAt: told.since?.start,
      startedGrain: told.since?.grain,
      photos: told.photos,
      words: told.seen,
      facts: told.since ? { [staffWord('since')]: localDay(new Date(told.since.start)) } : {},
      marks: vague ? ['address_incomplete'] : [],
    });
    say(anonymous ? 'filed.anonymous' : 'filed', { number: filed.number, answerBy: filed.answerBy });
    if (vague) say('filed.vague');
  },
});
