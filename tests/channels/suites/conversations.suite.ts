import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Start, Target } from '../target.ts';
import { bearer, type Connection, call, isCustomer, newVisitor, posted, Visitor } from '../visitor.ts';
import { aged, claimsOf } from './tokens.ts';

const root = '/v3/directline';

/** Getting a token, beginning a conversation, coming back to it. */
export function conversationsSuite(name: string, start: Start): void {
  describe(`${name}: tokens and conversations`, () => {
    let target: Target;
    beforeAll(async () => {
      target = await start();
    });
    afterAll(() => target.stop());

    const generate = (body: unknown, credential = target.secret) =>
      call<Connection>(target, `${root}/tokens/generate`, posted(body, credential));

    test('the secret gets a token for a new conversation and the user it names', async () => {
      const { status, body } = await generate({ user: { id: 'dl_page-7', name: '王' }, trustedOrigins: [] });
      expect(status).toBe(200);
      expect(body).toEqual({ conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 });
      const claims = claimsOf(body.token);
      expect(claims).toMatchObject({ bot: 'gridtalk', site: 'web', conv: body.conversationId, user: 'dl_page-7' });
      expect(claims.exp! - claims.iat!).toBe(1800);
    });

    test('a user id that is not ours to give is refused with its mend', async () => {
      const { status, body } = await call(
        target,
        `${root}/tokens/generate`,
        posted({ user: { id: 'me' } }, target.secret),
      );
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ code: 'BadArgument', message: expect.stringContaining('dl_') });
    });

    test('without a user, each token is a new customer’s', async () => {
      const [one, two] = [(await generate('')).body, (await generate({})).body];
      expect(claimsOf(one.token).user).toMatch(/^dl_/);
      expect(claimsOf(one.token).user).not.toBe(claimsOf(two.token).user);
      expect(one.conversationId).not.toBe(two.conversationId);
    });

    test('neither a wrong secret nor none gets a token', async () => {
      expect(await call(target, `${root}/tokens/generate`, posted({}))).toMatchObject({
        status: 401,
        body: { error: { code: expect.any(String), message: expect.stringContaining('Authorization') } },
      });
      expect((await generate({}, `${target.secret}x`)).status).toBe(403);
    });

    test('a conversation begins once (201), with a welcome, and is there when asked again (200)', async () => {
      const { body: given } = await generate({ user: { id: 'dl_w' } });
      const begin = () =>
        call<Connection>(target, `${root}/conversations`, posted({ user: {}, locale: 'zh-CN' }, given.token));
      const first = await begin();
      expect(first.status).toBe(201);
      expect(first.body).toMatchObject({ conversationId: given.conversationId, expires_in: 1800 });
      expect(first.body.streamUrl).toMatch(/^ws:\/\/.+\/stream\?watermark=&t=./);
      expect((await begin()).status).toBe(200);
      const visitor = new Visitor(target, given.conversationId, first.body.token);
      const { body } = await visitor.hear();
      expect(body.activities.length).toBeGreaterThan(0);
      expect(body.activities.some(isCustomer)).toBe(false);
    });

    test('a token that was refreshed opens the same conversation for the same user', async () => {
      const visitor = await newVisitor(target);
      const { status, body } = await call<Connection>(target, `${root}/tokens/refresh`, posted('', visitor.token));
      expect(status).toBe(200);
      expect(body).toMatchObject({ conversationId: visitor.id, expires_in: 1800 });
      expect(claimsOf(body.token).user).toBe(claimsOf(visitor.token).user);
    });

    test('an expired token is not refreshed', async () => {
      const visitor = await newVisitor(target);
      const reply = await call(target, `${root}/tokens/refresh`, posted('', await aged(target, visitor, 0.1)));
      expect(reply).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    });

    test('coming back gives a fresh stream address that carries the watermark', async () => {
      const visitor = await newVisitor(target);
      const { status, body } = await visitor.connect('1');
      expect(status).toBe(200);
      expect(new URL(body.streamUrl).searchParams.get('watermark')).toBe('1');
      expect(body).toMatchObject({ conversationId: visitor.id, token: expect.any(String), expires_in: 1800 });
    });

    test('a conversation that nobody began is 404', async () => {
      const { body } = await generate({});
      const visitor = new Visitor(target, body.conversationId, body.token);
      for (const reply of [await visitor.connect(), await visitor.hear(), await visitor.say('在吗')]) {
        expect(reply).toMatchObject({ status: 404, body: { error: { code: expect.any(String) } } });
      }
    });

    test('a page’s backend may write and read with the secret, for the conversation’s own customer', async () => {
      const visitor = await newVisitor(target);
      const backend = new Visitor(target, visitor.id, target.secret);
      expect((await backend.say('你好')).status).toBe(200);
      expect((await backend.said())[0]?.from.id).toBe(claimsOf(visitor.token).user);
      expect((await new Visitor(target, 'nowhere', target.secret).hear()).status).toBe(404);
    });

    test('the session id that sign-in cards ask for is there', async () => {
      const visitor = await newVisitor(target);
      const reply = await call<{ sessionId: string }>(target, `${root}/session/getsessionid`, {
        headers: bearer(visitor.token),
      });
      expect(reply).toMatchObject({ status: 200, body: { sessionId: expect.stringMatching(/./) } });
    });

    describe('the widget', () => {
      const resume = (conversationId: string, token: string) =>
        call<Connection>(target, '/api/widget/token', posted({ conversationId, token }));

      test('gets a conversation and an id of its own without asking for anything', async () => {
        const { status, body } = await call<Connection>(target, '/api/widget/token', posted(''));
        expect(status).toBe(200);
        expect(body).toEqual({ conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 });
        expect(claimsOf(body.token).user).toMatch(/^dl_.{20}/);
      });

      test('comes back with a token that ran out weeks ago, and finds what was said', async () => {
        const visitor = await newVisitor(target);
        await visitor.say('我家停电了');
        const { status, body } = await resume(visitor.id, await aged(target, visitor, 29));
        expect(status).toBe(200);
        expect(body.conversationId).toBe(visitor.id);
        const again = new Visitor(target, body.conversationId, body.token);
        expect((await again.said()).map((one) => one.text)).toEqual(['我家停电了']);
        expect((await again.said())[0]?.from.id).toBe(claimsOf(visitor.token).user);
      });

      test('does not come back with an older one, a foreign one or half of the pair', async () => {
        const [visitor, other] = [await newVisitor(target), await newVisitor(target)];
        expect(await resume(visitor.id, await aged(target, visitor, 31))).toMatchObject({
          status: 403,
          body: { error: { code: 'TokenExpired' } },
        });
        expect((await resume(visitor.id, other.token)).status).toBe(403);
        expect((await resume(visitor.id, `${visitor.token.slice(0, -4)}AAAA`)).status).toBe(403);
        expect((await call(target, '/api/widget/token', posted({ token: visitor.token }))).status).toBe(400);
      });
    });
  });
}
