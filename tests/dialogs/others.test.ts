import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStage } from '../../src/commands/converse.ts';

let stage: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  stage = await openStage(fileURLToPath(new URL('../..', import.meta.url)));
}, 60_000);
afterAll(() => stage.close());

const start = (id: string, bound: string[] = []) =>
  stage.answer({ do: 'open', id, now: '2026-11-23T21:00:00+08:00', bound });

async function say(id: string, text: string) {
  const { replies } = (await stage.answer({ do: 'say', id, text })) as { replies: { key: string; text: string }[] };
  return { keys: replies.map(({ key }) => key), text: replies.map((reply) => reply.text).join('\n') };
}

type Order = Record<string, unknown> & { number: string };
async function ordersOf(id: string): Promise<Order[]> {
  return ((await stage.answer({ do: 'state', id })) as { workOrders: Order[] }).workOrders;
}

test('a stranger at the same place is kept beside the reporter, and alters nothing', async () => {
  await start('A', ['3301000000017']);
  for (const line of ['家里没电了', '是的', '确认']) await say('A', line);
  const [filed] = (await ordersOf('A')) as [Order];

  await start('B');
  const joined = await say('B', '西湖区文三路199号2幢1单元301没电了,我姓马,13700002222');
  expect(joined.keys).toEqual(['fault.report:already.added']);
  const changed = await say('B', '联系电话改成13700009999');
  expect(changed.keys).toEqual(['common:added.other']);
  const asked = await say('B', '师傅什么时候来');
  expect(asked.keys).toEqual(['workorder.progress:joined']);
  for (const { text } of [joined, changed, asked]) expect(text).not.toContain(filed.number);

  const [beside] = (await ordersOf('A')) as [Order];
  expect(beside).toMatchObject({ phone: filed.phone, address: filed.address, reminders: 0, status: 'accepted' });
  expect(Object.values(beside.facts as object)).toEqual([expect.stringMatching(/^马\S* 13700009999$/)]);
  expect(await ordersOf('B')).toEqual([]);

  // Others wait for it too: its reporter takes back their own part only.
  expect((await say('A', '撤销工单')).keys).toEqual(['common:withdrawn.noted']);
  expect((await say('B', '撤销刚才的报修')).keys).toEqual(['common:withdrawn.other']);
  const [left] = (await ordersOf('A')) as [Order];
  expect(left).toMatchObject({ status: 'accepted', facts: {} });
});

test('a second reporter of a danger is kept too', async () => {
  await start('C');
  await say('C', '滨江区江虹路与滨康路口 电线掉下来了,13700001111');
  const [filed] = (await ordersOf('C')) as [Order];
  expect(filed).toMatchObject({ type: 'hazard', phone: '13700001111' });

  await start('D');
  const joined = await say('D', '滨江区江虹路与滨康路口 电线掉下来了');
  expect(joined.keys).toContain('hazard.report:already.other');
  expect((await say('D', '13700002222')).keys).toEqual(['common:added.other']);
  const [beside] = (await ordersOf('C')) as [Order];
  expect(beside.phone).toBe('13700001111');
  expect(Object.values(beside.facts as object)).toEqual(['13700002222']);
});

test('what is reported while its first report is withdrawn is an order of its own', async () => {
  await start('E');
  for (const line of ['没电了，体育场路96号3幢201，13912340096', '确认', '撤销工单']) await say('E', line);
  await start('F');
  expect((await say('F', '没电了，体育场路96号3幢201，13912340097')).keys).toContain('fault.report:confirm');
});

test('a report whose place was put right is of that place, and no longer of the wrong one', async () => {
  await start('G');
  for (const line of ['没电了，体育场路196号3幢201，13912340096', '确认', '地址错了，是5幢201']) await say('G', line);
  expect((await ordersOf('G'))[0]).toMatchObject({ address: '体育场路196号5幢201' });
  await start('H');
  expect((await say('H', '没电了，体育场路196号3幢201，13912340097')).keys).toContain('fault.report:confirm');
  await start('I');
  expect((await say('I', '没电了，体育场路196号5幢201，13912340098')).keys).toEqual(['fault.report:already.added']);
});
