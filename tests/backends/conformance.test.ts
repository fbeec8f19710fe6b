import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Backend, demoBackend, httpBackend, readMapping } from '#backends';
import { accounts, conformance, now, questions } from './conformance.ts';
import { openStandIn, type StandIn } from './stand-in.ts';

const clock = () => new Date(now);
const mapping = readMapping(fileURLToPath(new URL('../../src/backends/http/example.yml', import.meta.url)));
const demo = demoBackend(clock);

async function overHttp() {
  const standIn = await openStandIn(demo);
  const log = { warn: () => {} };
  const backend = httpBackend({ mapping, baseUrl: standIn.baseUrl, token: 'secret', clock, log, timeout: 20_000 });
  return { backend, standIn, close: standIn.close };
}

conformance('the demo', async () => ({ backend: demo }));
conformance('an adapter over HTTP', overHttp);

let http: Backend;
let standIn: StandIn;
beforeAll(async () => {
  ({ backend: http, standIn } = await overHttp());
});
afterAll(() => standIn.close());

test('both adapters answer every question alike', async () => {
  for (const [question, ask] of Object.entries(questions)) {
    const [one, other] = [await ask(demo), await ask(http)];
    expect({ question, answer: other }).toEqual({ question, answer: one });
  }
});

const month = fc
  .record({ year: fc.integer({ min: 2024, max: 2026 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`);

test('both adapters answer any period of any account alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...accounts), month, month, async (number, from, to) => {
      expect(await http.bills.months(number, from, to)).toEqual(await demo.bills.months(number, from, to));
      expect(await http.bills.neighbours(number, to)).toEqual(await demo.bills.neighbours(number, to));
      const days = [`${from}-05`, `${to}-20`] as const;
      expect(await http.bills.daily(number, ...days)).toEqual(await demo.bills.daily(number, ...days));
    }),
    { numRuns: 30 },
  );
});

test('the token goes in the header that the mapping names', () => {
  expect(standIn.seen.every(({ headers }) => headers['x-gateway-token'] === 'secret')).toBe(true);
});
