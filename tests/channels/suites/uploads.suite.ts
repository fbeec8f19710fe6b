import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Activity } from 'botbuilder-core';
import type { Start, Target } from '../target.ts';
import { call, isCustomer, newVisitor, posted, type Refusal, type Visitor } from '../visitor.ts';

const megabyte = 1024 * 1024;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const heads: [string, Buffer][] = [
  ['image/png', png],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
  ['image/gif', Buffer.from('GIF89a\x01\x00')],
  ['image/webp', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ')],
  ['image/heic', Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00')],
];

const file = (bytes: string | Buffer, type = 'image/png') => new Blob([new Uint8Array(Buffer.from(bytes))], { type });

/** As Microsoft's client sends it: the activity has a filename too, and attachments without an address. */
function form(bytes: string | Buffer, name: string, activity: object = {}): FormData {
  const data = new FormData();
  const attachments = [{ contentType: 'image/png', name }];
  const body = JSON.stringify({ type: 'message', channelId: 'webchat', from: { id: 'me' }, attachments, ...activity });
  data.append('activity', new Blob([body], { type: 'application/vnd.microsoft.activity' }), 'blob');
  data.append('file', file(bytes), name);
  return data;
}

/** Pictures in and out. */
export function uploadsSuite(name: string, start: Start): void {
  describe(`${name}: pictures`, () => {
    let target: Target;
    let visitor: Visitor;
    beforeAll(async () => {
      target = await start();
    });
    afterAll(() => target.stop());
    beforeEach(async () => {
      visitor = await newVisitor(target);
    });
    const pictures = async () => (await visitor.said()).flatMap((activity) => activity.attachments ?? []);

    test('a picture arrives with its message and can be looked at (demand 16)', async () => {
      const channelData = { clientActivityID: 'photo-1' };
      const { status, body } = await visitor.upload(form(png, '电表 照片.png', { text: '看', channelData }));
      expect(status).toBe(200);
      const [said] = (await visitor.said()) as [Activity];
      expect(said).toMatchObject({ id: body.id, text: '看', channelData, channelId: 'directline' });
      expect(said.attachments).toMatchObject([{ contentType: 'image/png', name: '电表 照片.png' }]);
      const shown = await fetch(said.attachments![0]!.contentUrl!);
      expect(shown.status).toBe(200);
      expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
      expect(Object.fromEntries(shown.headers)).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining('sandbox'),
      });
    });

    test('the same upload sent again is one message', async () => {
      const once = () => visitor.upload(form(png, 'a.png', { channelData: { clientActivityID: 'photo-2' } }));
      expect((await once()).body.id).toBe((await once()).body.id);
      expect(await pictures()).toHaveLength(1);
    });

    test.each(heads)('%s is told by its bytes, whatever it is called', async (type, bytes) => {
      expect((await visitor.upload(form(bytes, 'x.exe'))).status).toBe(200);
      expect((await pictures())[0]?.contentType).toBe(type);
    });

    test.each([
      ['HTML named .png', '<!DOCTYPE html><script>alert(1)</script>'],
      ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['PDF', '%PDF-1.7'],
      ['nothing', ''],
    ])('%s is refused', async (_name, bytes) => {
      const reply = await visitor.upload(form(bytes, 'photo.png'));
      expect(reply).toMatchObject({ status: 415, body: { error: { message: expect.stringContaining('PNG') } } });
      expect(await visitor.said()).toEqual([]);
    });

    test('a picture of 10 MB is taken, a larger one refused with its reason', async () => {
      const large = Buffer.concat([png], 10 * megabyte);
      expect((await visitor.upload(form(large, 'large.png'))).status).toBe(200);
      const larger = Buffer.concat([png], 10 * megabyte + 1);
      const reply = await visitor.upload(form(larger, 'larger.png'));
      expect(reply).toMatchObject({ status: 413, body: { error: { message: expect.stringContaining('10 MB') } } });
      expect(await pictures()).toHaveLength(1);
    });

    test('three pictures of 8 MB at once are more than a message may hold', async () => {
      const data = form(Buffer.concat([png], 8 * megabyte), '1.png');
      for (const name of ['2.png', '3.png']) data.append('file', file(Buffer.concat([png], 8 * megabyte)), name);
      expect((await visitor.upload(data)).status).toBe(413);
      expect(await visitor.said()).toEqual([]);
    });

    test('six pictures are one too many, five are not', async () => {
      const data = form(png, '1.png');
      for (const name of ['2.png', '3.png', '4.png', '5.png']) data.append('file', file(png), name);
      expect((await visitor.upload(data)).status).toBe(200);
      expect(new Set((await pictures()).map((one) => one.contentUrl)).size).toBe(5);
      data.append('file', file(png), '6.png');
      expect((await visitor.upload(data)).status).toBe(413);
    });

    test.each(['../../etc/passwd.png', '..\\..\\boot.png', '/abs.png', '.png', 'a\nb.png'])(
      'a name that is a path (%j) is only a name',
      async (name) => {
        expect((await visitor.upload(form(png, name))).status).toBe(200);
        expect((await pictures())[0]?.name).toMatch(/^[\w.%]+$/);
      },
    );

    test.each(['..%2f..%2fetc%2fpasswd', '%00', 'x', 'A'.repeat(32), `${'A'.repeat(31)}'`])(
      'no such picture: %s',
      async (id) => {
        expect(await call(target, `/v3/directline/uploads/${id}`)).toMatchObject({ status: 404 });
      },
    );

    test.each([
      ['no form at all', posted({ type: 'message' })],
      ['a form without boundary', { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' }],
      [
        'a form cut short',
        { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b\r\n' },
      ],
    ])('%s is a clear error', async (_name, init) => {
      const headers = { ...init.headers, authorization: `Bearer ${visitor.token}` };
      const reply = await call<Refusal>(target, `${visitor.path}/upload`, { ...init, headers });
      expect([400, 415]).toContain(reply.status);
      expect(reply.body.error.message).toMatch(/./);
    });

    test('a name with a NUL is no name', async () => {
      expect((await visitor.upload(form(png, 'a\u0000b.png'))).status).toBe(400);
      expect(await visitor.said()).toEqual([]);
    });

    test('a form without a file or with a broken activity is 400', async () => {
      const empty = new FormData();
      empty.append('activity', '{"type":"message","text":"x"}');
      expect((await visitor.upload(empty)).status).toBe(400);
      const broken = new FormData();
      broken.append('activity', '{"type":');
      broken.append('file', file(png), 'a.png');
      expect((await visitor.upload(broken)).status).toBe(400);
      expect((await visitor.hear()).body.activities.filter(isCustomer)).toEqual([]);
    });

    test('a picture without an activity is a message too', async () => {
      const data = new FormData();
      data.append('file', file(png), 'a.png');
      expect((await visitor.upload(data)).status).toBe(200);
      expect(await pictures()).toHaveLength(1);
    });

    test('another conversation’s token uploads nothing', async () => {
      const other = await newVisitor(target);
      visitor.token = other.token;
      expect((await visitor.upload(form(png, 'a.png'))).status).toBe(403);
    });
  });
}
