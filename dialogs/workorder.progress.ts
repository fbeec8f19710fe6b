import { conversation, localTime, sign } from '#conversation';

/** 工单进度: how far this customer's own orders are. Urging attaches to the open order and opens no new one. */
export default conversation({
  slots: { sign: sign() },
  says: ['none', 'accepted', 'claimed', 'reminded'],
  async finish({ slots, say, workorders }) {
    const [order] = await workorders.mine();
    if (!order) return say('none', {}, ['button.report', 'button.person']);
    const facts = { number: order.number, at: localTime(order.createdAt), place: order.address };
    say(order.status === 'claimed' ? 'claimed' : 'accepted', facts);
    if (slots.sign !== 'urging') return;
    workorders.remind(order.number);
    say('reminded', {}, ['button.person']);
  },
});
