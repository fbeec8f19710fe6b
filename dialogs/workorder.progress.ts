import { conversation, localTime, sign } from '#conversation';

/** 工单进度: how far this customer's own orders are. Urging attaches to the open order; urged twice or overdue, a person looks. */
export default conversation({
  slots: { sign: sign(['urging']) },
  says: ['none', 'accepted', 'claimed', 'reminded', 'overdue'],
  async finish({ slots, now, say, workorders, handoff }) {
    const [order] = await workorders.mine();
    if (!order) return say('none', {}, ['button.report', 'button.person']);
    const facts = { number: order.number, at: localTime(order.createdAt), place: order.address };
    say(order.status === 'claimed' ? 'claimed' : 'accepted', facts);
    if (slots.sign !== 'urging') return;
    workorders.remind(order.number);
    const late = order.arriveBy !== undefined && Date.parse(order.arriveBy) < now.getTime();
    if (!late && order.reminders < 1) return say('reminded', {}, ['button.person']);
    handoff('urged');
    say('overdue');
  },
});
