import { expect, test } from '@jest/globals';
import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';

const base = { PORT: '0', GRIDTALK_DIRECTLINE_SECRET: 'a-secret-for-tests-only' };

test('the very first start prints a one-time password, later ones do not', async () => {
  const folder = await freshFolder();
  const first = await startServer({ ...base, GRIDTALK_DATA: folder.path });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await first.kill('SIGTERM')).toBe(0);
  const second = await startServer({ ...base, GRIDTALK_DATA: folder.path });
  expect(await second.kill('SIGTERM')).toBe(0);
  expect(first.printed()).toContain('one-time password');
  expect(second.printed()).not.toContain('password');
  await folder.remove();
}, 60_000);

test('a graceful stop ends with open streams, too', async () => {
  const folder = await freshFolder();
  const server = await startServer({
    ...base,
    GRIDTALK_DATA: folder.path,
    GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests',
  });
  const made = await fetch(`${server.url}/api/widget/token`, { method: 'POST' });
  const { conversationId, token } = (await made.json()) as { conversationId: string; token: string };
  const socket = new WebSocket(
    `${server.url.replace('http', 'ws')}/v3/directline/conversations/${conversationId}/stream?watermark=0&t=${token}`,
  );
  await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
  expect(await server.kill('SIGTERM')).toBe(0);
  await closed;
  await folder.remove();
}, 60_000);

test('a second process on the same data is refused, and wrong settings are all named at once', async () => {
  const folder = await freshFolder();
  const environment = { ...base, GRIDTALK_DATA: folder.path, GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests' };
  const server = await startServer(environment);
  await expect(startServer(environment)).rejects.toThrow(folder.path);
  expect(await server.kill('SIGTERM')).toBe(0);
  const wrong = { ...environment, PORT: 'http', GRIDTALK_DIRECTLINE_SECRET: 'short', DATABASE_URL: 'mysql://x' };
  await expect(startServer(wrong)).rejects.toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*GRIDTALK_DIRECTLINE_SECRET/);
  await folder.remove();
}, 60_000);
