import { address, conversation, localTime, placeOf } from '#conversation';

/** 停电查询: what is known of outages at a place, with the time it was known; «暂未查询到» is not «没有停电». */
export default conversation({
  slots: { place: address() },
  says: ['running', 'announced', 'unknown', 'reported'],
  async before({ slots, say, workorders }) {
    const [order] = slots.place ? [] : await workorders.mine();
    if (!order) return undefined;
    say('reported', { number: order.number, place: order.address, arrive: localTime(order.arriveBy) });
    return 'done';
  },
  async finish({ slots, say, backend }) {
    const { asOf, outages } = await backend.outages.at(placeOf(slots.place) ?? {});
    const told = outages.filter(({ stage }) => stage !== 'restored' && stage !== 'cancelled');
    for (const { where, cause, startsAt, endsAt, stage } of told) {
      const facts = { where, cause, from: localTime(startsAt), back: localTime(endsAt), asOf: localTime(asOf) };
      say(stage === 'announced' ? 'announced' : 'running', facts, ['button.report']);
    }
    if (told.length === 0) say('unknown', { asOf: localTime(asOf) }, ['button.report', 'button.person']);
  },
});
