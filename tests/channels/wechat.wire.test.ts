import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openLog } from '#log';
import { openCallback } from '../../src/channels/wechat/callback.ts';
import { readKey, seal, unseal } from '../../src/channels/wechat/crypto.ts';
import { readArrival } from '../../src/channels/wechat/incoming.ts';
import { readPush } from '../../src/channels/wechat/push.ts';
import { passive, split } from '../../src/channels/wechat/render.ts';
import { isSignedBy, sign } from '../../src/channels/wechat/signature.ts';
import { cdata, readXml } from '../../src/channels/wechat/xml.ts';
import { decrypt, encrypt } from '../../src/commands/simulator/envelope.ts';
import { answerField, toXml } from '../../src/commands/simulator/messages.ts';

interface Vector {
  id: string;
  token: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
  signature?: string;
  msg_signature?: string;
  encodingAESKey?: string;
  appid?: string;
  receiveid?: string;
  encrypt?: string;
  random16?: string;
  plain?: string;
}
const vectors = JSON.parse(readFileSync(new URL('./wechat/vectors.json', import.meta.url), 'utf8')) as Vector[];
const named = (id: string) => vectors.find((vector) => vector.id === id) as Required<Vector>;
const appOf = (vector: Vector) => vector.appid ?? vector.receiveid ?? '';
const log = openLog('silent');

describe('published vectors', () => {
  const signed = vectors.filter(({ signature, echostr }) => signature && !echostr);
  test.each(signed.map((each): [string, Vector] => [each.id, each]))(
    '%s: plain signature',
    (_, { token, timestamp, nonce, signature }) => {
      expect(isSignedBy(signature ?? '', token, timestamp ?? '', nonce ?? '')).toBe(true);
    },
  );

  const sealed = vectors.filter(({ msg_signature }) => msg_signature);
  test.each(sealed.map((each): [string, Vector] => [each.id, each]))('%s: signature of the cipher', (_, vector) => {
    const { token, timestamp, nonce, encrypt: cipher } = vector as Required<Vector>;
    expect(sign(token, timestamp, nonce, cipher)).toBe(vector.msg_signature);
  });

  const ciphers = vectors.filter(({ encrypt: cipher }) => cipher);
  test.each(ciphers.map((each): [string, Vector] => [each.id, each]))('%s: opened', (_, vector) => {
    const key = readKey(vector.encodingAESKey ?? '');
    expect(unseal(vector.encrypt ?? '', key, appOf(vector))).toBe(vector.plain);
    expect(unseal(vector.encrypt ?? '', key, `${appOf(vector)}x`)).toBeUndefined();
  });

  const exact = vectors.filter(({ random16 }) => random16);
  test.each(exact.map((each): [string, Vector] => [each.id, each]))('%s: sealed byte for byte', (_, vector) => {
    const key = readKey(vector.encodingAESKey ?? '');
    expect(seal(vector.plain ?? '', key, appOf(vector), Buffer.from(vector.random16 ?? ''))).toBe(vector.encrypt);
  });

  test('the address is confirmed word for word, once each parameter', () => {
    const { token, timestamp, nonce, echostr, signature } = named('OA-GET');
    const settings = { appId: 'wx', secret: '', token, apiBase: '' };
    const callback = openCallback(settings, () => new Date(), log);
    const query = new URLSearchParams({ signature, timestamp, nonce, echostr });
    expect(callback.echo(query)).toBe(echostr);
    query.append('nonce', 'b');
    expect(() => callback.echo(query)).toThrow();
  });

  test.each([
    ['OA-SAFE-JSON', 'debug_demo'],
    ['OA-SAFE-XML', 'abcdteT'],
  ])('%s as a whole push', (id, word) => {
    const vector = named(id);
    const { token, timestamp, nonce, msg_signature, encodingAESKey, appid } = vector;
    const other = `${'Z'.repeat(42)}A`;
    const query = new URLSearchParams({ timestamp, nonce, msg_signature, encrypt_type: 'aes', signature: 'none' });
    const body = id.endsWith('JSON')
      ? JSON.stringify({ ToUserName: 'gh_97417a04a28d', Encrypt: vector.encrypt })
      : `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${vector.encrypt}]]></Encrypt></xml>`;
    // Also where the key that sealed it is the previous one.
    for (const keys of [{ aesKey: encodingAESKey }, { aesKey: other, previousAesKey: encodingAESKey }]) {
      const settings = { appId: appid, secret: '', token, ...keys, apiBase: '' };
      const push = openCallback(settings, () => new Date(), log).verify(body, query);
      expect(JSON.stringify(push.fields)).toContain(word);
      const answer = push.wrap('<xml/>');
      expect(unseal(answerField(answer, 'Encrypt') ?? '', readKey(encodingAESKey), appid)).toBe('<xml/>');
    }
  });
});

