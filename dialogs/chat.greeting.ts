import { conversation, localClock } from '#conversation';

/** 问候, by the time of day. */
export default conversation({
  slots: {},
  says: ['morning', 'day', 'evening', 'night'],
  finish({ now, say }) {
    const clock = localClock(now);
    const day = clock < '05:00' ? 'night' : clock < '11:00' ? 'morning' : clock < '18:00' ? 'day' : 'evening';
    say(day, {}, ['button.report', 'button.outage', 'go.control.help']);
  },
});
