import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import fc from 'fast-check';
import { readKey, seal, unseal } from '../../src/channels/wechat/crypto.ts';
import { isSignedBy, sign } from '../../src/channels/wechat/signature.ts';

/** Tencent's own implementation for Node stands on the other side. Its messages are checked by a maker that is not ours. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const encodingKey = fc
  .array(fc.constantFrom(...letters), { minLength: 42, maxLength: 42 })
  // The last of 43 letters carries four bits: others are no key that a page would show.
  .chain((most) => fc.constantFrom(...'AEIMQUYcgkosw048').map((last) => [...most, last].join('')));
const id = fc.stringMatching(/^(wx[0-9a-f]{16}|ww[0-9a-f]{16})$/);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('', '我家没电了', '👨‍👩‍👧𠮷', '<xml><Content><![CDATA[没电]]></Content></xml>', 'a'.repeat(5000)),
);
const runs = { numRuns: 500 };

describe('sealed messages, against @wecom/crypto', () => {
  test('what we seal, it opens', () => {
    fc.assert(
      fc.property(encodingKey, id, text, (key, appId, message) => {
        expect(decrypt(key, seal(message, readKey(key), appId))).toMatchObject({ message, id: appId });
      }),
      runs,
    );
  });

  test('what it seals, we open; for another app, or changed on the way, we do not', () => {
    fc.assert(
      fc.property(encodingKey, id, text, fc.nat(), (key, appId, message, at) => {
        const sealed = encrypt(key, message, appId);
        expect(unseal(sealed, readKey(key), appId)).toBe(message);
        expect(unseal(sealed, readKey(key), `${appId}0`)).toBeUndefined();
        const bytes = Buffer.from(sealed, 'base64');
        // The last block holds the padding or the app's id: whatever is changed there is seen.
        const last = bytes.length - 1 - (at % 16);
        bytes[last] = (bytes[last] ?? 0) ^ 0xff;
        expect(unseal(bytes.toString('base64'), readKey(key), appId)).not.toBe(message);
      }),
      runs,
    );
  });

  test('the signatures are the same', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
    const digits = fc.nat().map(String);
    fc.assert(
      fc.property(word, digits, word, encodingKey, text, (token, timestamp, nonce, key, message) => {
        const sealed = encrypt(key, message, 'wx1234567890abcdef');
        const theirs = getSignature(token, timestamp, nonce, sealed);
        expect(sign(token, timestamp, nonce, sealed)).toBe(theirs);
        expect(isSignedBy(theirs, token, timestamp, nonce, sealed)).toBe(true);
        expect(isSignedBy(theirs, token, timestamp, nonce, `${sealed}=`)).toBe(false);
      }),
      runs,
    );
  });

  test('every length around a block goes there and back', () => {
    const key = `${randomBytes(31).toString('base64url').replace(/[-_]/g, 'a')}A`.padStart(43, 'b').slice(0, 43);
    for (let length = 0; length < 130; length += 1) {
      const message = 'x'.repeat(length);
      expect(decrypt(key, seal(message, readKey(key), 'wx1234567890abcdef')).message).toBe(message);
      expect(unseal(encrypt(key, message, 'wx1234567890abcdef'), readKey(key), 'wx1234567890abcdef')).toBe(message);
    }
  });
});
