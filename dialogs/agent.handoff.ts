import { conversation, localClock } from '#conversation';

/** 转人工: a person, with a summary of what was said so that nothing has to be told twice. Outside their hours that is told. */
export default conversation({
  slots: {},
  says: ['waiting', 'waiting.closed', 'again', 'told', 'hours.from', 'hours.to'],
  async finish({ handoff, awaited, say, now, word }) {
    const again = await awaited();
    handoff('asked');
    if (again) return say('again');
    const hours = { from: word('hours.from'), to: word('hours.to') };
    const clock = localClock(now);
    const open = clock >= hours.from && clock < hours.to;
    say(open ? 'waiting' : 'waiting.closed', hours, ['button.report', 'button.outage']);
  },
});
