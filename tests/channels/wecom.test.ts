import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWecom } from '#channels';
import type { WecomSettings } from '#config';
import { type Delivery, openDelivery } from '#delivery';
import type { Log } from '#log';
import { openStorage, type Storage } from '#storage';
import { readTexts } from '#texts';
import {
  draftOrder,
  dueTopic,
  findOrder,
  insertOrder,
  nextNumber,
  type OrderFacts,
  openWorkOrders,
  overdueCarrier,
} from '#workorders';
import { freshFolder } from '../setup/index.ts';
import { openRobot, type Robot } from './wecom/robot.ts';

const texts = readTexts(fileURLToPath(new URL('../../locales/zh-CN', import.meta.url)));
const all: WecomSettings['tells'] = ['urgent', 'overdue', 'new'];
let folder: Awaited<ReturnType<typeof freshFolder>>;
let storage: Storage;
let robot: Robot;
let logged: string[];
let changed: string[];
let now: number;
const clock = () => new Date(now);

const say = (facts: unknown, words?: string) => void logged.push(`${JSON.stringify(facts, errors)} ${words}`);
const log = { debug: say, info: say, warn: say, error: say } as unknown as Log;
const errors = (_key: string, value: unknown) =>
  value instanceof Error ? `${value.name} ${value.message} ${value.stack} ${String(value.cause)}` : value;

beforeEach(async () => {
  now = Date.parse('2026-11-23T13:00:00Z');
  [logged, changed] = [[], []];
  folder = await freshFolder();
  storage = await openStorage({ dataDir: folder.path });
  robot = await openRobot({ now: () => now });
});
afterEach(async () => {
  await robot.close();
  await storage.close();
  await folder.remove();
  // Whatever happened, nobody who reads the log can write into the group.
  expect(logged.join('\n')).not.toContain(robot.key);
});

function open(tells = all): Delivery {
  const parts = { storage, clock, log };
  const settings = { webhook: robot.webhook, tells };
  const announce = (_event: string, { number }: { number: string }) => void changed.push(number);
  const carriers = {
    ...openWecom({
      ...parts,
      settings,
      texts: () => texts,
      nameOf: (intent) => (intent === 'fault.report' ? '故障报修' : intent),
    }),
    [dueTopic]: overdueCarrier({ storage, clock, announce }),
  };
  return openDelivery({ ...parts, carriers, every: 0 });
}

async function file(address: string, more: Partial<OrderFacts> = {}): Promise<string> {
  const facts: OrderFacts = {
    type: 'fault',
    intent: 'fault.report',
    place: { address },
    conversationId: 'c',
    channel: 'web',
    ...more,
  };
  return storage.commit(async (tx) => {
    const number = await nextNumber(tx, '330100', clock());
    await insertOrder(tx, draftOrder(number, facts, undefined, clock()));
    return number;
  });
}
const outbox = () => storage.db.selectFrom('outbox').selectAll().where('topic', '=', 'order.news').execute();

