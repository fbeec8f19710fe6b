import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Backend, demoBackend, type HttpBackendOptions, httpBackend, readMapping } from '#backends';
import { BackendUnavailable } from '#errors';
import { openStandIn, type StandIn, type Trouble } from './stand-in.ts';

const mapping = readMapping(fileURLToPath(new URL('../../src/backends/http/example.yml', import.meta.url)));
const minute = 60_000;
const number = '3301000000025';

let at: number;
const clock = () => new Date(at);
const demo = demoBackend(() => new Date('2026-11-23T21:00:00+08:00'));
let standIn: StandIn;
let logged: object[];

const over = (options: Partial<HttpBackendOptions> = {}): Backend =>
  httpBackend({
    mapping,
    baseUrl: standIn.baseUrl,
    token: 'secret-token',
    clock,
    log: { warn: (facts) => void logged.push(facts) },
    timeout: 10_000,
    pause: 5,
    random: () => 0.5,
    ...options,
  });

beforeEach(async () => {
  at = Date.parse('2026-11-23T21:00:00+08:00');
  logged = [];
  standIn = await openStandIn(demo);
});
afterEach(() => standIn.close());

async function faultOf(answer: Promise<unknown>): Promise<BackendUnavailable> {
  const fault = await answer.then(
    (value) => new Error(`answered ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  expect(fault).toBeInstanceOf(BackendUnavailable);
  return fault as BackendUnavailable;
}

/** An address where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Short, where the system says nothing at all. */
const patience = (trouble: Trouble) => (trouble === 'silent' || trouble === 'trickle' ? { timeout: 120 } : {});

describe('whatever ails the system, nothing is invented', () => {
  const troubles: Trouble[] = [
    'status 500',
    'status 503',
    'status 401',
    'reset',
    'silent',
    'trickle',
    'half',
    'nonsense',
    'page',
    'empty',
    'huge',
    'busy',
    'other account',
    'other shape',
  ];

  test.each(troubles)('%s: every verb rejects within its time', async (trouble) => {
    const backend = over({ failures: 1000, maxBytes: 1_000_000, ...patience(trouble) });
    standIn.suffer(trouble);
    const { accounts, bills } = backend;
    for (const ask of [
      () => accounts.find(number),
      () => accounts.applications(number),
      () => bills.balance(number),
      () => bills.months(number, '2026-08', '2026-10'),
      () => bills.payments(number),
      () => bills.daily(number, '2026-11-01', '2026-11-10'),
      () => bills.neighbours(number, '2026-10'),
    ]) {
      const fault = await faultOf(ask());
      expect(['accounts', 'bills']).toContain(fault.area);
      expect(fault.mend).not.toBe('');
    }
  });

  test.each(['status 500', 'silent', 'half', 'page', 'other shape'] as Trouble[])(
    '%s: so do those that ask of no account',
    async (trouble) => {
      const { outages, prices, directory } = over({ failures: 1000, ...patience(trouble) });
      standIn.suffer(trouble);
      const place = { address: '竞舟小区8幢' };
      expect((await faultOf(outages.at(place))).area).toBe('outages');
      expect((await faultOf(prices.all())).area).toBe('prices');
      expect((await faultOf(directory.locate(place))).area).toBe('directory');
      await faultOf(directory.manager('文新网格'));
      await faultOf(directory.outlets(place));
      await faultOf(directory.gazetteer());
    },
  );

  test('nobody listens', async () => {
    const fault = await faultOf(over({ baseUrl: await nobody() }).bills.balance(number));
    expect(fault.message).toContain('ECONNREFUSED');
  });

  test('a row of another account among the right ones', async () => {
    standIn.suffer('another row');
    expect((await faultOf(over().bills.payments(number))).message).toContain('wrong account');
    expect((await faultOf(over().bills.months(number, '2026-08', '2026-10'))).message).toContain('wrong account');
  });

  test('a server that is there but says 404 does not say that an account does not exist', async () => {
    await faultOf(over({ baseUrl: `${standIn.baseUrl}/elsewhere` }).accounts.find(number));
  });

  test('a redirect is not followed: it would carry the token away', async () => {
    const { createServer: http } = await import('node:http');
    const elsewhere = http((_, response) => response.writeHead(302, { location: standIn.baseUrl }).end());
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as { port: number };
    await faultOf(over({ baseUrl: `http://127.0.0.1:${port}` }).bills.balance(number));
    expect(standIn.seen).toEqual([]);
    elsewhere.closeAllConnections();
    await new Promise((resolve) => elsewhere.close(resolve));
  });
});

describe('trying again', () => {
  test.each(['status 503', 'reset', 'half', 'page', 'busy'] as Trouble[])(
    '%s once: the answer comes',
    async (trouble) => {
      standIn.suffer(trouble, 1);
      expect(await over().bills.balance(number)).toEqual(await demo.bills.balance(number));
      expect(standIn.seen).toHaveLength(2);
    },
  );

  test('an answer that would not change is not asked for again', async () => {
    standIn.suffer('status 401');
    await faultOf(over().bills.balance(number));
    standIn.suffer('other account');
    await faultOf(over().bills.balance(number));
    expect(standIn.seen).toHaveLength(2);
  });

  test('a write whose answer got lost is done once', async () => {
    standIn.suffer('half', 1);
    const backend = over();
    await backend.orders.create({ number: 'GT-7', type: 'fault', urgent: true, createdAt: '2026-11-23T13:00:00.000Z' });
    expect([...standIn.done]).toEqual(['GT-7']);
    expect(standIn.seen.map(({ body }) => body)).toEqual(
      Array(2).fill({ extOrderNo: 'GT-7', busiType: '01', urgentFlag: '1', acceptTime: '2026-11-23 21:00:00' }),
    );
  });

  test('a write without an idempotency key is tried once', async () => {
    const { idempotency: _, ...create } = mapping.verbs['orders.create']!;
    const verbs = { ...mapping.verbs, 'orders.create': create };
    standIn.suffer('half', 1);
    await faultOf(over({ mapping: { ...mapping, verbs } }).orders.create({ number: 'GT-8', type: 'fault' }));
    expect(standIn.seen).toHaveLength(1);
  });
});