describe('ciphers that are not right', () => {
  const key = readKey('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG');
  const account = { appId: 'wx1', secret: '', token: 't', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

  test('whatever is changed, nothing comes out and nothing is thrown', () => {
    const good = Buffer.from(seal('你好', key, 'wx1'), 'base64');
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ change;
        // The first block is the random one: its change is not seen here, but by the signature.
        if (at >= 16) expect(unseal(bad.toString('base64'), key, 'wx1')).not.toBe('你好');
        else unseal(bad.toString('base64'), key, 'wx1');
      }),
    );
    for (const bad of ['', 'x', good.subarray(0, 16).toString('base64'), good.subarray(0, 20).toString('base64')])
      expect(unseal(bad, key, 'wx1')).toBeUndefined();
    expect(unseal(good.toString('base64'), readKey('Z'.repeat(43)), 'wx1')).toBeUndefined();
  });

  test('the simulator, which has a cipher of its own, understands ours and is understood', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decrypt(account, seal(text, key, 'wx1'))).toBe(text);
        expect(unseal(encrypt(account, text), key, 'wx1')).toBe(text);
      }),
    );
  });
});

describe('XML', () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/\p{Cc}/gu, ''));

  test('any text survives there and back, also one that holds the end of CDATA', () => {
    fc.assert(
      fc.property(text, text, (content, label) => {
        const fields = readXml(toXml({ Content: content, Deep: { Label: `${label}]]>` } }));
        expect(fields).toEqual({ Content: content, Deep: { Label: `${label}]]>` } });
        expect(answerField(passive('xml', 'a', 'b', '1', content), 'Content')).toBe(content);
      }),
    );
    expect(cdata('a]]>b')).toBe('<![CDATA[a]]]]><![CDATA[>b]]>');
  });

  test('values stay texts, several of a name become a list', () => {
    expect(readXml('<?xml version="1.0"?>\n<xml><a>007</a><b>1e5</b><c/><d> x </d></xml>')).toEqual({
      ...{ a: '007', b: '1e5', c: '', d: ' x ' },
    });
    expect(readXml('<xml><L><i><t>1</t></i><i><t>2</t></i><i/></L></xml>')).toEqual({
      L: { i: [{ t: '1' }, { t: '2' }, ''] },
    });
    expect(readXml('<xml><a>&lt;&#20320;&#x597d;&amp;</a></xml>')).toEqual({ a: '<你好&' });
  });

  test.each([
    '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>',
    '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><a>1</a></xml>',
    '<xml><a>1</b></xml>',
    '<xml><a>1</a>',
    '<xml></xml><xml></xml>',
    '<xml>',
    'text',
    '',
    '<xml><!-- no --><a>1</a></xml>',
    '<xml><a><![CDATA[never ends</a></xml>',
    `${'<xml>'.repeat(20_000)}`,
  ])('refused: %s', (hostile) => {
    expect(readXml(hostile)).toBeUndefined();
  });

  test('an entity of nobody’s stays as it is written, a character that is none disappears', () => {
    expect(readXml('<xml><a>&b;</a><c>&#0;</c></xml>')).toEqual({ a: '&b;', c: '' });
  });

  test('names of JavaScript do no harm', () => {
    readXml('<xml><__proto__><x>1</x></__proto__><constructor>2</constructor></xml>');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('nothing that comes in makes it throw', () => {
    const pieces = [
      '<xml>',
      '</xml>',
      '<a>',
      '</a>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&#',
      '<',
      '>',
      '<?xml?>',
      '\0',
      '{"',
      '"}',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 30 }), (parts) => {
        const push = readPush(parts.join(''));
        if (push) readArrival(push.fields);
      }),
      { numRuns: 2000 },
    );
  });

  test('a MsgId keeps its 64 bits in JSON, too', () => {
    expect(readPush('{"MsgId":6054768590064713728}')?.fields.MsgId).toBe('6054768590064713728');
  });
});

describe('long texts', () => {
  const graphemes = (value: string) =>
    [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(value)].map(({ segment }) => segment);

  function endsOf(parts: string[]): number[] {
    let end = 0;
    return parts.map((part) => {
      end += part.length;
      return end;
    });
  }

  test('pieces fit, lose nothing, and cut no character as people see it', () => {
    const content = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(content, fc.integer({ min: 64, max: 200 }), (whole, most) => {
        const pieces = split(whole, most);
        expect(pieces.join('')).toBe(whole);
        for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most);
        const ends = new Set(endsOf(graphemes(whole)));
        for (const end of endsOf(pieces)) expect(ends.has(end)).toBe(true);
      }),
    );
  });

  test('families, flags and rare characters stay whole; so does a link; lines are the first place to cut', () => {
    const family = '👨‍👩‍👧‍👦';
    const pieces = split(`${'电'.repeat(676)}${family.repeat(10)}𠮷🇨🇳`);
    expect(pieces.every((piece) => !piece.startsWith('‍') && Buffer.byteLength(piece) <= 2048)).toBe(true);
    const link = '<a href="https://example.com/a">查看</a>';
    expect(split(`${'字'.repeat(20)}${link}`, 80)[1]).toBe(link);
    expect(split(`${'一'.repeat(15)}\n${'二'.repeat(15)}`, 64)).toEqual([`${'一'.repeat(15)}\n`, '二'.repeat(15)]);
  });

  test('even what people see as one character is cut where it is longer than a message', () => {
    const pile = `a${'\u0301'.repeat(3000)}`;
    expect(split(pile).join('')).toBe(pile);
  });
});

