import { describe, expect, test } from '@jest/globals';
import { bill } from '#tariff';
import { integrate } from './integration.ts';
import { dice, randomBook, randomUsage } from './random.ts';
import { books } from './shipped.ts';

const cents = (yuan: string) => BigInt(yuan.replace('.', ''));

describe('bills against a walk through the kWh that shares no code with them', () => {
  test('20,000 random bills, not a cent of difference', () => {
    const roll = dice(20_261_123);
    const all = [...books, ...Array.from({ length: 300 }, (_, at) => randomBook(roll, `random-${at}`))];
    const different: unknown[] = [];
    for (let at = 0; at < 20_000; at++) {
      const book = roll.one(all);
      const usage = randomUsage(roll, book);
      const { total, lines } = bill(usage, book);
      const walked = integrate(usage, book);
      const added = lines.reduce((sum, { amount }) => sum + cents(amount), 0n);
      if (cents(total) !== walked || added !== walked)
        different.push({ usage, book, total, walked: String(walked), lines });
    }
    expect(different).toEqual([]);
  });
});
