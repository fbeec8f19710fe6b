import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Backend, demoBackend } from '#backends';
import { BackendUnavailable } from '#errors';
import { openStage } from '../../src/commands/converse.ts';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '../..');
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const account = '3301000000017';

/** The demo, with every look-up of the utility's systems failing. */
function down(clock: () => Date): Backend {
  const demo = demoBackend(clock);
  const fail = (area: string) => () => Promise.reject(new BackendUnavailable(area, 'down', 'wait'));
  const failing = (area: 'accounts' | 'bills' | 'outages' | 'prices' | 'directory') =>
    Object.fromEntries(Object.keys(demo[area]).map((verb) => [verb, fail(area)]));
  const { accounts, bills, outages, prices, directory } = Object.fromEntries(
    (['accounts', 'bills', 'outages', 'prices', 'directory'] as const).map((area) => [area, failing(area)]),
  );
  return { ...demo, accounts, bills, outages, prices, directory } as unknown as Backend;
}

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  stage = await openStage(root, { backendOf: down, log: quiet });
}, 60_000);
afterAll(() => stage.close());

async function play(id: string, bound: string[], lines: string[]) {
  await stage.answer({ do: 'open', id, now: '2026-11-23T21:00:00+08:00', bound });
  let keys: string[] = [];
  let said = '';
  for (const text of lines) {
    const { replies } = (await stage.answer({ do: 'say', id, text })) as { replies: { key: string; text: string }[] };
    keys = replies.map(({ key }) => key);
    said = replies.map((reply) => reply.text).join('\n');
  }
  const { workOrders } = (await stage.answer({ do: 'state', id })) as { workOrders: object[] };
  return { keys, said, workOrders };
}

test('a fault is reported without the utility’s systems', async () => {
  const { keys, workOrders } = await play('fault', [], ['我家没电了，西湖区文三路199号1幢101，13812345678', '确认']);
  expect(keys).toEqual(['fault.report:filed']);
  expect(workOrders).toMatchObject([{ type: 'fault', address: '西湖区文三路199号1幢101' }]);
});

test('a fault at one’s own account too: the place is then asked', async () => {
  const lines = ['我家没电了', '西湖区文三路199号1幢102', '13812345678', '确认'];
  const { keys, workOrders } = await play('own', [account], lines);
  expect(keys).toEqual(['fault.report:filed']);
  expect(workOrders).toHaveLength(1);
});

test('hazards, thefts, complaints and praise are filed', async () => {
  const hazard = await play('hazard', [], ['文二路古墩路路口电线掉在地上了']);
  expect(hazard.workOrders).toMatchObject([{ type: 'hazard', urgent: true }]);
  const theft = await play('theft', [], ['匿名举报，西湖区文三路200号一楼绕过电表用电', '确认']);
  expect(theft.workOrders).toMatchObject([{ type: 'theft', anonymous: true }]);
  const complaint = await play('complaint', [], ['我要投诉抄表员乱收费', '不留', '确认']);
  expect(complaint.workOrders).toMatchObject([{ type: 'complaint' }]);
  const praise = await play('praise', [], ['我要表扬抢修的张师傅，半夜冒雨来修']);
  expect(praise.workOrders).toMatchObject([{ type: 'feedback' }]);
});

test('outages can’t be looked up: the customer hears so, and what still works', async () => {
  const { keys } = await play('outage', [], ['竞舟小区什么时候来电']);
  expect(keys).toEqual(['common:backend.down']);
});

test('nor can an account be proved', async () => {
  const { keys } = await play('bind', [], [`绑定户号${account}，电话13800000017`]);
  expect(keys).toEqual(['common:backend.down']);
});

test.each([
  '查一下上个月电费',
  '我还欠多少电费',
  '这个月用了多少度电',
  '现在电价多少钱一度',
  '电价是不是要涨了',
  '附近哪有营业厅，文三路这边',
  '我的充电桩申请办到哪一步了',
])('«%s»: what is not to be had is told, and nothing is invented', async (text) => {
  const { keys, said } = await play(text, [account], [text]);
  expect(keys).toContain('common:backend.down');
  expect(said).not.toMatch(/\d+(\.\d+)?\s*(元|度|千瓦时)/);
});

test('what needs no system is still answered: advice, notices, what to bring; a call-back is filed', async () => {
  expect((await play('tips', [account], ['空调开多少度省电'])).keys).toEqual(['advice.energy:tips']);
  expect((await play('notice', [], ['订阅停电通知'])).keys).toEqual(['notice.subscribe:on']);
  expect((await play('bring', [], ['去营业厅要带什么'])).keys).toEqual(['hall.query:bring']);
  const manager = await play('manager', [], ['让网格经理给我回电，西湖区翠苑三区12幢，电话13812345678', '确认']);
  expect(manager.workOrders).toMatchObject([{ type: 'service', intent: 'grid.manager', phone: '13812345678' }]);
  const pile = await play('pile', [], ['黄龙体育中心充电站3号桩坏了，电话13812345678', '确认']);
  expect(pile.workOrders).toMatchObject([{ type: 'service', intent: 'charging.public' }]);
});

test('prices, halls and stations say that they can’t be had, and invent nothing', async () => {
  for (const line of ['现在居民用电一度多少钱', '电价要涨吗', '西湖区有哪些营业厅', '西湖区有哪些充电站']) {
    const { keys, said } = await play(line, [], [line]);
    expect(keys).toEqual(['common:backend.down']);
    expect(said).not.toMatch(/0\.538|文三路252/);
  }
});
