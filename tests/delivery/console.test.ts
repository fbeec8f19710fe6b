import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { deadLetters, enqueue, openDelivery, Undeliverable } from '#delivery';
import { openLog } from '#log';
import { startHost } from '../desk/host.ts';
import { openParts, type Parts } from '../desk/parts.ts';
import { adminOf } from '../studio/customer.ts';

const password = 'a-password-for-tests';
const order = '20261124330100000007';
let folder: string;
let parts: Parts;
let host: Awaited<ReturnType<typeof startHost>>;
let delivery: ReturnType<typeof openDelivery>;
let browser: Browser;
let page: Page;
let broken = true;
const complaints: string[] = [];

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

async function open(viewport: { width: number; height: number }) {
  const [name = '', value = ''] = (await adminOf(host.url, password)).cookie.split('=');
  const context = await browser.newContext({ viewport });
  await context.addCookies([{ name, value, url: host.url }]);
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (said) => /Content Security|Refused to/.test(said.text()) && complaints.push(said.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${host.url}/console/`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridtalk-console-'));
  await promisify(execFile)(process.execPath, ['scripts/build-console.js', folder]);
  parts = await openParts(password);
  parts.time.now = Date.now();
  const { storage, clock, identity, desk } = parts;
  const post = async () => {
    if (broken) throw new Undeliverable('The utility’s order system answered 422: the grid is not known.');
  };
  const carriers = { 'backend.order': post, 'wechat.send': post };
  delivery = openDelivery({ storage, clock, carriers, log: openLog('silent'), every: 0 });
  await storage.commit(async (tx) => {
    const at = parts.time.now;
    await enqueue(tx, { topic: 'backend.order', orderingKey: order, payload: {}, at });
    await enqueue(tx, { topic: 'wechat.send', orderingKey: 'wechat:o1', payload: {}, at: at + 1 });
    await enqueue(tx, { topic: 'wechat.send', orderingKey: 'wechat:o2', payload: {}, at: at + 2 });
  });
  parts.time.now += 10;
  await delivery.runDue();
  const endpoints = [identity, desk, deadLetters({ storage, clock, delivery })];
  host = await startHost({ identity, endpoints, consoleDir: folder });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await delivery?.close();
  await parts?.close();
  await rm(folder, { recursive: true, force: true });
  expect(complaints).toEqual([]);
});

const letters = () => page.locator('.letter');

test('an administrator sees what was given up, why and since when', async () => {
  await open({ width: 1440, height: 900 });
  await page.getByRole('link', { name: '未送达' }).click();
  await letters().first().waitFor();
  expect(await letters().count()).toBe(3);
  const row = letters().filter({ hasText: '工单送业务系统' });
  expect(await row.textContent()).toMatch(/20261124330100000007[\s\S]*422[\s\S]*(刚刚|前)[\s\S]*试过 1 次/);
  expect(await row.getByRole('link').getAttribute('href')).toBe(`#/order/${order}`);
});

test('sends one again: where it fails again it is there again, else it is gone; who did it is in the log', async () => {
  const row = letters().filter({ hasText: '工单送业务系统' });
  await row.getByRole('button', { name: '重新投递' }).click();
  await page.locator('.resends li').first().waitFor();
  await delivery.runDue();
  await page.getByRole('button', { name: '刷新' }).click();
  await row.waitFor();
  broken = false;
  await row.getByRole('button', { name: '重新投递' }).click();
  await row.waitFor({ state: 'detached' });
  await page.locator('.resends li').nth(1).waitFor();
  expect(await page.locator('.resends li').first().textContent()).toContain('管理员');
});

test('on a phone it is in the menu, fits, and all are sent again at once', async () => {
  await open({ width: 390, height: 844 });
  await page.locator('.account').click();
  await page.locator('.account-page').getByText('未送达').click();
  await letters().first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: '重新投递这 2 条' }).click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: '重新投递' }).click();
  await page.getByText('没有未送达的消息').waitFor();
  await delivery.runDue();
  const waiting = parts.storage.db.selectFrom('outbox').select('id').where('done_at', 'is', null);
  expect(await waiting.where('topic', 'in', ['backend.order', 'wechat.send']).execute()).toEqual([]);
});
