// `node tests/bench/tariff.ts [--bills 1000000]`: random bills against a walk through the kWh that shares no code with them, and how
// many bills a second one core makes. One JSON object on standard output.
import { parseArgs } from 'node:util';
import { bill, type PriceBook, type Usage } from '#tariff';
import { integrate } from '../tariff/integration.ts';
import { dice, randomBook, randomUsage } from '../tariff/random.ts';
import { book, books } from '../tariff/shipped.ts';

const { values } = parseArgs({ options: { bills: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.bills ?? 1_000_000);
const roll = dice(Number(values.seed ?? 1));
const cents = (yuan: string) => BigInt(yuan.replace('.', ''));

/** By the processor's time, not the clock's, and the best of several rounds: other programs share the machine. */
function perSecond(cases: [Usage, PriceBook][]): number {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    for (let again = 0; again < 10; again++) for (const [usage, of] of cases) bill(usage, of);
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, (1e7 * cases.length) / (user + system));
  }
  return Math.round(best);
}

const sample = (of: readonly PriceBook[]) =>
  Array.from({ length: 10_000 }, (): [Usage, PriceBook] => {
    const each = roll.one(of);
    return [randomUsage(roll, each), each];
  });

const all = [...books, ...Array.from({ length: 2_000 }, (_, at) => randomBook(roll, `random-${at}`))];
let differences = 0;
let largest = 0n;
for (let at = 0; at < count; at++) {
  const of = roll.one(all);
  const usage = randomUsage(roll, of);
  const difference = cents(bill(usage, of).total) - integrate(usage, of);
  if (difference !== 0n) differences++;
  const size = difference < 0n ? -difference : difference;
  if (size > largest) largest = size;
}
const billsPerSecond = {
  zhejiang: perSecond(sample([book('浙江-居民阶梯-2025')])),
  shipped: perSecond(sample(books)),
  random: perSecond(sample(all)),
};
process.stdout.write(
  `${JSON.stringify({ bills: count, differences, largestCents: Number(largest), billsPerSecond })}\n`,
);
