import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, testRedisUrl } from '../setup/index.ts';
import { type ServerProcess, startServer } from '../setup/server-process.ts';

const secret = 'a-secret-for-tests-only';
const password = 'a-password-for-tests';
let replicas: ServerProcess[] = [];
let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
  const environment = {
    PORT: '0',
    DATABASE_URL: database.url,
    REDIS_URL: testRedisUrl(),
    GRIDTALK_ADMIN_PASSWORD: password,
    GRIDTALK_DIRECTLINE_SECRET: secret,
  };
  replicas = await Promise.all([startServer(environment), startServer(environment)]);
}, 60_000);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.kill('SIGTERM')));
  await database?.drop();
});

const at = (replica: number) => replicas[replica]?.url ?? '';
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

test('one conversation posted to both replicas in turn is answered in order; its order appears live on the other desk', async () => {
  const signIn = await post(`${at(1)}/api/session`, { user: 'admin', password });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const events = await fetch(`${at(1)}/api/work-orders/events`, { headers: { cookie } });
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();

  const made = await post(`${at(0)}/api/widget/token`, {});
  const { conversationId, token } = (await made.json()) as { conversationId: string; token: string };
  const bearer = { authorization: `Bearer ${token}` };
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const words = ['没电了', '西湖区文三路777号2幢101室', '13800000777', '确认提交'];
  for (const [index, text] of words.entries()) {
    const activity = { type: 'message', text, channelData: { clientActivityID: randomUUID() } };
    const answer = await post(at(index % 2) + path, activity, bearer);
    expect(answer.status).toBe(200);
  }
  let heard = '';
  while (!heard.includes('event: created')) heard += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  expect(heard).toContain('13800000777');

  const said = (await (await fetch(`${at(0)}${path}`, { headers: bearer })).json()) as {
    activities: { text: string; channelData?: { key?: string } }[];
  };
  const told = said.activities.map(({ text, channelData }) => channelData?.key ?? text);
  expect(told.filter((each) => words.includes(each))).toEqual(words);
  expect(told.at(-1)).toBe('fault.report:filed');
}, 60_000);

test('messages sent to both replicas at once are all answered, each once', async () => {
  const made = await post(`${at(0)}/api/widget/token`, {});
  const { conversationId, token } = (await made.json()) as { conversationId: string; token: string };
  const bearer = { authorization: `Bearer ${token}` };
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const sent = Array.from({ length: 30 }, (_, index) => `你好 ${index}`);
  const answers = await Promise.all(
    sent.map((text, index) =>
      post(at(index % 2) + path, { type: 'message', text, channelData: { clientActivityID: randomUUID() } }, bearer),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));
  const said = (await (await fetch(`${at(1)}${path}`, { headers: bearer })).json()) as {
    activities: { text: string; from: { role?: string } }[];
  };
  expect(said.activities.filter(({ text }) => sent.includes(text)).length).toBe(sent.length);
}, 60_000);
