import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Start, Target } from '../target.ts';
import { isCustomer, newVisitor, textsOf, type Visitor } from '../visitor.ts';
import { claimsOf } from './tokens.ts';

/** Saying something and hearing it by polling. */
export function activitiesSuite(name: string, start: Start): void {
  describe(`${name}: activities`, () => {
    let target: Target;
    let visitor: Visitor;
    beforeAll(async () => {
      target = await start();
    });
    afterAll(() => target.stop());
    const fresh = async () => {
      visitor = await newVisitor(target);
      return visitor;
    };

    test('a message is echoed with the client’s own id, and answered (demands 1 and 2)', async () => {
      await fresh();
      const clientActivityID = randomUUID();
      const { status, body } = await visitor.say('停电了', { channelData: { clientActivityID } });
      expect(status).toBe(200);
      const { activities } = (await visitor.hear()).body;
      const at = activities.findIndex(isCustomer);
      expect(activities[at]).toMatchObject({
        id: body.id,
        type: 'message',
        text: '停电了',
        channelData: { clientActivityID },
      });
      expect(activities[at + 1]?.from.id).not.toBe(activities[at]?.from.id);
    });

    test('who said it, when and where is the server’s to say', async () => {
      await fresh();
      const lies = {
        id: 'mine',
        timestamp: '1999-01-01T00:00:00Z',
        channelId: 'webchat',
        conversation: { id: 'other' },
        from: { id: 'dl_somebody', name: '客服', role: 'bot' },
        recipient: { id: 'you' },
        serviceUrl: 'http://169.254.169.254/',
        channelData: { clientActivityID: randomUUID(), isStaff: true },
      };
      await visitor.say('你好', lies);
      const [said] = await visitor.said();
      expect(said).toMatchObject({
        channelId: 'directline',
        conversation: { id: visitor.id },
        from: { id: claimsOf(visitor.token).user, role: 'user' },
        channelData: { clientActivityID: lies.channelData.clientActivityID },
      });
      expect(JSON.stringify(said)).not.toMatch(/mine|1999|somebody|客服|169\.254|isStaff/);
    });

    test('the watermark is a text that is never empty, activities are always a list (demands 3 and 4)', async () => {
      await fresh();
      const first = (await visitor.hear()).body;
      const second = (await visitor.hear(first.watermark)).body;
      expect(first.watermark).toMatch(/^\d+$/);
      expect(second).toEqual({ activities: [], watermark: first.watermark });
      await visitor.say('再说一句');
      const third = (await visitor.hear(first.watermark)).body;
      expect(third.activities.filter(isCustomer)).toHaveLength(1);
      expect(Number(third.watermark)).toBeGreaterThan(Number(first.watermark));
    });

    test.each(['undefined', 'null', '-1', '1e3', 'x', '%00', '99999999999999999999', "1' or '1'='1"])(
      'a watermark that cannot be read (%s) stops no polling',
      async (watermark) => {
        await fresh();
        const { status, body } = await visitor.hear(encodeURIComponent(watermark));
        expect(status).toBe(200);
        expect(body).toMatchObject({ activities: expect.any(Array), watermark: expect.stringMatching(/./) });
      },
    );

    test('the same clientActivityID is one turn, and gets the first id again (demand 17)', async () => {
      await fresh();
      const message = { channelData: { clientActivityID: randomUUID() } };
      const replies = await Promise.all([1, 2, 3].map(() => visitor.say('报修', message)));
      expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(1);
      expect(replies.every((reply) => reply.status === 200)).toBe(true);
      expect(await visitor.said()).toHaveLength(1);
      const again = { channelData: { clientActivityID: randomUUID() } };
      expect((await visitor.say('报修', again)).body.id).not.toBe(replies[0]?.body.id);
      expect(await visitor.said()).toHaveLength(2);
    });

    test('a burst is taken whole, never answered 429 (demand 10)', async () => {
      await fresh();
      const texts = Array.from({ length: 30 }, (_, index) => `第${index}句`);
      const replies = await Promise.all(texts.map((text) => visitor.say(text)));
      expect(replies.map((reply) => reply.status)).toEqual(texts.map(() => 200));
      expect(textsOf(await visitor.said()).sort()).toEqual(texts.sort());
    });

    test('typing is accepted and leaves no trace (demand 18)', async () => {
      await fresh();
      const before = (await visitor.hear()).body;
      const { status, body } = await visitor.post({ type: 'typing', from: { id: 'me' } });
      expect(status).toBe(200);
      expect(body.id).toMatch(/./);
      expect((await visitor.hear()).body).toEqual(before);
    });

    test.each(['conversationUpdate', 'endOfConversation', 'invoke', 'trace', 'no such type'])(
      'an activity of type %s is accepted and is no turn',
      async (type) => {
        await fresh();
        expect(await visitor.post({ type, text: 'x' })).toMatchObject({
          status: 200,
          body: { id: expect.any(String) },
        });
        expect(await visitor.said()).toEqual([]);
      },
    );

    test('a button’s payload arrives as it is, without control characters', async () => {
      await fresh();
      const channelData = { clientActivityID: randomUUID(), postBack: true, messageBack: { displayText: '确认' } };
      await visitor.post({
        type: 'message',
        value: { action: 'confirm\u0000', list: [1, null, { ok: true }] },
        channelData,
      });
      const [said] = await visitor.said();
      expect(said).toMatchObject({ value: { action: 'confirm', list: [1, null, { ok: true }] }, channelData });
      expect((await visitor.post({ type: 'message', text: '好', value: 'yes' })).status).toBe(200);
    });

    test('a place arrives, and what clients say about themselves does not', async () => {
      await fresh();
      const place = { type: 'Place', geo: { latitude: 30.27, longitude: 120.12, name: '文三路' } };
      await visitor.post({ type: 'message', entities: [{ type: 'ClientCapabilities', supportsTts: true }, place] });
      expect((await visitor.said())[0]?.entities).toEqual([place]);
      const nowhere = { ...place, geo: { latitude: 300, longitude: 0 } };
      expect((await visitor.post({ type: 'message', text: '这里', entities: [nowhere] })).status).toBe(400);
    });

    test('links to files elsewhere are not passed on', async () => {
      await fresh();
      const attachments = [{ contentType: 'image/png', contentUrl: 'http://evil.example/p.png', name: 'p.png' }];
      expect((await visitor.post({ type: 'message', text: '看图', attachments })).status).toBe(200);
      expect(JSON.stringify(await visitor.said())).not.toContain('evil.example');
      expect((await visitor.post({ type: 'message', attachments })).status).toBe(400);
    });
  });
}