describe('the circuit breaker', () => {
  const failures = 3;
  async function breakIt(backend: Backend) {
    standIn.suffer('status 503');
    for (let call = 0; call < failures; call += 1) await faultOf(backend.bills.balance(number));
  }

  test('opens after failures in a row, for the area that fails alone', async () => {
    const backend = over({ failures, attempts: 1 });
    await breakIt(backend);
    standIn.suffer('none');
    expect((await faultOf(backend.bills.balance(number))).message).toContain('not asked');
    expect(standIn.seen).toHaveLength(failures);
    expect(await backend.accounts.find(number)).toBeDefined();
  });

  test('lets one trial through after its time, and closes when that succeeds', async () => {
    const backend = over({ failures, attempts: 1, openFor: 10_000 });
    await breakIt(backend);
    at += 10_000;
    standIn.suffer('none');
    const both = await Promise.allSettled([backend.bills.balance(number), backend.bills.payments(number)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await backend.bills.payments(number)).toBeDefined();
  });

  test('stays open when the trial fails; the trial is not repeated', async () => {
    const backend = over({ failures, attempts: 3, openFor: 10_000 });
    await breakIt(backend);
    const asked = standIn.seen.length;
    at += 10_000;
    await faultOf(backend.bills.balance(number));
    expect(standIn.seen).toHaveLength(asked + 1);
    expect((await faultOf(backend.bills.balance(number))).message).toContain('not asked');
  });

  test('an account that does not exist is no failure', async () => {
    const backend = over({ failures, attempts: 1 });
    for (let call = 0; call < 2 * failures; call += 1)
      await expect(backend.bills.balance('3301000009999')).rejects.toMatchObject({ code: 'NotFound' });
    expect(await backend.bills.balance(number)).toBeDefined();
  });
});

describe('the last good answer stands in, marked', () => {
  const place = { address: '竞舟小区8幢' };

  test('outages, with the time they were known, for ten minutes', async () => {
    const backend = over();
    const fresh = await backend.outages.at(place);
    expect(fresh.stale).toBeUndefined();
    standIn.suffer('status 503');
    at += 9 * minute;
    expect(await backend.outages.at(place)).toEqual({ ...fresh, stale: true });
    await faultOf(backend.outages.at({ address: '大关西五苑3幢' }));
    at += 2 * minute;
    await faultOf(backend.outages.at(place));
  });

  test('prices, places and outlets for a day, an account for ten minutes', async () => {
    const { prices, directory, accounts } = over();
    const asOf = clock().toISOString();
    await prices.all();
    await directory.locate(place);
    await directory.manager('文新网格');
    await directory.outlets(place, 'hall');
    await directory.gazetteer();
    await accounts.find(number);
    standIn.suffer('page');
    at += 5 * minute;
    expect(await accounts.find(number)).toMatchObject({ number, asOf, stale: true });
    at += 23 * 60 * minute;
    expect(await prices.all()).toMatchObject({ asOf, stale: true });
    expect(await directory.locate(place)).toMatchObject({ grid: '文新网格', asOf, stale: true });
    expect(await directory.manager('文新网格')).toMatchObject({ asOf, stale: true });
    const outlets = await directory.outlets(place, 'hall');
    expect(outlets.every(({ stale }) => stale)).toBe(true);
    expect(await directory.gazetteer()).toEqual(await demo.directory.gazetteer());
    await faultOf(accounts.find(number));
    at += 60 * minute;
    await faultOf(prices.all());
  });

  test('money never, and of an account that was not there nothing', async () => {
    const { bills, accounts } = over();
    await bills.balance(number);
    await bills.months(number, '2026-08', '2026-10');
    expect(await accounts.find('3301000009999')).toBeUndefined();
    standIn.suffer('status 500');
    await faultOf(bills.balance(number));
    await faultOf(bills.months(number, '2026-08', '2026-10'));
    await faultOf(accounts.find('3301000009999'));
  });
});

test('what is logged names the verb and the fault; never a token, a number, a phone or a name', async () => {
  const backend = over();
  for (const trouble of ['other shape', 'other account', 'page', 'status 500'] as Trouble[]) {
    standIn.suffer(trouble);
    await faultOf(backend.accounts.find(number));
  }
  expect(logged[0]).toMatchObject({ verb: 'accounts.find', fault: 'shape' });
  expect(JSON.stringify(logged)).not.toMatch(/secret-token|3301|13800|李娜/);
});

test('a verb that is not mapped is not connected', async () => {
  const { 'bills.balance': _, ...verbs } = mapping.verbs;
  const fault = await faultOf(over({ mapping: { ...mapping, verbs } }).bills.balance(number));
  expect(fault.message).toContain('not connected');
});
