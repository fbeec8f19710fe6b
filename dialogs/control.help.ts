import { choice, conversation } from '#conversation';

/** 帮助: a menu by topic; a topic shows what can be begun there. The titles of the topics are signs that begin this dialog again. */
const begins = {
  supply: ['go.fault.report', 'go.outage.query', 'go.hazard.report', 'go.workorder.progress'],
  money: ['go.bill.query', 'go.bill.pay', 'go.price.query', 'go.usage.query'],
  business: ['go.service.new_connection', 'go.service.ev_charger', 'go.service.transfer', 'go.service.progress'],
  voice: ['go.complaint', 'go.theft.report', 'go.feedback', 'button.person'],
} as const;
const topics = ['supply', 'money', 'business', 'voice'] as const;

export default conversation({
  slots: { topic: choice(topics, { asking: 'never' }) },
  says: ['menu', 'menu.supply', 'menu.money', 'menu.business', 'menu.voice'],
  finish({ slots: { topic }, say }) {
    if (topic) return say(`menu.${topic}`, {}, begins[topic]);
    say('menu', {}, [...topics.map((each) => `choice.${each}`), 'button.person']);
  },
});
