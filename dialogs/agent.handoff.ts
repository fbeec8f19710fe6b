import { conversation } from '#conversation';

/** 转人工: a person, with a summary of what was said so that nothing has to be told twice. */
export default conversation({
  slots: {},
  says: ['waiting'],
  finish({ handoff, say }) {
    handoff('asked');
    say('waiting', {}, ['button.report', 'button.outage']);
  },
});
