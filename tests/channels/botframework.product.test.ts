import { afterEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '#config';
import { freshFolder } from '../setup/index.ts';
import { startServer } from '../setup/server-process.ts';
import { type Microsoft, openMicrosoft } from './botframework/microsoft.ts';

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

async function start(environment: Record<string, string>) {
  const folder = await freshFolder();
  running.push(folder.remove);
  const password = { GRIDTALK_ADMIN_PASSWORD: 'a-password-for-tests' };
  const server = await startServer({ PORT: '0', GRIDTALK_DATA: folder.path, ...password, ...environment });
  running.push(() => server.kill('SIGTERM'));
  return `${server.url}/api/messages`;
}

async function emulator(): Promise<Microsoft> {
  const made = await openMicrosoft();
  running.push(made.close);
  return made;
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const type = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) })).status;
}

describe('the product with the Emulator', () => {
  test('is closed unless it is asked for', async () => {
    const url = await start({});
    expect(await post(url, (await emulator()).message('你好'))).toBe(404);
  });

  test('is open to this machine in development, and to no one else', async () => {
    const url = await start({ GRIDTALK_BOT_DEV: '1' });
    const here = await emulator();
    const local = { channelId: 'emulator' };
    expect(await post(url, here.message('怎么缴费', local))).toBe(200);
    await here.arrived(1);
    expect(here.delivered[0]?.activity.text).toBeTruthy();
    const away = here.message('你好', { ...local, serviceUrl: 'https://elsewhere.example/' });
    expect(await post(url, away)).toBe(403);
    expect(await post(url, here.message('你好', local), { 'x-forwarded-for': '203.0.113.9' })).toBe(403);
    expect(await post(url, here.message('你好', local), { origin: 'https://page.example' })).toBe(403);
  });

  test('with an app id nobody comes in without a token', async () => {
    const url = await start({
      MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555555',
      MICROSOFT_APP_PASSWORD: 'a-secret',
    });
    expect(await post(url, (await emulator()).message('你好'))).toBe(401);
  });
});

describe('its settings', () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const faultsOf = (environment: Record<string, string>) => {
    try {
      readConfig(environment);
      return [];
    } catch (error) {
      return (error as { faults: string[] }).faults;
    }
  };

  test('make it on, or leave it off', () => {
    expect(readConfig({}).botFramework).toBeUndefined();
    expect(readConfig({ MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: 'p' }).botFramework).toEqual({
      ...{ is: 'registered', appId: id, password: 'p', tenantId: undefined, cloud: 'public' },
    });
    expect(readConfig({ GRIDTALK_BOT_DEV: '1', HOST: '127.0.0.1' }).botFramework).toEqual({ is: 'development' });
  });

  test.each([
    [{ MICROSOFT_APP_ID: 'mine' }, /MICROSOFT_APP_ID must/],
    [{ MICROSOFT_APP_ID: id }, /MICROSOFT_APP_PASSWORD is missing/],
    [{ MICROSOFT_APP_PASSWORD: 'p' }, /MICROSOFT_APP_ID is missing/],
    [{ MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: 'p', MICROSOFT_CLOUD: 'china' }, /TENANT_ID is missing/],
    [{ MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: 'p', MICROSOFT_APP_TYPE: 'UserAssignedMSI' }, /not supported/],
    [{ GRIDTALK_BOT_DEV: '1' }, /HOST=127/],
    [{ GRIDTALK_BOT_DEV: '1', HOST: '0.0.0.0' }, /HOST=127/],
    [{ GRIDTALK_BOT_DEV: '1', HOST: '127.0.0.1', MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: 'p' }, /unset it/],
  ])('%j is refused with its mend', (environment, fault) => {
    expect(faultsOf(environment as Record<string, string>).join('\n')).toMatch(fault);
  });
});
