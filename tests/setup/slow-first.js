import Sequencer from '@jest/test-sequencer';

/** Each of these takes longer than most others together, whatever the size of its file; the last is the longest. */
const slow = [
  'channels/web.webchat',
  'studio/customers',
  'server/stop',
  'identity/identity',
  'channels/wechat.product',
  'channels/web.protocol',
  'channels/web.clients',
  'channels/wechat.kill',
  'widget/failures',
  'widget/server',
  'studio/console',
  'desk/console',
  'crash/kill',
];

/** The longest suites first, so that no worker is left with one at the end: a fresh clone has no timings for jest to go by. */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => slow.findIndex((name) => path.includes(name));
    return super.sort(tests).sort((one, other) => place(other) - place(one));
  }
}
