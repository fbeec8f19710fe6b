import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Call } from '#routes';
import type { Reporter, Role, WorkOrder, WorkOrderDetail, WorkOrderPage } from '#wire';
import { openParts, type Parts } from './parts.ts';

let parts: Parts;
const theft = '2026112400000021';
const fault = '2026112400000022';
const phone = '13812345678';

beforeAll(async () => {
  parts = await openParts('correct horse battery');
  await parts.storage.commit(async (tx) => {
    await tx
      .insertInto('activity')
      .values({
        conversation_id: 'c9',
        seq: 1,
        id: 'c9|1',
        role: 'customer',
        dedupe_key: null,
        body: JSON.stringify({ type: 'message', text: `举报偷电，我电话${phone}` }),
        created_at: 1,
      })
      .execute();
    await tx.insertInto('sealed_contact').values({ number: theft, phone, name: null }).execute();
  });
  await parts.file({ number: theft, type: 'theft', conversationId: 'c9', description: '举报偷电' });
  await parts.file({ number: fault, conversationId: 'c9', address: '文三路199号' });
});
afterAll(() => parts.close());

async function ask<T>(role: Role, path: string, number = '', query = ''): Promise<T> {
  const route = parts.desk.routes.find((each) => each.method === 'GET' && each.path === path);
  const principal = { user: `some ${role}`, roles: [role] };
  const call = { principal, params: { number }, query: new URLSearchParams(query) } as unknown as Call;
  const answer = await route?.handle(call);
  if (!answer || !('json' in answer)) throw new Error(`${path} answered nothing`);
  return answer.json as T;
}
const detail = (role: Role, number: string) => ask<WorkOrderDetail>(role, '/api/work-orders/:number', number);

test.each(['staff', 'supervisor'] as const)('%s learn nothing of who reported a theft', async (role) => {
  const page = await ask<WorkOrderPage>(role, '/api/work-orders');
  const found = [await detail(role, theft), await detail(role, fault), page];
  expect(JSON.stringify(found)).not.toContain(phone);
  expect(found[0]).toMatchObject({ sealed: true, transcript: [], order: { conversationId: '' } });
  // The order of another wish, from the same conversation: what was said there names the reporter too.
  expect(found[1]).toMatchObject({ sealed: true, transcript: [] });
  const same = await ask<WorkOrderPage>(role, '/api/work-orders', '', 'conversationId=c9');
  expect(same.items.map(({ number }) => number)).toEqual([fault]);
});

test('what staff do to the order tells them no more', async () => {
  const route = parts.desk.routes.find(({ path }) => path.endsWith('/claim'));
  const call = { principal: { user: 'li', roles: ['staff'] }, params: { number: theft } } as unknown as Call;
  const answer = (await route?.handle(call)) as { json: WorkOrder };
  expect(answer.json).toMatchObject({ status: 'claimed', conversationId: '' });
});

test('an administrator sees the reporter, and the order tells who looked', async () => {
  expect(parts.desk.routes.find(({ path }) => path.endsWith('/reporter'))?.audience).toBe('admin');
  const before = await detail('admin', theft);
  expect(before).toMatchObject({ sealed: true, transcript: [], order: { conversationId: 'c9' } });
  const reporter = await ask<Reporter>('admin', '/api/work-orders/:number/reporter', theft);
  expect(reporter).toMatchObject({ phone, transcript: [{ text: `举报偷电，我电话${phone}` }] });
  const { events } = await detail('admin', theft);
  expect(events.at(-1)).toMatchObject({ kind: 'reporter_seen', actor: 'some admin' });
});

test('only reports of theft have somebody kept apart', async () => {
  await expect(ask('admin', '/api/work-orders/:number/reporter', fault)).rejects.toMatchObject({ code: 'NotSealed' });
  await expect(ask('admin', '/api/work-orders/:number/reporter', '0')).rejects.toMatchObject({ status: 404 });
});
