import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { WorkOrder } from '#wire';

/** A running GridTalk with the console under /console/, as the suite needs it; the real server can stand behind it too. */
export interface Subject {
  url: string;
  /** Of the administrator `admin`. */
  password: string;
  /** A customer reports; the order is on disk and told to live desks when it resolves. */
  file(order: Partial<WorkOrder> & Pick<WorkOrder, 'number'>): Promise<unknown>;
  /** Someone else takes the order. */
  claimAs(number: string, user: string): Promise<unknown>;
  /** Ends every open connection, as a dying replica does. */
  cut(): void;
  close(): Promise<void>;
}

const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Cookie = Parameters<BrowserContext['addCookies']>[0][number];

/** Signing in costs a tenth of a second on purpose; once is enough for the tests that are about something else. */
async function sessionOf({ url, password }: Subject): Promise<Cookie> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password }),
  });
  const [name = '', value = ''] = (answer.headers.get('set-cookie') ?? '').split(/[=;]/);
  return { name, value, url };
}

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const attack = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

// A browser on a busy machine takes its time.
jest.setTimeout(60_000);

/** The staff's way through the console, in a real browser. */
export function consoleSuite(name: string, start: () => Promise<Subject>) {
  describe(name, () => {
    let subject: Subject;
    let browser: Browser;
    let page: Page;
    let complaints: string[];
    let cookie: Cookie;
    let filed = 0;

    const number = () => `202611243301${String(++filed).padStart(8, '0')}`;
    const row = (of: string) => page.locator(`[data-number="${of}"]`);

    async function open(viewport = desktop, cookies: Cookie[] = []) {
      const context = await browser.newContext({ viewport });
      await context.addCookies(cookies);
      page = await context.newPage();
      complaints = [];
      page.on(
        'console',
        (said) => /Content Security Policy|Refused to/.test(said.text()) && complaints.push(said.text()),
      );
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${subject.url}/console/`);
    }

    async function signIn(password = subject.password) {
      await page.getByLabel('用户名').fill('admin');
      await page.getByLabel('密码').fill(password);
      await page.getByRole('button', { name: '登录' }).click();
    }

    async function openDesk(viewport = desktop) {
      await open(viewport, [cookie]);
      await page.locator('.live.is-live').waitFor();
    }

    beforeAll(async () => {
      subject = await start();
      cookie = await sessionOf(subject);
      browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: quietArguments });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await subject?.close();
    });
    beforeEach(() => {
      complaints = [];
    });
    afterEach(async () => {
      await page.context().close();
      expect(complaints).toEqual([]);
    });

    test('a wrong password is told, the right one opens the desk, and signing out closes it', async () => {
      await open();
      await signIn('wrong');
      await page.getByText('用户名或密码不正确').waitFor();
      await signIn();
      await page.locator('.live.is-live').waitFor();
      await page.locator('.account').click();
      await page.getByText('退出登录').click();
      await page.getByRole('button', { name: '登录' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: '登录' }).waitFor();
    });

    test('a new order appears on top by itself', async () => {
      await openDesk();
      const [first, second] = [number(), number()];
      await subject.file({ number: first, address: '文三路199号', urgent: true });
      await row(first).waitFor();
      await subject.file({
        number: second,
        faultKind: 'low_voltage',
        arriveBy: new Date(Date.now() + 45 * 60_000).toISOString(),
      });
      await row(second).waitFor();
      expect(await page.locator('.row').first().getAttribute('data-number')).toBe(second);
      expect(await row(second).textContent()).toMatch(/电压低[\s\S]*剩 4\d 分[\s\S]*待接单/);
      expect(await row(first).getAttribute('class')).toContain('is-urgent');
    });

    test('an application shows its business, what was asked for it and the day of the answer', async () => {
      await openDesk();
      const of = number();
      await subject.file({
        number: of,
        type: 'service',
        intent: 'service.capacity',
        capacity: { value: 50, unit: 'kW' },
        household: 6,
        facts: { 办理事项: '增容' },
        marks: ['account_unproved'],
        answerBy: '2099-12-01',
      });
      await row(of).click();
      const facts = page.locator('.facts').first();
      await facts.waitFor();
      expect(await facts.textContent()).toMatch(
        /(?=[\s\S]*办理业务增容减容)(?=[\s\S]*50 kW)(?=[\s\S]*居住人数6)(?=[\s\S]*办理事项增容)(?=[\s\S]*答复期限12月1日)/,
      );
      expect(await page.locator('.banner').textContent()).toContain('承诺答复12月1日');
      expect(await page.locator('.order-title').textContent()).toMatch(/增容减容[\s\S]*户号未核实/);
    });

    test('filters leave what fits, also of what comes live', async () => {
      await openDesk();
      const [fault, complaint] = [number(), number()];
      await page.getByRole('combobox', { name: '全部类型' }).click();
      await page.getByTitle('投诉').click();
      await page.getByLabel('工单号、地址、电话、姓名').fill('解放路');
      await page.getByText('没有符合条件的工单').waitFor();
      await subject.file({ number: fault, address: '解放路1号' });
      await subject.file({ number: complaint, type: 'complaint', address: '解放路2号' });
      await row(complaint).waitFor();
      expect(await row(fault).count()).toBe(0);
      await page.getByRole('button', { name: '清除筛选' }).click();
      await row(fault).waitFor();
    });

    test('an order is claimed and closed, and its log tells of it', async () => {
      await openDesk();
      const mine = number();
      await subject.file({ number: mine, phone: '13800000017', name: '张伟' });
      await row(mine).click();
      await page.getByRole('link', { name: '138 0000 0017', exact: true }).waitFor();
      await page.getByRole('button', { name: '接单' }).click();
      await page.getByRole('button', { name: '办结' }).click();
      await page.getByRole('button', { name: '确认办结' }).click();
      await page.getByText('请选择处理结果').waitFor();
      await page.getByText('已恢复供电').click();
      await page.getByLabel('处理说明').fill('换了保险');
      await page.getByRole('button', { name: '确认办结' }).click();
      await page.locator('.progress').getByText('已恢复供电 · 换了保险').waitFor();
      await page.locator('.actions').getByText('工单已结束').waitFor();
    });

    test('someone was faster: told kindly, and shown as it is now', async () => {
      await openDesk();
      const wanted = number();
      await subject.file({ number: wanted });
      await row(wanted).click();
      await page.getByRole('button', { name: '接单' }).waitFor();
      // The live stream would tell of it at once; here it must not come first.
      await page.route('**/claim', async (route) => {
        await subject.claimAs(wanted, 'wangqiang');
        await route.continue();
      });
      await page.getByRole('button', { name: '接单' }).click();
      await page.getByText('工单状态刚刚有变化，已为您更新到最新').waitFor();
      await page.locator('.actions').getByText('由 wangqiang 处理中').waitFor();
      expect(await page.getByRole('button', { name: '办结' }).count()).toBe(0);
    });

    test('what came while the stream was cut is there after it is back', async () => {
      await openDesk();
      const missed = number();
      await page.route('**/events', (route) => route.abort());
      subject.cut();
      await page.locator('.live.is-lost').waitFor();
      await subject.file({ number: missed });
      expect(await row(missed).count()).toBe(0);
      await page.unroute('**/events');
      await row(missed).waitFor();
    });

    test('an open order survives a reload, and an unknown one is told', async () => {
      await openDesk();
      const kept = number();
      await subject.file({ number: kept, address: '钱塘江路7号' });
      await row(kept).click();
      await page.locator('.facts').getByText('钱塘江路7号').waitFor();
      await page.reload();
      await page.locator('.facts').getByText('钱塘江路7号').waitFor();
      await page.goto(`${subject.url}/console/#/order/404`);
      await page.getByText('没有这张工单').waitFor();
    });

    test('what customers write is text, whatever it is', async () => {
      await openDesk();
      const evil = number();
      await subject.file({
        number: evil,
        address: attack,
        name: attack,
        description: `${attack} javascript:alert(1)`,
        marks: [attack],
      });
      await row(evil).click();
      await page.locator('.facts').getByText(`${attack} javascript:alert(1)`).waitFor();
      expect(await page.locator('.facts img, .facts script, .row img').count()).toBe(0);
      expect(await page.title()).not.toBe('owned');
    });

    test('on a phone an order fills the page, and nothing is wider than the screen', async () => {
      await openDesk(phone);
      const one = number();
      await subject.file({
        number: one,
        address: '很长的地址'.repeat(20),
        marks: ['danger', 'no_phone', 'address_incomplete'],
      });
      await row(one).waitFor();
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      expect(await width()).toBe(phone.width);
      await row(one).click();
      await page.getByRole('button', { name: '接单' }).waitFor();
      expect(await page.locator('.ant-drawer-content-wrapper').evaluate((drawer) => drawer.clientWidth)).toBe(
        phone.width,
      );
      await page.goBack();
      await page.locator('.ant-drawer-content-wrapper').waitFor({ state: 'detached' });
    });

    test('the keyboard is enough to open and leave an order', async () => {
      await openDesk();
      const one = number();
      await subject.file({ number: one });
      await row(one).focus();
      await page.keyboard.press('Enter');
      await page.locator('.facts').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.facts').waitFor({ state: 'detached' });
    });
  });
}
