import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--no-first-run', ...quiet] });

export interface Visit {
  page: Page;
  /** What the browser complained about; cut lines, which tests make on purpose, aside. */
  complaints: string[];
  launcher: Locator;
  input: Locator;
  mine: Locator;
  theirs: Locator;
  choices: Locator;
  open(): Promise<void>;
  say(text: string): Promise<void>;
  /** Says it and waits until the bot has answered. */
  ask(text: string): Promise<void>;
  close(): Promise<void>;
}

export function visitOf(page: Page): Omit<Visit, 'close'> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(text)) complaints.push(text);
  });
  page.on('pageerror', (fault) => complaints.push(String(fault)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const launcher = page.getByRole('button', { name: /打开在线客服/ });
  const input = page.getByRole('textbox', { name: '输入消息' });
  const theirs = page.locator('.line.theirs');
  const say = async (text: string) => {
    await input.fill(text);
    await input.press('Enter');
  };
  return {
    page,
    complaints,
    launcher,
    input,
    theirs,
    mine: page.locator('.line.mine'),
    choices: page.getByRole('group', { name: '可选回复' }).getByRole('button'),
    async open() {
      await launcher.click();
      await theirs.first().waitFor();
    },
    say,
    async ask(text) {
      const before = await theirs.count();
      await say(text);
      await theirs.nth(before).waitFor();
    },
  };
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale: 'zh-CN', viewport, ...options });
  const page = await context.newPage();
  await page.goto(url);
  return { ...visitOf(page), close: () => context.close() };
}
