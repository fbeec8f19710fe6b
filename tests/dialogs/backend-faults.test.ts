import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Backend, demoBackend } from '#backends';
import { BackendUnavailable } from '#errors';
import { openStage } from '../../src/commands/converse.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const now = '2026-11-23T21:00:00+08:00';
const account = '3301000000017';

const areas = ['accounts', 'bills', 'outages', 'prices', 'directory', 'orders'] as const;

/** The demo utility with every verb down, but for the names of places, which are read at the start. */
function downBackend(clock: () => Date): Backend {
  const backend = demoBackend(clock);
  const down = (area: string) =>
    new Proxy(
      {},
      {
        get: (_, verb) =>
          verb === 'gazetteer'
            ? backend.directory.gazetteer
            : () => Promise.reject(new BackendUnavailable(area, `${String(verb)} is down.`, 'Wait.')),
      },
    );
  return { ...backend, ...Object.fromEntries(areas.map((area) => [area, down(area)])) } as Backend;
}

type Reply = { key: string; text: string };
let stage: Awaited<ReturnType<typeof openStage>>;
let count = 0;

async function talk(bound: string[], ...says: string[]): Promise<{ id: string; replies: Reply[] }> {
  const id = `down-${count++}`;
  await stage.answer({ do: 'open', id, now, bound });
  let replies: Reply[] = [];
  for (const text of says) replies = ((await stage.answer({ do: 'say', id, text })) as { replies: Reply[] }).replies;
  return { id, replies };
}

describe('with every system of the utility down', () => {
  beforeAll(async () => {
    stage = await openStage(root, downBackend);
  });
  afterAll(() => stage.close());

  test('a fault is reported all the same', async () => {
    const { id, replies } = await talk([], '我家没电了，西湖区文三路199号2幢301，电话13800001234', '确认');
    expect(replies.map(({ key }) => key)).toContain('fault.report:filed');
    const { workOrders } = (await stage.answer({ do: 'state', id })) as { workOrders: { address: string }[] };
    expect(workOrders).toHaveLength(1);
  });

  test('a danger is reported all the same', async () => {
    const { id } = await talk([], '文三路199号门口电线断了掉地上了');
    const { workOrders } = (await stage.answer({ do: 'state', id })) as { workOrders: { type: string }[] };
    expect(workOrders.map(({ type }) => type)).toEqual(['hazard']);
  });

  test.each([
    '查一下上个月电费',
    '我还欠多少电费',
    '这个月用了多少度电',
    '现在电价多少钱一度',
    '电价是不是要涨了',
    '附近哪有营业厅，文三路这边',
    '我的充电桩申请办到哪一步了',
  ])('«%s» is told what is not to be had, and nothing is invented', async (text) => {
    const { replies } = await talk([account], text);
    expect(replies.map(({ key }) => key)).toContain('common:backend.down');
    expect(replies.map((reply) => reply.text).join()).not.toMatch(/\d+(\.\d+)?\s*(元|度|千瓦时)/);
  });

  test('an outage that can’t be looked up is not denied', async () => {
    const { replies } = await talk([account], '文三路为什么停电，什么时候来电');
    const said = replies.map(({ text }) => text).join();
    expect(said).toContain('暂时查不到');
    expect(said).not.toContain('没有停电');
  });
});
