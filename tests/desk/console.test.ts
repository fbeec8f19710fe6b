import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { chromium } from 'playwright-core';
import { builtPages } from '../setup/index.ts';
import { consoleSuite } from './console-suite.ts';
import { startHost } from './host.ts';
import { openParts } from './parts.ts';

const password = 'correct horse battery';

async function start(adminPassword?: string) {
  const parts = await openParts(adminPassword);
  parts.time.now = Date.now();
  const { identity, desk } = parts;
  const host = await startHost({ identity, endpoints: [identity, desk], consoleDir: join(builtPages, 'console') });
  return { parts, host };
}

consoleSuite('the console on the desk', async () => {
  const { parts, host } = await start(password);
  return {
    url: host.url,
    password,
    file(order) {
      parts.time.now += 1;
      return parts.file(order);
    },
    claimAs: (number, user) => parts.workorders.claim(number, user),
    cut: host.cut,
    async close() {
      await host.close();
      await parts.close();
    },
  };
});

test('the one-time password leads to an own one, then to the desk', async () => {
  const { parts, host } = await start();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  await page.goto(`${host.url}/console/`);
  await page.getByLabel('用户名').fill('admin');
  await page.getByLabel('密码').fill(parts.firstPassword ?? '');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('当前密码').fill(parts.firstPassword ?? '');
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByLabel('再输一次新密码').fill('something else');
  await page.getByRole('button', { name: '保存新密码' }).click();
  await page.getByText('两次输入的新密码不一致').waitFor();
  await page.getByLabel('再输一次新密码').fill(password);
  await page.getByRole('button', { name: '保存新密码' }).click();
  await page.locator('.live.is-live').waitFor();
  expect(await page.locator('.account').textContent()).toContain('管理员');
  await browser.close();
  await host.close();
  await parts.close();
}, 120_000);
