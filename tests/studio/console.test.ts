import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { builtPages } from '../setup/index.ts';
import { adminOf, customerOf } from './customer.ts';
import { canteen, password } from './small.ts';
import { furnish, type House, makeSmallHouse, runHouse } from './small-house.ts';

let folder: string;
let house: House;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

// A browser on a busy machine takes its time.
jest.setTimeout(120_000);

async function open(viewport: { width: number; height: number }) {
  const { cookie } = await adminOf(house.url, password);
  const [name = '', value = ''] = cookie.split('=');
  const context = await browser.newContext({ viewport });
  await context.addCookies([{ name, value, url: house.url }]);
  const opened = await context.newPage();
  opened.setDefaultTimeout(30_000);
  opened.on('console', (said) => /Content Security|Refused to/.test(said.text()) && complaints.push(said.text()));
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(`${house.url}/console/`);
  return opened;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gridtalk-house-'));
  furnish(makeSmallHouse(folder), join(builtPages, 'console'));
  house = await runHouse(folder, { GRIDTALK_DATA: join(folder, 'data'), GRIDTALK_ADMIN_PASSWORD: password });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  page = await open({ width: 1440, height: 900 });
});
afterAll(async () => {
  await browser?.close();
  await house?.stop();
  await rm(folder, { recursive: true, force: true });
});

const field = (label: string) => page.getByLabel(label, { exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('an administrator makes an intent, and sees at once what is wrong with it', async () => {
  await page.getByRole('link', { name: '意图工作室' }).click();
  await page.getByRole('button', { name: '新建意图' }).click();
  await field('名称').fill(canteen.name);
  await field('编号').fill('Canteen');
  await field('客户的说法').fill('食堂几点开饭');
  await button('建立').click();
  await page.getByText('请按 family.action 的格式填写小写英文').waitFor();
  await page.getByText('至少 5 句，还差 4 句').waitFor();
  await field('编号').fill(canteen.id);
  await field('答复文字').fill(canteen.answer);
  await field('客户的说法').fill(canteen.utterances.join('\n'));
  await button('建立').click();
  await page.locator('.intent-title').getByText(canteen.name).waitFor();
  expect(await page.locator('.line').count()).toBe(canteen.utterances.length);
});

test('lines that another intent has are named, and can be left out', async () => {
  await field('每行一句，可粘贴多行').fill('食堂周末开吗\n报修！');
  await button('添加 2 句').click();
  await page.locator('.refusals').getByText('「故障报修」里已有').waitFor();
  await button('去掉这些，添加其余 1 句').click();
  await page.locator('.line').getByText('食堂周末开吗').waitFor();
  await button('修改 食堂周末开吗').click();
  await page.locator('.line.is-edited textarea').fill('食堂周末开门吗');
  await button('保存').click();
  await page.locator('.line').getByText('食堂周末开门吗').waitFor();
  await button('删除 食堂周末开门吗').click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: '删除' }).click();
  await page.locator('.line').getByText('食堂周末开门吗').waitFor({ state: 'detached' });
  await button('关闭').click();
});

test('trained, looked at, published: the widget answers with it', async () => {
  await button('训练').click();
  await button('看结果并发布').click();
  await page.getByRole('region', { name: 'v1 的测验结果' }).getByRole('link', { name: canteen.name }).first().waitFor();
  await button('发布 v1').click();
  await page.getByRole('dialog').getByLabel('说明').fill('新食堂');
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click();
  await page.getByText('已发布，客户的下一句话就用新版本').waitFor();
  const customer = await customerOf(house.url);
  await customer.say('食堂几点开饭');
  expect((await customer.heard()).at(-1)).toBe(canteen.answer);
});

test('a message shows how it is understood, and the history who did what', async () => {
  await page.getByTitle('试一试').click();
  await page.getByRole('textbox').fill('食堂几点开饭');
  await button('试一试').click();
  await page.locator('.verdict .best').getByText(canteen.name).waitFor();
  await page.locator('.verdict .nearest').getByText('食堂几点开饭').waitFor();
  await page.getByTitle('修改记录').click();
  expect(await page.locator('.change').first().textContent()).toContain('出厂版本 → v1');
});

test('rolled back from the list of versions', async () => {
  await page.getByTitle('训练与发布').click();
  await page.locator('[data-version="0"]').getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: '回滚到此版本' }).click();
  await page.locator('.state-bar').getByText('出厂版本').waitFor();
  const customer = await customerOf(house.url);
  await customer.say('食堂几点开饭');
  expect((await customer.heard()).at(-1)).not.toBe(canteen.answer);
});

test('on a phone the pages are in the account menu, and nothing is wider than the screen', async () => {
  page = await open({ width: 390, height: 844 });
  await page.locator('.account').click();
  await page.locator('.account-page').getByText('意图工作室').click();
  await page.locator('[data-intent="canteen.hours"]').click();
  await page.locator('.line').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.goBack();
  await page.locator('.studio-drawer').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
