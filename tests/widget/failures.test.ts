import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { builtPages } from '../setup/index.ts';
import { openBrowser, type Visit, visit } from './browser.ts';
import { pictureFile } from './pictures.ts';
import { openStubSite } from './site.ts';
import { openStub, type Said, type Stub } from './stub.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

/** A new customer in front of a server of their own, whose faults the test commands. */
async function customer(work: (visit: Visit, stub: Stub) => Promise<void>, stub = openStub()): Promise<void> {
  const site = await openStubSite(builtPages, stub);
  const each = await visit(browser, site.url);
  try {
    await each.open();
    await work(each, stub);
    expect(each.complaints).toEqual([]);
  } finally {
    await each.close();
    await site.close();
  }
}

const online = (page: Page) => page.getByText('在线，随时为您服务').waitFor();
const texts = (stub: Stub) => [...stub.talks.values()].flatMap((talk) => talk.said.map((each) => each.text));
const idOf = (said: Said) => (said.channelData as { clientActivityID: string }).clientActivityID;

describe('nothing is lost and nothing doubled', () => {
  test('a broken socket is opened again and what was said meanwhile arrives', () =>
    customer(async ({ page, theirs, ask }, stub) => {
      await ask('你好');
      stub.faults.failAll = true;
      stub.dropSockets();
      await page.getByText('正在重新连接…').waitFor();
      stub.say({ text: '断线期间的消息' });
      stub.faults.failAll = false;
      await theirs.getByText('断线期间的消息').waitFor();
      await online(page);
      expect(await theirs.getByText('断线期间的消息').count()).toBe(1);
    }));

  test('a message whose receipt was lost is sent again with its old id: one turn', () =>
    customer(async ({ page, ask, mine }, stub) => {
      stub.faults.loseAnswers = 1;
      await ask('收据丢了');
      await page.locator('.mine.sent').waitFor();
      expect(new Set(stub.received.map(idOf)).size).toBe(1);
      expect(texts(stub).filter((text) => text === '收据丢了')).toHaveLength(1);
      expect(await mine.count()).toBe(1);
    }));

  test('what the server could not take is kept over a reload, a picture too, and sent in order', () =>
    customer(async ({ page, say, mine, theirs }, stub) => {
      stub.faults.failAll = true;
      await page.locator('input[type=file]').setInputFiles(pictureFile('表箱.png'));
      await say('照片里是表箱');
      await mine.getByText('照片里是表箱').waitFor();
      await page.getByText('未送达，将自动重发').waitFor();
      await page.reload();
      await mine.getByText('照片里是表箱').waitFor();
      expect(stub.received).toHaveLength(0);
      stub.faults.failAll = false;
      await theirs.getByText('收到：照片里是表箱').waitFor();
      expect(stub.received.map((each) => (each.attachments ? 'picture' : each.text))).toEqual([
        'picture',
        '照片里是表箱',
      ]);
      await page.getByRole('button', { name: /表箱\.png/ }).waitFor();
    }));

  test('a server that stumbles is asked again, quietly', () =>
    customer(async ({ page, ask }, stub) => {
      stub.faults.failPosts = 2;
      await ask('请再试');
      await page.locator('.mine.sent').waitFor();
      expect(await page.getByText('secret detail').count()).toBe(0);
    }));

  test('a refused message says so, waits for the customer over a reload, and does not hold up the next', () =>
    customer(async ({ page, say, ask, mine }, stub) => {
      await say('!refuse');
      await page.locator('.mine.rejected').getByText('未送达').waitFor();
      await ask('下一条');
      await page.reload();
      const retry = page.getByRole('button', { name: '重试' });
      await retry.waitFor();
      const before = stub.calls.length;
      await retry.click();
      await page.locator('.mine.rejected').waitFor();
      expect(stub.calls.slice(before)).toContainEqual(expect.stringMatching(/^POST .*activities$/));
      expect(await mine.count()).toBe(2);
    }));
});

describe('proxies', () => {
  test('where sockets are refused the widget polls', () => {
    const stub = openStub();
    stub.faults.refuseSockets = true;
    return customer(async ({ ask, theirs, page }) => {
      await ask('能收到吗');
      stub.say({ text: '能，靠轮询' });
      await theirs.getByText('能，靠轮询').waitFor();
      await online(page);
      expect(stub.calls.filter((call) => call.startsWith('WS'))).toHaveLength(2);
    }, stub);
  });

  test('a socket that is open but dumb is found out by a missing echo', () => {
    const stub = openStub();
    stub.faults.deaf = true;
    return customer(async ({ ask }) => ask('有人吗'), stub);
  });
});

