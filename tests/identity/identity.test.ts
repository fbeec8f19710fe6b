import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openIdentity, sameSecret } from '#identity';
import type { Session } from '#wire';
import { openParts, type Parts } from '../desk/parts.ts';
import { ask, cookieOf } from './client.ts';

const password = 'correct horse battery';
const hours = 3_600_000;
let parts: Parts;

const signIn = async (user = 'admin', given = password, address?: string) => {
  const answer = await ask(parts.identity, 'POST', '/api/session', { body: { user, password: given }, address });
  return { cookie: cookieOf(answer), session: answer.json as Session, answer };
};

beforeEach(async () => {
  parts = await openParts(password);
});
afterEach(() => parts.close());

describe('the first start', () => {
  test('with a password from the settings there is nothing to print and nothing to change', async () => {
    expect(parts.firstPassword).toBeUndefined();
    expect((await signIn()).session).toMatchObject({ user: 'admin', roles: ['admin'], mustChange: false });
  });

  test('without one a random password is told once, and is to be changed', async () => {
    const fresh = await openParts();
    expect(fresh.firstPassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    const again = await openIdentity(fresh);
    expect(again.firstPassword).toBeUndefined();
    const answer = await ask(again.identity, 'POST', '/api/session', {
      body: { user: 'admin', password: fresh.firstPassword },
    });
    expect(answer.json).toMatchObject({ mustChange: true });
    await fresh.close();
  });

  test('a later start with another setting changes no password', async () => {
    await openIdentity({ ...parts, adminPassword: 'something else entirely' });
    await expect(signIn('admin', 'something else entirely')).rejects.toMatchObject({ code: 'SignInFailed' });
  });

  test('two replicas that start together make one administrator', async () => {
    await parts.storage.commit((tx) => tx.deleteFrom('staff').execute());
    const { storage, cluster, clock } = parts;
    const started = await Promise.all([1, 2].map(() => openIdentity({ storage, cluster, clock })));
    expect(started.filter((each) => each.firstPassword)).toHaveLength(1);
  });
});

describe('sign-in', () => {
  test('gives a strict cookie, marked Secure behind TLS', async () => {
    const { answer } = await signIn();
    expect(answer.headers?.['set-cookie']).toMatch(/^gridtalk_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const tls = await ask(parts.identity, 'POST', '/api/session', {
      body: { user: 'Admin ', password },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(tls.headers?.['set-cookie']).toMatch(/; Secure$/);
  });

  test.each([['admin'], ['nobody']])('%s is locked after five failures in a row, for fifteen minutes', async (user) => {
    for (let failure = 0; failure < 5; failure++)
      await expect(signIn(user, 'wrong')).rejects.toMatchObject({ code: 'SignInFailed', status: 401 });
    await expect(signIn(user)).rejects.toMatchObject({ code: 'AccountLocked', status: 423 });
  });

  test('the lock ends, and a success in between starts the count anew', async () => {
    for (let failure = 0; failure < 4; failure++) await signIn('admin', 'wrong').catch(() => {});
    await signIn();
    for (let failure = 0; failure < 5; failure++) await signIn('admin', 'wrong').catch(() => {});
    await expect(signIn()).rejects.toMatchObject({ code: 'AccountLocked' });
    parts.time.now += 15 * 60_000 + 1;
    await expect(signIn()).resolves.toMatchObject({ session: { user: 'admin' } });
  });

  test('guesses sent at the same moment count one by one', async () => {
    const guesses = await Promise.allSettled(Array.from({ length: 8 }, () => signIn('admin', 'wrong')));
    const codes = guesses.map((guess) => guess.status === 'rejected' && guess.reason.code);
    expect(codes.filter((code) => code === 'SignInFailed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'AccountLocked')).toHaveLength(3);
  });

  test('an address has a limit of its own', async () => {
    for (let attempt = 0; attempt < 100; attempt++) await parts.cluster.allow('sign-in:203.0.113.9', 100, 600);
    await expect(signIn('admin', password, '203.0.113.9')).rejects.toMatchObject({ code: 'TooMany', status: 429 });
    await expect(signIn()).resolves.toBeDefined();
  });

  test('nonsense is a bad request', async () => {
    for (const body of [{}, { user: 'admin' }, { user: 'a\0b', password }, null, [1], { user: {}, password: [] }])
      await expect(ask(parts.identity, 'POST', '/api/session', { body })).rejects.toMatchObject({ status: 400 });
  });
});

describe('a session', () => {
  test('is known by its cookie alone, and the database holds neither cookie nor password', async () => {
    const { cookie, session } = await signIn();
    expect(await parts.identity.authenticate({ cookie: `a=1; ${cookie}; b=2` })).toEqual({
      principal: { user: 'admin', roles: ['admin'] },
      csrf: session.csrf,
      mustChange: false,
    });
    const kept = JSON.stringify([
      await parts.storage.db.selectFrom('session').selectAll().execute(),
      await parts.storage.db.selectFrom('staff').selectAll().execute(),
    ]);
    expect(kept).not.toContain(cookie.split('=')[1]);
    expect(kept).not.toContain(password);
    for (const wrong of [undefined, '', 'gridtalk_session=', 'gridtalk_session=x', `${cookie}x`])
      expect(await parts.identity.authenticate({ cookie: wrong })).toBeUndefined();
  });

  test('ends after twelve hours without use, and use lengthens it', async () => {
    const { cookie } = await signIn();
    parts.time.now += 11 * hours;
    expect(await parts.identity.authenticate({ cookie })).toBeDefined();
    parts.time.now += 11 * hours;
    expect(await parts.identity.authenticate({ cookie })).toBeDefined();
    parts.time.now += 12 * hours;
    expect(await parts.identity.authenticate({ cookie })).toBeUndefined();
    await expect(ask(parts.identity, 'GET', '/api/session', { cookie })).rejects.toMatchObject({ status: 401 });
  });

  test('ends with the sign-out', async () => {
    const { cookie } = await signIn();
    const answer = await ask(parts.identity, 'DELETE', '/api/session', { cookie });
    expect(answer.headers?.['set-cookie']).toContain('Max-Age=0');
    expect(await parts.identity.authenticate({ cookie })).toBeUndefined();
  });

  test('every session has its own csrf token', async () => {
    const [one, two] = [await signIn(), await signIn()];
    expect(one.session.csrf).not.toBe(two.session.csrf);
    expect(sameSecret(one.session.csrf, one.session.csrf)).toBe(true);
    expect(sameSecret('', one.session.csrf)).toBe(false);
  });
});

describe('an own password', () => {
  const change = (cookie: string, current: string, next: string) =>
    ask(parts.identity, 'POST', '/api/session/password', { cookie, body: { current, next } });

  test('ends the other sessions of this user, not this one', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    expect((await change(mine.cookie, password, 'a new long one')).json).toMatchObject({ mustChange: false });
    expect(await parts.identity.authenticate({ cookie: mine.cookie })).toBeDefined();
    expect(await parts.identity.authenticate({ cookie: other.cookie })).toBeUndefined();
    await expect(signIn()).rejects.toMatchObject({ code: 'SignInFailed' });
    await expect(signIn('admin', 'a new long one')).resolves.toBeDefined();
  });

  test('needs the current one, ten characters, and another one', async () => {
    const { cookie } = await signIn();
    await expect(change(cookie, 'wrong', 'a new long one')).rejects.toMatchObject({ code: 'WrongPassword' });
    await expect(change(cookie, password, 'short')).rejects.toMatchObject({ code: 'BadRequest' });
    await expect(change(cookie, password, password)).rejects.toMatchObject({ code: 'SamePassword' });
  });
});

describe('staff', () => {
  const add = (name: string, roles = ['staff']) =>
    ask(parts.identity, 'POST', '/api/staff', { body: { name, displayName: '王强', roles } });
  const put = (name: string, body: unknown) => ask(parts.identity, 'PUT', `/api/staff/${name}`, { body });
  const passwordIn = (answer: { json: unknown }) => (answer.json as { oneTimePassword: string }).oneTimePassword;

  test('a new member signs in with the one-time password', async () => {
    const { session } = await signIn('wangqiang', passwordIn(await add('wangqiang')));
    expect(session).toMatchObject({ displayName: '王强', roles: ['staff'], mustChange: true });
    await expect(add('wangqiang')).rejects.toMatchObject({ code: 'NameTaken', status: 409 });
    await expect(add('no such name!')).rejects.toMatchObject({ status: 400 });
    const list = await ask(parts.identity, 'GET', '/api/staff');
    expect(JSON.stringify(list.json)).not.toContain('scrypt');
    expect((await ask(parts.identity, 'GET', '/api/staff/names')).json).toEqual({ admin: '管理员', wangqiang: '王强' });
    expect(list.json).toMatchObject({ items: [{ name: 'admin' }, { name: 'wangqiang', locked: false }] });
  });

  test('a reset password lifts the lock and ends the sessions', async () => {
    const { cookie } = await signIn('wangqiang', passwordIn(await add('wangqiang')));
    for (let failure = 0; failure < 5; failure++) await signIn('wangqiang', 'wrong').catch(() => {});
    const fresh = passwordIn(await put('wangqiang', { resetPassword: true }));
    expect(await parts.identity.authenticate({ cookie })).toBeUndefined();
    await expect(signIn('wangqiang', fresh)).resolves.toBeDefined();
  });

  test('without roles an account is disabled at once', async () => {
    const given = passwordIn(await add('wangqiang'));
    const { cookie } = await signIn('wangqiang', given);
    await put('wangqiang', { roles: [] });
    expect(await parts.identity.authenticate({ cookie })).toBeUndefined();
    await expect(signIn('wangqiang', given)).rejects.toMatchObject({ code: 'SignInFailed' });
  });

  test('roles change for sessions that are open', async () => {
    const { cookie } = await signIn('wangqiang', passwordIn(await add('wangqiang')));
    await put('wangqiang', { roles: ['supervisor'] });
    expect(await parts.identity.authenticate({ cookie })).toMatchObject({ principal: { roles: ['supervisor'] } });
  });

  test('the last administrator stays one', async () => {
    await expect(put('admin', { roles: ['staff'] })).rejects.toMatchObject({ code: 'LastAdmin' });
    await add('second', ['admin']);
    await expect(put('admin', { roles: ['staff'] })).resolves.toBeDefined();
    await expect(put('nobody', { roles: ['staff'] })).rejects.toMatchObject({ status: 404 });
  });
});
