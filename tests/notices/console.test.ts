import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Admin } from './admins.ts';
import { type House, openHouse } from './host.ts';

// A browser on a busy machine takes its time.
jest.setTimeout(120_000);

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const template = { send: 'template', id: 'template-price', fields: { thing1: 'title', thing2: 'effect' } } as const;

let folder: string;
let house: House;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridtalk-console-'));
  await promisify(execFile)(process.execPath, ['scripts/build-console.js', folder]);
  house = await openHouse({ consoleDir: folder });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open({ cookie }: Admin, viewport = desktop): Promise<Page> {
  const [name = '', value = ''] = cookie.split('=');
  const context = await browser.newContext({ viewport });
  await context.addCookies([{ name, value, url: house.url }]);
  const page = await context.newPage();
  page.on('console', (said) => /Content Security|Refused to/.test(said.text()) && complaints.push(said.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${house.url}/console/#/notices`);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** Kept where somebody wants to look at them. */
const picture = async (page: Page, name: string) => {
  const where = process.env.GRIDTALK_TEST_PICTURES;
  if (where) await page.screenshot({ path: join(where, `${name}.png`) });
};

test('one writes a change of prices, a second approves it, both see it arrive', async () => {
  await house.reset({ wechat: { price: template } });
  for (let n = 0; n < 3; n += 1) await house.follower(`oConsole0${n}`, ['3301000000017']);
  await house.visitor('dl_console', ['3301000000025']);
  const mine = await open(house.author);
  await mine.getByText('还没有公告').waitFor();
  await mine.getByRole('button', { name: '新建电价公告' }).click();
  await button(mine, '保存并看预览').click();
  await mine.getByText('请填写').first().waitFor();
  await mine.getByLabel('已公布的调价').click();
  await mine.getByTitle(/浙江 · 2027-01-01/).click();
  expect(await mine.getByLabel('文号').inputValue()).toBe('示范〔2026〕1号');
  await mine.getByLabel('标题').fill('居民阶梯电价调整');
  await picture(mine, 'form');
  await button(mine, '保存并看预览').click();
  await house.notices.run();
  await mine.locator('.notice-drawer .outcomes').getByText('接收人 4 人').waitFor();
  await mine.locator('.samples').getByText('预计每月').first().waitFor();
  await picture(mine, 'preview');
  await button(mine, '提交审批').click();
  await mine.getByText('须由没有参与拟稿和提交的另一位管理员批准').waitFor();
  expect(await button(mine, '批准并发送').count()).toBe(0);

  const theirs = await open(house.approver);
  await theirs.getByText('居民阶梯电价调整').click();
  await button(theirs, '批准并发送').click();
  await theirs.locator('.ant-popconfirm').getByText('将向 4 位客户').waitFor();
  await theirs.locator('.ant-popconfirm').getByRole('button', { name: '批准并发送' }).click();
  await theirs.locator('.notice-drawer').getByText('发送中').first().waitFor();
  await button(theirs, '暂停').click();
  await button(theirs, '继续发送').click();
  await button(theirs, '暂停').waitFor();
  await house.settle();
  await mine.locator('.outcomes').getByText('4 / 4').waitFor();
  await mine.locator('.receivers').getByText('已送达').first().waitFor();
  await mine.locator('.receivers summary').first().click();
  await picture(mine, 'receipts');
  expect(await mine.locator('.receivers summary').count()).toBe(4);
  const [download] = await Promise.all([
    mine.waitForEvent('download'),
    mine.getByRole('link', { name: '导出送达凭证' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^notice-[\w-]+\.csv$/);
  await mine.locator('.notice-events').getByText('导出送达凭证').waitFor();
  await button(mine, '关闭').click();
  await mine.locator('.notice-row').getByText('4 / 4').waitFor();
  await picture(mine, 'list');
});

test('on a phone the page is reached from the menu, and nothing is wider than the screen', async () => {
  const page = await open(house.author, phone);
  await page.locator('.notice-row').first().waitFor();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(phone.width);
  await picture(page, 'phone-list');
  await page.locator('.notice-row').first().click();
  await page.locator('.receivers summary').first().waitFor();
  await picture(page, 'phone-notice');
  const drawer = page.locator('.notice-drawer .ant-drawer-body');
  expect(await drawer.evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0);
  await page.goBack();
  await page.getByRole('button', { name: '新建电价公告' }).click();
  await page.getByLabel('标题').waitFor();
  await picture(page, 'phone-form');
  expect(await drawer.evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0);
  expect(complaints).toEqual([]);
});
