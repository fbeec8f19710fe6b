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
    for (let at = 0; at < 20_000; at++) {
      const book = roll.one(all);
      const usage = randomUsage(roll, book);
      const { total, lines } = bill(usage, book);
      const walked = integrate(usage, book);
      if (cents(total) !== walked)
        throw new Error(`${total} against ${walked} cents: ${JSON.stringify({ usage, book })}`);
      if (lines.reduce((sum, line) => sum + cents(line.amount), 0n) !== walked)
        throw new Error(`The lines do not add up: ${JSON.stringify(lines)}`);
    }
    expect.assertions(0);
  });
});
