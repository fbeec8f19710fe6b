import { expect, test } from '@jest/globals';
import { broadcast } from './broadcast.ts';

test('killed twice on the way, every follower gets the notice, and gets it once', async () => {
  const { counted, by, ...figures } = await broadcast({ receivers: 600, kills: 2 });
  expect({ counted, by }).toEqual({ counted: 600, by: expect.anything() });
  expect(figures).toMatchObject({ handedOver: 600, missed: 0, doubled: 0 });
  // Receipts that came while nobody was up are lost, as they are with WeChat.
  expect((by.delivered ?? 0) + (by.sent ?? 0)).toBe(600);
}, 180_000);
