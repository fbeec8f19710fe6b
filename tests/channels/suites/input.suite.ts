import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Start, Target } from '../target.ts';
import { bearer, call, newVisitor, posted, textsOf, Visitor } from '../visitor.ts';
import { badTokens } from './tokens.ts';

/** Input that no honest client sends: a clear error, and nothing changes. */
export function inputSuite(name: string, start: Start): void {
  describe(`${name}: bad input`, () => {
    let target: Target;
    let visitor: Visitor;
    beforeAll(async () => {
      target = await start();
    });
    afterAll(() => target.stop());
    beforeEach(async () => {
      visitor = await newVisitor(target);
    });

    const refused = (status: number) => ({
      status,
      body: { error: { code: expect.stringMatching(/./), message: expect.stringMatching(/./) } },
    });

    test('a body that is no JSON is 400', async () => {
      for (const body of [
        '{"type": "message", "text": ',
        '',
        'null',
        '[]',
        '"text"',
        '{}',
        '{"type": 5}',
        '{"text": "x"}',
      ]) {
        expect(await visitor.post(body)).toMatchObject(refused(400));
      }
      expect(await visitor.said()).toEqual([]);
    });

    test.each([
      ['a number as text', { text: 5 }],
      ['a list as text', { text: ['停电'] }],
      ['nothing to say', {}],
      ['only blanks', { text: ' \n\t ' }],
      ['only control characters', { text: '\u0000\u0001' }],
      ['a client id of 300 characters', { text: 'x', channelData: { clientActivityID: 'i'.repeat(300) } }],
      ['channelData that is a list', { text: 'x', channelData: [] }],
      ['a payload of 20 KB', { value: { big: 'x'.repeat(20_000) } }],
      ['entities that are no list', { text: 'x', entities: { length: 1 } }],
    ])('%s is 400', async (_name, fields) => {
      expect(await visitor.post({ type: 'message', ...fields })).toMatchObject(refused(400));
      expect(await visitor.said()).toEqual([]);
    });

    test('a text of 5,000 characters is refused, emoji counted as one', async () => {
      for (const text of ['电'.repeat(5000), '💡'.repeat(5000), '电'.repeat(12_000)]) {
        const reply = await visitor.say(text);
        expect(reply).toMatchObject(refused(400));
        expect(reply.body.error?.message).toContain('5000');
      }
      expect(await visitor.said()).toEqual([]);
    });

    test('of a text a little shorter the first 4,000 characters are kept', async () => {
      await visitor.say('💡'.repeat(4999));
      expect(textsOf(await visitor.said())).toEqual(['💡'.repeat(4000)]);
    });

    test('NUL, control characters and half characters are taken out', async () => {
      await visitor.post('{"type":"message","text":"停\\u0000电\\u0007\\ud83d了\\r\\n\\t第二行\\u001b[31m"}');
      expect(textsOf(await visitor.said())).toEqual(['停电\ufffd了\n\t第二行[31m']);
    });

    test('markup and script links are words like others', async () => {
      const text = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>';
      await visitor.say(text);
      expect(await visitor.said()).toMatchObject([{ text, textFormat: 'plain' }]);
    });

    test('a body of 10 MB is 413 and the server goes on', async () => {
      const reply = await visitor.post({ type: 'message', text: 'x'.repeat(10 * 1024 * 1024) });
      expect(reply).toMatchObject(refused(413));
      expect((await visitor.say('还在吗')).status).toBe(200);
      expect(textsOf(await visitor.said())).toEqual(['还在吗']);
    });

    test('keys that reach for prototypes change nothing', async () => {
      const body = '{"type":"message","text":"x","value":{"__proto__":{"polluted":1},"ok":1},"__proto__":{"text":"y"}}';
      expect((await visitor.post(body)).status).toBe(200);
      expect((await visitor.said())[0]?.value).toEqual({ ok: 1 });
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    });

    test('without a token nothing opens', async () => {
      for (const path of [`${visitor.path}/activities`, visitor.path, '/v3/directline/session/getsessionid']) {
        expect(await call(target, path)).toMatchObject(refused(401));
      }
      expect(await call(target, '/v3/directline/conversations', posted({}))).toMatchObject(refused(401));
      expect(await call(target, `${visitor.path}/activities`, posted({ type: 'message', text: 'x' }))).toMatchObject(
        refused(401),
      );
    });

    test('no bad token opens anything', async () => {
      const before = (await visitor.hear()).body;
      for (const [fault, token, code] of await badTokens(target, visitor)) {
        const bad = new Visitor(target, visitor.id, token);
        for (const reply of [await bad.hear(), await bad.say('开门'), await bad.connect()]) {
          expect([fault, reply]).toMatchObject([fault, { status: 403, body: { error: { code } } }]);
        }
      }
      expect((await visitor.hear()).body).toEqual(before);
    });

    test('a token opens its own conversation only, whether the other one exists or not', async () => {
      const other = await newVisitor(target);
      for (const id of [other.id, 'no-such-conversation', '../../etc/passwd', '%00']) {
        const thief = new Visitor(target, encodeURIComponent(id), visitor.token);
        expect(await thief.hear()).toMatchObject(refused(403));
        expect(await thief.say('x')).toMatchObject(refused(403));
      }
      expect(await other.said()).toEqual([]);
    });

    test('a basic password is no token', async () => {
      const headers = { authorization: `Basic ${btoa('a:b')}` };
      expect(await call(target, `${visitor.path}/activities`, { headers })).toMatchObject(refused(403));
      expect((await call(target, `${visitor.path}/activities`, { headers: bearer(visitor.token) })).status).toBe(200);
    });
  });
}
