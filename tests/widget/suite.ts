import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { openBrowser, type Visit, visit, visitOf } from './browser.ts';
import { largePicture, pictureFile } from './pictures.ts';
import type { Site } from './site.ts';

/** Words that any bot answers; beyond that the suite counts only on a welcome with buttons. */
const hello = '你好';

const here = { latitude: 30.27781, longitude: 120.12345 };

/** What a customer may rely on, whatever server is behind the page that `open` gives. */
export function widgetSuite(name: string, open: () => Promise<Site>): void {
  describe(name, () => {
    let site: Site;
    let browser: Browser;

    beforeAll(async () => {
      site = await open();
      browser = await openBrowser();
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    /** A visit of a new customer, at whose end the browser must have nothing to complain of. */
    async function customer(work: (visit: Visit) => Promise<void>, options?: BrowserContextOptions): Promise<void> {
      const each = await visit(browser, site.url, options);
      try {
        await each.open();
        await work(each);
        expect(each.complaints).toEqual([]);
      } finally {
        await each.close();
      }
    }

    test('a message goes out and its answer comes in', () =>
      customer(async ({ ask, mine, page }) => {
        await ask(hello);
        await page.locator('.mine.sent').waitFor();
        expect(await mine.allInnerTexts()).toEqual([expect.stringContaining(hello)]);
      }));

    test.each(['mouse', 'keyboard'])(
      'buttons below an answer say their words by %s, and go when they are used',
      (way) =>
        customer(async ({ mine, theirs, choices, input, page }) => {
          const title = String(await choices.first().textContent());
          if (way === 'mouse') await choices.first().click();
          else await choices.first().press('Enter');
          await mine.first().getByText(title).waitFor();
          await theirs.nth(1).waitFor();
          await input.and(page.locator(':focus')).waitFor();
          expect(await mine.count()).toBe(1);
        }),
    );

    test('a reload brings the conversation back as it was', () =>
      customer(async ({ ask, mine, theirs, page, input }) => {
        await ask(hello);
        await page.locator('.mine.sent').waitFor();
        const heard = await theirs.count();
        await page.reload();
        await theirs.nth(heard - 1).waitFor();
        expect(await mine.count()).toBe(1);
        expect(await theirs.count()).toBe(heard);
        expect(await input.isVisible()).toBe(true);
      }));

    test('what is said without a network is sent once when it is back', () =>
      customer(async ({ say, ask, mine, theirs, page }) => {
        await ask(hello);
        const heard = await theirs.count();
        await page.context().setOffline(true);
        await say(`${hello}！`);
        await page.getByText('未送达，将自动重发').waitFor();
        await page.getByText('网络已断开，恢复后自动发送').waitFor();
        await page.context().setOffline(false);
        await theirs.nth(heard).waitFor();
        await page.locator('.mine.sent').nth(1).waitFor();
        await page.reload();
        await theirs.nth(heard).waitFor();
        expect(await mine.count()).toBe(2);
      }));

    test('two tabs of one customer show the same conversation', () =>
      customer(async ({ page, ask }) => {
        const other = visitOf(await page.context().newPage());
        await other.page.goto(site.url);
        await other.open();
        await ask(hello);
        await other.mine.getByText(hello).waitFor();
        const heard = await other.theirs.count();
        await other.ask(hello);
        await page.locator('.mine').nth(1).waitFor();
        await page.locator('.theirs').nth(heard).waitFor();
        expect(other.complaints).toEqual([]);
      }));

    test('a picture is shown before and after it is sent, and again after a reload', () =>
      customer(async ({ page, theirs }) => {
        await page.locator('input[type=file]').setInputFiles(pictureFile('电表箱.png'));
        await page.getByRole('img', { name: '电表箱.png' }).waitFor();
        const heard = await theirs.count();
        await page.getByRole('button', { name: '发送', exact: true }).click();
        await theirs.nth(heard).waitFor();
        const shown = page.getByRole('button', { name: /查看大图/ }).getByRole('img');
        await page.reload();
        await shown.and(page.locator('[src^="blob:"]')).waitFor();
        await page.waitForFunction(
          (image) => (image as HTMLImageElement).naturalWidth === 240,
          await shown.elementHandle(),
        );
        await page.getByRole('button', { name: /查看大图/ }).click();
        await page.getByRole('dialog', { name: '电表箱.png' }).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog', { name: '电表箱.png' }).waitFor({ state: 'detached' });
      }));

    test('a file that is too large or no picture is refused with its reason', () =>
      customer(async ({ page, mine }) => {
        const file = page.locator('input[type=file]');
        // By its path: as bytes it would go through the debugging channel, for many seconds.
        const large = await largePicture('全景.png');
        await file.setInputFiles(large.path);
        await page.getByRole('alert').getByText('“全景.png”超过 10 MB').waitFor();
        await large.remove();
        await file.setInputFiles({ name: '报告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
        await page.getByRole('alert').getByText('“报告.pdf”不是支持的图片').waitFor();
        expect(await page.getByRole('button', { name: '发送', exact: true }).isDisabled()).toBe(true);
        expect(await mine.count()).toBe(0);
      }));

    test('pasted and dropped pictures wait in the tray, and can be taken out', () =>
      customer(async ({ page }) => {
        for (const type of ['paste', 'drop']) {
          await page.evaluate((kind) => {
            const root = document.querySelector('body > div:last-of-type')?.shadowRoot;
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(9)], `${kind}.png`, { type: 'image/png' }));
            const common = { bubbles: true, cancelable: true };
            const event =
              kind === 'paste'
                ? new ClipboardEvent(kind, { ...common, clipboardData: data })
                : new DragEvent(kind, { ...common, dataTransfer: data });
            root?.querySelector('textarea')?.dispatchEvent(event);
          }, type);
          const remove = page.getByRole('button', { name: `移除 ${type}.png` });
          await remove.click();
          await remove.waitFor({ state: 'detached' });
        }
      }));

    test('the place is sent as a message', () =>
      customer(
        async ({ page, theirs }) => {
          const heard = await theirs.count();
          await page.getByRole('button', { name: '发送位置' }).click();
          await page.locator('.mine').getByText('30.27781, 120.12345').waitFor();
          await theirs.nth(heard).waitFor();
          await page.reload();
          await page.locator('.mine').getByText('30.27781, 120.12345').waitFor();
        },
        { permissions: ['geolocation'], geolocation: here },
      ));

    test('a refused place is met with a way out', () =>
      customer(async ({ page }) => {
        await page.getByRole('button', { name: '发送位置' }).click();
        await page.getByRole('alert').getByText('您可以直接输入地址').waitFor();
      }));

    test('markup and script addresses stay text; web addresses and calls become links', () =>
      customer(async ({ ask, mine, page }) => {
        const bad = '<img src=x onerror=alert(1)><script>alert(2)</script> javascript:alert(3)';
        await ask(bad);
        await mine.first().getByText(bad).waitFor();
        await ask('见https://example.com/a?b=1，或tel:95598。');
        expect(await page.locator('.log img, .log script, a[href^="javascript"]').count()).toBe(0);
        const links = page.locator('.mine a');
        const addresses = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
        expect(addresses).toEqual(['https://example.com/a?b=1', 'tel:95598']);
        expect(await links.first().getAttribute('rel')).toBe('noopener noreferrer');
      }));

    test('2000 characters are counted down gently; more are not sent', () =>
      customer(async ({ input, page, mine }) => {
        await input.fill('电'.repeat(1990));
        await page.getByText('还可输入 10 字').waitFor();
        await input.fill('电'.repeat(2003));
        await page.getByText('超出 3 字').waitFor();
        await input.press('Enter');
        expect(await mine.count()).toBe(0);
        await input.fill('8'.repeat(2000));
        await input.press('Enter');
        await mine.first().waitFor();
        expect(await page.locator('.viewport').evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
      }));

    test('keyboard only: Tab, Enter, Shift+Enter, Escape, and a word still being composed is not sent', async () => {
      const each = await visit(browser, site.url);
      const { page, launcher, input, mine, theirs } = each;
      await launcher.focus();
      await page.keyboard.press('Enter');
      await theirs.first().waitFor();
      await input.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('第一行');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('第二行');
      await input.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
      expect(await mine.count()).toBe(0);
      await page.keyboard.press('Enter');
      await mine.getByText('第一行 第二行').waitFor();
      await page.keyboard.press('Escape');
      await launcher.and(page.locator(':focus')).waitFor();
      expect(each.complaints).toEqual([]);
      await each.close();
    });

    test('on a phone the panel is the screen, keeps the focus and has room for thumbs', () =>
      customer(
        async ({ page }) => {
          const panel = page.getByRole('dialog');
          expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
          const small = await panel.locator('button:visible, a:visible').evaluateAll((all) =>
            all
              .map((each) => ({ name: each.textContent || each.ariaLabel, box: each.getBoundingClientRect() }))
              .filter(({ box }) => box.height < 44 || box.width < 44)
              .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
          );
          expect(small).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
          await page.getByRole('button', { name: '关闭对话' }).focus();
          for (let count = 0; count < 12; count++) {
            await page.keyboard.press('Tab');
            expect(await panel.locator(':focus').count()).toBe(1);
          }
        },
        { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true },
      ));

    test('a link of the page opens the conversation with its words', async () => {
      const { page, mine, close } = await visit(browser, site.url);
      await page.locator('[data-gridtalk="我要报修"]').click();
      await mine.getByText('我要报修').waitFor();
      await close();
    });
  });
}