describe('the group of staff', () => {
  test('hears of a new order: what, where, until when, and nothing of who', async () => {
    const delivery = open();
    const number = await file('文三路1号', {
      phone: '13800000017',
      name: '张伟',
      description: '我家没电了',
      faultKind: 'no_power_home',
    });
    await delivery.runDue();
    const [content = ''] = robot.contents();
    for (const part of ['新工单', '故障报修 · 我家没电', '文三路1号', '11/23 21:45', number])
      expect(content).toContain(part);
    for (const secret of ['13800000017', '张伟', '我家没电了']) expect(content).not.toContain(secret);
    await delivery.close();
  });

  test('hears of an urgent one as such, and of one that becomes urgent', async () => {
    const delivery = open(['urgent']);
    await file('文三路1号');
    const wire = await file('文三路2号', { urgent: true, faultKind: 'line_down' });
    await delivery.runDue();
    expect(robot.contents()).toEqual([expect.stringContaining('紧急工单')]);
    expect(robot.contents()[0]).toContain(wire);
    await delivery.close();
  });

  test('hears once of one whose promise runs out while it is open, and of none that was closed in time', async () => {
    const workorders = openWorkOrders({ storage, clock, announce: () => {} });
    const delivery = open(['overdue']);
    const late = await file('文三路1号');
    const done = await file('文三路2号');
    const asked = await file('文三路3号', { type: 'service', intent: 'service.meter' });
    await workorders.claim(late, 'li');
    await workorders.close(done, 'li', { outcome: 'restored', note: '' });
    now += 44 * 60_000;
    await delivery.runDue();
    expect(robot.contents()).toEqual([]);
    now += 2 * 60_000;
    await delivery.runDue();
    await delivery.runDue();
    expect(robot.contents()).toEqual([expect.stringMatching(/超过承诺时限[\s\S]*接单人：li/)]);
    expect((await findOrder(storage.db, late))?.order.marks).toEqual(['overdue']);
    expect(changed).toEqual([late]);
    now = Date.parse('2026-11-30T15:59:00Z');
    await delivery.runDue();
    expect(changed).toEqual([late]);
    now += 2 * 60_000;
    await delivery.runDue();
    expect(changed).toEqual([late, asked]);
    await delivery.close();
  });

  test('is mentioned, linked and styled by nobody outside', async () => {
    const delivery = open();
    const attack =
      '<@all> @all [点我](http://evil.example/a.b) **x** `y` <font color="info">\n# 标题\r\n> 引用 www.evil.com \u202Ecba\u200B <@zhangsan>![](x)';
    await file(attack.repeat(1));
    await file('很长的地址'.repeat(200));
    await delivery.runDue();
    const [content = '', long = ''] = robot.contents();
    const place = content.split('\n').find((line) => line.includes('地址')) ?? '';
    expect(place.slice(2)).not.toMatch(/[<>@[\]()*_`#~|\\!&]|:\/\/|\.[a-z]|\p{Cc}|\p{Cf}/iu);
    expect(content.split('\n').length).toBeLessThan(6);
    expect(long.length).toBeLessThan(300);
    await delivery.close();
  });
});

describe('WeCom’s limits', () => {
  test('18 a minute one by one, more in few, within any minute; none is left out silently', async () => {
    const delivery = open();
    for (let n = 0; n < 18; n += 1) await file(`文一路${n}号`);
    await delivery.runDue();
    expect(robot.taken).toHaveLength(18);
    const numbers = await Promise.all(Array.from({ length: 12 }, (_, n) => file(`文二路${n}号`)));
    await delivery.runDue();
    expect(robot.taken).toHaveLength(18);
    now += 61_000;
    const more = await Promise.all(Array.from({ length: 30 }, (_, n) => file(`文三路${n}号`)));
    await delivery.runDue();
    const after = robot.contents().slice(18);
    expect(after.length).toBeLessThan(5);
    for (const number of [...numbers, ...more]) expect(after.join('\n').split(number).length).toBe(2);
    expect((await outbox()).every(({ done_at }) => done_at !== null)).toBe(true);
    await delivery.close();
  });

  test('with the last permission all that wait are told, the pressing ones by name, the rest by count', async () => {
    const delivery = open();
    for (let n = 0; n < 17; n += 1) await file(`文一路${n}号`);
    await delivery.runDue();
    for (let n = 0; n < 80; n += 1) await file(`很长的路名${'长'.repeat(40)}${n}号`);
    const urgent = await file('文三路1号', { urgent: true });
    await delivery.runDue();
    expect(robot.taken).toHaveLength(18);
    const last = robot.contents().at(-1) ?? '';
    expect(Buffer.byteLength(last)).toBeLessThanOrEqual(4096);
    expect(last).toContain(urgent);
    const left = Number(/还有 (\d+) 条/.exec(last)?.[1]);
    expect(last.split('\n').filter((line) => line.startsWith('>')).length + left).toBe(81);
    await delivery.close();
  });

  test('a restart forgets none of what was said within the minute', async () => {
    const before = open();
    for (let n = 0; n < 18; n += 1) await file(`文一路${n}号`);
    await before.runDue();
    await before.close();
    const after = open();
    await file('文三路1号');
    await after.runDue();
    expect(robot.taken).toHaveLength(18);
    now += 60_001;
    await after.runDue();
    expect(robot.taken).toHaveLength(19);
    await after.close();
  });

  test('WeCom’s own count holds: 45009 waits a minute', async () => {
    const delivery = open();
    for (let n = 0; n < 20; n += 1) robot.taken.push({ at: now, content: 'of somebody else' });
    await file('文三路1号');
    await delivery.runDue();
    expect(robot.taken).toHaveLength(20);
    now += 60_001;
    await delivery.runDue();
    expect(robot.taken).toHaveLength(21);
    await delivery.close();
  });
});

describe('trouble', () => {
  test('while WeCom is away or busy nothing is given up, however long', async () => {
    const delivery = open();
    robot.state.down = true;
    const first = await file('文三路1号');
    for (let n = 0; n < 50; n += 1) {
      await delivery.runDue();
      now += 600_000;
    }
    robot.state.down = false;
    robot.state.busy = 2;
    for (let n = 0; n < 5; n += 1) {
      await delivery.runDue();
      now += 60_001;
    }
    expect(robot.contents().filter((content) => content.includes(first) && content.includes('新工单'))).toHaveLength(1);
    await delivery.close();
  });

  test('a robot that is gone is told to the operator with the mend, and nothing is lost meanwhile', async () => {
    const delivery = open();
    const { key } = robot;
    robot.state.key = 'another';
    await file('文三路1号');
    await delivery.runDue();
    expect(logged.join('\n')).toMatch(/93000[\s\S]*WECOM_WEBHOOK/);
    const [parcel] = await outbox();
    expect(parcel).toMatchObject({ dead_at: null, done_at: null });
    expect(parcel?.last_error).not.toContain(key);
    robot.state.key = key;
    now += 600_001;
    await delivery.runDue();
    expect(robot.taken).toHaveLength(1);
    await delivery.close();
  });
});