describe('what arrives', () => {
  const head = { ToUserName: 'gh_1', FromUserName: 'oAbc-_1', CreateTime: '1700000000' };
  const read = (fields: Record<string, string>) => readArrival({ ...head, MsgId: '7', ...fields });
  const wish = (fields: Record<string, string>) => read(fields)?.wish;

  test.each([
    [
      { MsgType: 'text', Content: '没电了' },
      { is: 'text', text: '没电了' },
    ],
    [
      { MsgType: 'text', Content: '', bizmsgmenuid: '2' },
      { is: 'text', text: '2' },
    ],
    [
      { MsgType: 'text', Content: 'a\u0000b\ud800' },
      { is: 'text', text: 'ab�' },
    ],
    [
      { MsgType: 'image', MediaId: 'm-1', PicUrl: 'http://x' },
      { is: 'image', mediaId: 'm-1' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Recognition: '停电了。' },
      { is: 'text', text: '停电了。' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Recognition: '' },
      { is: 'unread', answer: 'wechat.voice' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm' },
      { is: 'unread', answer: 'wechat.voice' },
    ],
    [
      { MsgType: 'video', MediaId: 'm' },
      { is: 'unread', answer: 'wechat.video' },
    ],
    [
      { MsgType: 'shortvideo', MediaId: 'm' },
      { is: 'unread', answer: 'wechat.video' },
    ],
    [{ MsgType: 'file' }, { is: 'unread', answer: 'wechat.file' }],
    [
      { MsgType: 'location', Location_X: '30.5', Location_Y: '120.1', Scale: '15', Label: '文三路' },
      { is: 'place', latitude: 30.5, longitude: 120.1, label: '文三路' },
    ],
    [
      { MsgType: 'location', Location_X: '300', Location_Y: '1' },
      { is: 'nothing', what: 'location' },
    ],
    [
      { MsgType: 'link', Title: '通知', Description: '停电', Url: 'http://x' },
      { is: 'text', text: '通知\n停电' },
    ],
    [{ MsgType: 'toString' }, { is: 'nothing', what: 'toString' }],
    [{ MsgType: 'event', Event: 'subscribe', EventKey: 'qrscene_12', Ticket: 't' }, { is: 'greeting' }],
    [{ MsgType: 'event', Event: 'SCAN', EventKey: '12', Ticket: 't' }, { is: 'greeting' }],
    [{ MsgType: 'event', Event: 'unsubscribe' }, { is: 'gone' }],
    [
      { MsgType: 'event', Event: 'CLICK', EventKey: '停电查询' },
      { is: 'text', text: '停电查询' },
    ],
    ...[
      'VIEW',
      'LOCATION',
      'scancode_push',
      'scancode_waitmsg',
      'pic_sysphoto',
      'location_select',
      'view_miniprogram',
    ].map(
      (Event) =>
        [
          { MsgType: 'event', Event },
          { is: 'nothing', what: Event },
        ] as const,
    ),
    ...['TEMPLATESENDJOBFINISH', 'subscribe_msg_popup_event', 'MASSSENDJOBFINISH', 'debug_demo'].map(
      (Event) =>
        [
          { MsgType: 'event', Event },
          { is: 'nothing', what: Event },
        ] as const,
    ),
  ] as const)('%j', (fields, expected) => {
    expect(wish(fields)).toEqual(expected);
  });

  test('nobody is no follower', () => {
    expect(readArrival({ ...head, MsgType: 'text', FromUserName: { a: 'b' } })).toBeUndefined();
    expect(readArrival({ ...head, MsgType: 'text', CreateTime: 'now' })).toBeUndefined();
    expect(readArrival({})).toBeUndefined();
  });

  test('keys: one MsgId for two people, two events in one second', () => {
    const key = (fields: Record<string, string>) => read(fields)?.key;
    expect(key({ MsgType: 'text', Content: 'a' })).not.toBe(key({ MsgType: 'text', Content: 'a', FromUserName: 'oB' }));
    const event = (Event: string, EventKey: string) => key({ MsgType: 'event', Event, EventKey });
    expect(new Set([event('CLICK', 'a'), event('CLICK', 'b'), event('VIEW', 'a')]).size).toBe(3);
    expect(event('CLICK', 'a')).toBe(event('CLICK', 'a'));
  });
});