describe('tokens and conversations', () => {
  test('a token is renewed before it ends, without a new conversation', () =>
    customer(async ({ page, ask }, stub) => {
      await ask('第一条');
      await page.evaluate(() => {
        for (const key of Object.keys(localStorage).filter((each) => each.endsWith(':session'))) {
          localStorage.setItem(key, JSON.stringify({ ...JSON.parse(String(localStorage.getItem(key))), renewAt: 0 }));
        }
      });
      await ask('第二条');
      expect(stub.talks.size).toBe(1);
      expect(stub.calls).toContain('POST /v3/directline/tokens/refresh');
    }));

  test('a dead token resumes its conversation', () =>
    customer(async ({ ask, theirs }, stub) => {
      await ask('第一条');
      stub.expireTokens();
      await ask('第二条');
      expect(stub.talks.size).toBe(1);
      expect(await theirs.count()).toBe(3);
    }));

  test('a conversation that is gone gives way to a new one, which gets what was on its way', () =>
    customer(async ({ page, ask, say, theirs }, stub) => {
      await ask('旧对话');
      stub.forget();
      await say('新对话');
      await theirs.getByText('收到：新对话').waitFor();
      await page.getByText('已为您开启新的对话').waitFor();
      expect(await page.getByText('旧对话').count()).toBe(0);
      expect(texts(stub).filter((text) => text === '新对话')).toHaveLength(1);
    }));
});

describe('what the bot sends', () => {
  const hero = 'application/vnd.microsoft.card.hero';

  test('the dots are shown between question and answer', () => {
    const stub = openStub(() => []);
    return customer(async ({ page, say, theirs }) => {
      const dots = page.getByRole('img', { name: '客服正在输入' });
      await say('在吗');
      await dots.waitFor();
      stub.say({ text: '在' });
      await theirs.getByText('在', { exact: true }).waitFor();
      await dots.waitFor({ state: 'hidden' });
      stub.say({ type: 'typing' });
      await dots.waitFor();
    }, stub);
  });

  test('a card has its words and buttons; one with a script address has no such button', () =>
    customer(async ({ page, mine }, stub) => {
      const buttons = [
        { type: 'openUrl', title: '公告', value: 'https://example.com/notice' },
        { type: 'openUrl', title: '坏的', value: 'javascript:alert(1)' },
        { type: 'call', title: '热线', value: '95598' },
        { type: 'imBack', title: '订阅', value: '订阅恢复通知' },
      ];
      const content = { title: '<b>停电</b>', text: '<img src=x onerror=alert(1)>', buttons };
      stub.say({ attachments: [{ contentType: hero, content }] });
      const card = page.locator('.card');
      await card.getByText('<b>停电</b>').waitFor();
      const links = await card.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
      expect(links).toEqual(['https://example.com/notice', 'tel:95598']);
      expect(await page.getByText('坏的').count()).toBe(0);
      await card.getByRole('button', { name: '订阅' }).click();
      await mine.getByText('订阅恢复通知').waitFor();
    }));

  test('garbage is passed over, a picture from elsewhere is not fetched', () =>
    customer(async ({ theirs, page }, stub) => {
      stub.say({
        text: 42,
        attachments: 'none',
        suggestedActions: { actions: [null, 7] },
        entities: [{ type: 'Place' }],
      });
      stub.say({
        text: '',
        attachments: [{ contentType: 'image/png', contentUrl: 'https://example.com/x.png', name: '外部' }],
      });
      stub.say({ text: '还在' });
      await theirs.getByText('还在').waitFor();
      await page.locator('.file').getByText('外部').waitFor();
    }));

  test('a closed panel counts what it missed; a reader further up is not moved', () =>
    customer(async ({ page, launcher, theirs }, stub) => {
      for (let count = 1; count <= 30; count++) stub.say({ text: `第 ${count} 条` });
      await theirs.nth(30).waitFor();
      const viewport = page.locator('.viewport');
      await viewport.hover();
      await page.mouse.wheel(0, -600);
      await page.waitForFunction(
        (each) => each && each.scrollHeight - each.scrollTop > each.clientHeight + 100,
        await viewport.elementHandle(),
      );
      stub.say({ text: '新的一条' });
      await page.getByRole('button', { name: '有新消息' }).click();
      await theirs.getByText('新的一条').waitFor();
      await page.getByRole('button', { name: '关闭对话' }).click();
      stub.say({ text: '关上以后' });
      await page.getByRole('button', { name: '打开在线客服，1 条未读消息' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: '打开在线客服，1 条未读消息' }).waitFor();
      await launcher.click();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '打开在线客服', exact: true }).waitFor();
    }));
});
