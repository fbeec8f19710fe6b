import { expect, test } from '@jest/globals';
import { storm } from './wechat/storm.ts';

// The whole of it, 10,000 messages and 10 kills, is tests/bench/wechat.ts.
test('500 messages, a fifth delivered twice, slow turns and 3 × kill -9: nothing lost, nothing doubled', async () => {
  const kills = 3;
  const figures = await storm({ messages: 500, users: 50, kills, duplicates: 0.2, slow: 0.05, atOnce: 16 });
  expect(figures).toMatchObject({ messages: 500, acknowledged: 500, lost: 0, doubleTurns: 0, doubledPassive: 0 });
  expect(figures.answeredByApi).toBeGreaterThan(5);
  // The customer-service API takes no idempotency key: the one in flight at a kill may be sent again.
  expect(figures.doubledSends).toBeLessThanOrEqual(kills);
}, 240_000);
