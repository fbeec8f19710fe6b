import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Start, Target } from '../target.ts';
import { type Connection, call, newVisitor, posted, textsOf } from '../visitor.ts';

/** The bundle has four megabytes; on a busy machine a browser needs its time to read it. */
const patience = 120_000;
const bundle = fileURLToPath(new URL('../../../node_modules/botframework-webchat/dist/webchat.js', import.meta.url));
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
// A page that was put in front of a server has no address of its own, and Chromium keeps such pages from local sockets.
const args = `--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync
  --disable-component-update --disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets`.split(
  /\s+/,
);

const pageWith = (options: object) => `<!doctype html><meta charset="utf-8"><div id="chat" style="height:600px"></div>
<script src="/stock-webchat/webchat.js"></script><script>
const directLine = WebChat.createDirectLine({domain: location.origin + '/v3/directline', ...${JSON.stringify(options)}});
WebChat.renderWebChat({directLine, locale: 'zh-CN', sendTypingIndicator: true}, document.getElementById('chat'));
</script>`;

/** Microsoft's stock Web Chat in a real browser. The page is put in front of the server, so that any server will do. */
export function webchatSuite(name: string, start: Start): void {
  describe(`${name}: Microsoft’s Web Chat`, () => {
    let target: Target;
    let browser: Browser;
    beforeAll(async () => {
      [target, browser] = await Promise.all([start(), chromium.launch({ executablePath: '/usr/bin/chromium', args })]);
    }, patience);
    afterAll(async () => {
      await browser.close();
      await target.stop();
    });

    const show = async (options: object): Promise<Page> => {
      const page = await browser.newPage();
      page.setDefaultTimeout(patience);
      const body = pageWith(options);
      await page.route('**/stock-webchat/webchat.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', path: bundle }),
      );
      await page.route('**/stock-webchat/', (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto(`${target.base}/stock-webchat/`);
      return page;
    };
    const send = async (page: Page, text: string) => {
      await page.locator('[data-id="webchat-sendbox-input"]').fill(text);
      await page.keyboard.press('Enter');
    };
    const bubbles = (page: Page) => page.locator('.webchat__bubble__content');
    // Web Chat writes the time under a customer's own bubble once the echo came, and «发送失败» if it doesn't.
    const own = (page: Page) => page.locator('.webchat__stacked-layout--from-user', { hasText: /刚刚|分钟前/ });
    const failures = (page: Page) => page.getByText(/发送失败|正在发送/).count();

    test(
      'by WebSocket: greets, echoes, answers, shows a picture, and nothing is «failed»',
      async () => {
        const page = await show({ token: (await newVisitorOfPage(target)).token });
        await bubbles(page).first().waitFor();
        const greetings = await bubbles(page).count();
        await send(page, '我家停电了 <b>急</b>');
        await own(page).getByText('我家停电了 <b>急</b>').waitFor();
        await bubbles(page)
          .nth(greetings + 1)
          .waitFor();
        await page
          .locator('input[type="file"]')
          .setInputFiles({ name: '电表.png', mimeType: 'image/png', buffer: png });
        // The paper-clip is ticked once the file is read; a send before that goes without it.
        await page.locator('.webchat__attachment-icon--checked').waitFor();
        await page.locator('[data-id="webchat-sendbox-input"]').press('Enter');
        const picture = own(page).locator('img[src*="/v3/directline/uploads/"]');
        await picture.waitFor();
        expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(
          1,
        );
        expect(await own(page).count()).toBe(2);
        expect(await failures(page)).toBe(0);
        await page.close();
      },
      patience,
    );

    test(
      'by polling: shows a resumed conversation and goes on with it, and nothing is «failed»',
      async () => {
        const visitor = await newVisitor(target);
        await visitor.say('先前说的');
        const page = await show({ token: visitor.token, conversationId: visitor.id, webSocket: false });
        await own(page).getByText('先前说的').waitFor();
        await send(page, '现在说的');
        await own(page).getByText('现在说的').waitFor();
        expect(await own(page).count()).toBe(2);
        expect(await failures(page)).toBe(0);
        expect(textsOf(await visitor.said())).toEqual(['先前说的', '现在说的']);
        await page.close();
      },
      patience,
    );
  });
}

/** As a page's own backend gets a token for its customer. */
async function newVisitorOfPage(target: Target): Promise<Connection> {
  const body = posted({ user: { id: 'dl_wc' } }, target.secret);
  return (await call<Connection>(target, '/v3/directline/tokens/generate', body)).body;
}
