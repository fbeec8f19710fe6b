import { afterEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '#config';
import { openStorage } from '#storage';
import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';
import { customerOf } from '../studio/customer.ts';
import { openRobot } from './wecom/robot.ts';

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

describe('the product with a robot', () => {
  test('a fallen wire that was reported before a kill is told in the group after it', async () => {
    const folder = await freshFolder();
    const robot = await openRobot();
    running.push(folder.remove, robot.close);
    const environment = {
      ...{ PORT: '0', GRIDTALK_DATA: folder.path, GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests', LOG_LEVEL: 'info' },
      ...{ WECOM_WEBHOOK: robot.webhook, WECOM_ORDERS: 'urgent' },
    };
    robot.state.down = true;
    const first = await startServer(environment);
    running.push(() => first.kill('SIGKILL'));
    const customer = await customerOf(first.url);
    await customer.say('电线掉地上了，在西湖区文三路199号门口');
    await first.kill('SIGKILL');
    robot.state.down = false;
    // The minute that the robot is left alone for has passed.
    const storage = await openStorage({ dataDir: folder.path });
    const waiting = storage.commit((tx) =>
      tx
        .updateTable('outbox')
        .set({ due_at: 0 })
        .where('topic', '=', 'order.news')
        .where('done_at', 'is', null)
        .execute(),
    );
    await waiting;
    await storage.close();
    const second = await startServer(environment);
    running.push(() => second.kill('SIGTERM'));
    await robot.took(1);
    expect(robot.contents()).toEqual([expect.stringMatching(/紧急工单[\s\S]*文三路199号/)]);
    expect(first.printed() + second.printed()).not.toContain(robot.key);
  });
});

describe('its settings', () => {
  const webhook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa';
  const faultsOf = (environment: Record<string, string>): string => {
    try {
      readConfig(environment);
      return '';
    } catch (error) {
      return String(error);
    }
  };

  test('name the robot, and what it tells: everything unless less is asked for', () => {
    expect(readConfig({}).wecom).toBeUndefined();
    expect(readConfig({ WECOM_WEBHOOK: webhook }).wecom).toEqual({ webhook, tells: ['urgent', 'overdue', 'new'] });
    expect(readConfig({ WECOM_WEBHOOK: webhook, WECOM_ORDERS: ' urgent, overdue' }).wecom?.tells).toEqual([
      'urgent',
      'overdue',
    ]);
  });

  test.each([
    ['another host', webhook.replace('qyapi.weixin.qq.com', 'evil.example'), ''],
    ['a host that only begins alike', webhook.replace('.com/', '.com.evil.example/'), ''],
    ['no secrecy', webhook.replace('https', 'http'), ''],
    ['no key', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send', ''],
    ['news that there are not', webhook, 'urgent,everything'],
    ['no news', webhook, ','],
  ])('%s is refused, without a word of the key', (_what, address, news) => {
    const told = faultsOf({ WECOM_WEBHOOK: address, WECOM_ORDERS: news });
    expect(told).toMatch(/WECOM_(WEBHOOK|ORDERS) must be/);
    expect(told).not.toContain('693axxx6');
  });
});
