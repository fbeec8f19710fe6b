import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NoticePage, WorkOrder } from '#wire';
import { insertOrder } from '#workorders';
import { type House, openHouse } from './host.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house?.close());
beforeEach(() => house.reset());

const saidIn = async (conversationId: string) =>
  (await house.bot.history(conversationId, 1))?.activities.map(({ text }) => text ?? '') ?? [];

describe('outages', () => {
  /** What the utility says of outages, step by step; the rest of it is the demonstration's. */
  const outage = {
    ...{ id: 'OUT-1', kind: 'fault' as const, where: '西湖区文三路199号', cause: '电缆故障' },
    ...{ startsAt: '2026-11-24T09:30:00+08:00', endsAt: '2026-11-24T12:00:00+08:00' },
  };
  type Stage = 'announced' | 'running' | 'delayed' | 'restored' | 'cancelled';
  const now = (stage: Stage, more: object = {}) => {
    house.outages = [{ ...outage, stage, ...more }];
  };
  const look = async () => {
    await house.notices.lookAtOutages();
    await house.settle();
    house.advance(5 * 60_000);
  };

  test('whoever asked hears of each step once', async () => {
    const id = await house.visitor('dl_home', ['3301000000017']);
    await house.wish('dl_home', id, 'outage', '3301000000017');
    now('announced', { kind: 'planned' });
    await look();
    await look();
    now('running');
    await look();
    now('delayed', { endsAt: '2026-11-24T14:00:00+08:00' });
    await look();
    now('delayed', { endsAt: '2026-11-24T15:00:00+08:00' });
    await look();
    await look();
    now('restored');
    await look();
    await look();
    expect((await saidIn(id)).map((text) => text.split('\n')[0])).toEqual([
      '【停电预告】西湖区文三路199号',
      '【来电时间有变】西湖区文三路199号',
      '【来电时间有变】西湖区文三路199号',
      '【已恢复供电】西湖区文三路199号',
    ]);
    expect((await saidIn(id))[0]).toContain('11月24日 09:30 至 11月24日 12:00 停电，原因：电缆故障');
    const { items } = await house.author.call<NoticePage>('GET', '/api/notices?automatic=true');
    expect(items).toHaveLength(5);
    expect((await house.author.call<NoticePage>('GET', '/api/notices')).items).toEqual([]);
  });

  test('who asked before it began hears that it did, who asked since does not; both hear of the return', async () => {
    const before = await house.visitor('dl_before', []);
    const since = await house.visitor('dl_since', []);
    await house.wish('dl_before', before, 'outage', '3301000000017', '2026-11-01T00:00:00Z');
    await house.wish('dl_since', since, 'outage', '3301000000017');
    now('running');
    await look();
    now('restored');
    await look();
    expect(await saidIn(before)).toHaveLength(2);
    expect(await saidIn(since)).toEqual([expect.stringContaining('【已恢复供电】')]);
  });

  test('one that is over when it is first seen is no news, nor is it to whoever asks after it', async () => {
    const id = await house.visitor('dl_home');
    await house.wish('dl_home', id, 'outage', '3301000000017');
    now('restored');
    await look();
    expect(await saidIn(id)).toEqual([]);
    now('running', { id: 'OUT-2' });
    await look();
    now('restored', { id: 'OUT-2' });
    await look();
    const late = await house.visitor('dl_late');
    await house.wish('dl_late', late, 'outage', '3301000000017');
    await look();
    expect(await saidIn(id)).toHaveLength(1);
    expect(await saidIn(late)).toEqual([]);
  });

  test('a place will do where no account is named', async () => {
    const id = await house.visitor('dl_home');
    await house.wish('dl_home', id, 'outage', '', undefined, { address: '大关西五苑3幢' });
    await look();
    expect(await saidIn(id)).toEqual([expect.stringContaining('【停电预告】拱墅区大关西五苑1至20幢')]);
  });

  test('the return is told at night; an announcement waits for the morning, unless it is over by then', async () => {
    const id = await house.visitor('dl_home');
    await house.wish('dl_home', id, 'outage', '3301000000017');
    house.moveTo('2026-11-24T23:00:00+08:00');
    now('announced');
    await look();
    now('running');
    await look();
    now('restored');
    await look();
    expect(await saidIn(id)).toEqual([expect.stringContaining('【已恢复供电】')]);
    now('announced', { id: 'OUT-2', where: '文三路201号' });
    await look();
    house.moveTo('2026-11-25T08:01:00+08:00');
    await house.settle();
    expect(await saidIn(id)).toEqual([
      expect.stringContaining('【已恢复供电】'),
      expect.stringContaining('【停电预告】文三路201号'),
    ]);
  });
});

describe('progress of an order', () => {
  const file = async (conversationId: string, more: Partial<WorkOrder> = {}) => {
    const at = new Date(house.now()).toISOString();
    const order: WorkOrder = {
      ...{ number: '20261124330100000001', type: 'fault', intent: 'fault.report', status: 'accepted', urgent: false },
      ...{ anonymous: false, facts: {}, photos: [], marks: [], reminders: 0, createdAt: at, updatedAt: at },
      ...{ address: '西湖区文三路199号2幢', arriveBy: '2026-11-24T10:45:00+08:00', channel: 'web', conversationId },
      ...more,
    };
    await house.storage.commit((tx) => insertOrder(tx, { order, openKey: order.number }));
    return order.number;
  };

  test('taken up and closed: the customer hears it where they reported', async () => {
    const id = await house.visitor('dl_home');
    const number = await file(id);
    await house.workorders.claim(number, 'wang');
    await house.workorders.claim(number, 'wang');
    await house.settle();
    await house.workorders.close(number, 'wang', { outcome: 'restored', note: '内部备注' });
    await house.settle();
    expect(await saidIn(id)).toEqual([
      `【工单进度】${number}（故障报修）已有人接单，正在处理。\n地点：西湖区文三路199号2幢\n一般在 11月24日 10:45 前到达现场。`,
      `【工单进度】${number}（故障报修）已办结。\n地点：西湖区文三路199号2幢\n处理结果：已恢复供电。\n还有问题，直接回复告诉我。`,
    ]);
  });

  test('a follower hears it through an open window; in the night only of faults', async () => {
    const id = await house.follower('oReports01');
    house.moveTo('2026-11-24T22:30:00+08:00');
    await house.simulator.say('oReports01', '没电了');
    await house.workorders.claim(await file(id, { channel: 'wechat' }), 'wang');
    await house.workorders.claim(await file(id, { number: '2', type: 'complaint', channel: 'wechat' }), 'wang');
    await house.settle();
    expect(house.simulator.sent.map(({ text }) => text.slice(0, 6))).toEqual(['【工单进度】']);
    house.moveTo('2026-11-25T08:00:00+08:00');
    await house.settle();
    expect(house.simulator.sent).toHaveLength(2);
  });

  test('who reports a theft, or wants no progress, hears nothing', async () => {
    const id = await house.visitor('dl_home');
    await house.workorders.claim(await file(id, { type: 'theft' }), 'wang');
    const row = { customer_id: 'dl_home', topic: 'progress', created_at: 0 };
    await house.storage.commit((tx) => tx.insertInto('notice_opt_out').values(row).execute());
    await house.workorders.claim(await file(id, { number: '2' }), 'wang');
    await house.settle();
    expect(await saidIn(id)).toEqual([]);
  });
});

test('only administrators see notices', () => {
  expect(new Set(house.notices.routes.map(({ audience }) => audience))).toEqual(new Set(['admin']));
});
