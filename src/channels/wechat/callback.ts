import type { WechatSettings } from '#config';
import { forbidden } from '#errors';
import type { Log } from '#log';
import { type AesKey, readKey, seal, unseal } from './crypto.ts';
import { type Push, readPush, textField } from './push.ts';
import { isSignedBy, sign } from './signature.ts';
import { cdata } from './xml.ts';

/** Seconds that a signature without a cipher is good for: it signs no content, so it must not be used again later. */
const freshSeconds = 300;

/** One push that is really WeChat's, and how its answer must be wrapped. */
export interface Verified extends Push {
  wrap(answer: string): string;
}

interface Query {
  timestamp: string;
  nonce: string;
  signature: string;
}

/** The account's side of the callback: who signed it, what it says. Whatever is wrong gets the same answer; the log tells more. */
export function openCallback({ token, appId, aesKey, previousAesKey }: WechatSettings, clock: () => Date, log: Log) {
  const keys = [aesKey, previousAesKey].flatMap((key) => (key ? readKey(key) : []));

  function refuse(why: string, facts: object = {}): never {
    log.warn({ why, ...facts }, 'a call of the WeChat callback was refused');
    throw forbidden('This is not a call of the account.', 'Check token, AES key and app id on both sides.');
  }

  function read(query: URLSearchParams, signatureName: string): Query {
    const one = (name: string) => {
      const values = query.getAll(name);
      if (values.length !== 1 || !values[0] || values[0].length > 128) refuse('parameter', { name });
      return values[0] as string;
    };
    return { timestamp: one('timestamp'), nonce: one('nonce'), signature: one(signatureName) };
  }

  function plain(body: string, query: URLSearchParams): Verified {
    const { timestamp, nonce, signature } = read(query, 'signature');
    if (keys.length > 0)
      refuse('not encrypted, though WECHAT_AES_KEY is set: set the account to safe mode, or take the key away');
    if (!isSignedBy(signature, token, timestamp, nonce)) refuse('signature');
    const skew = Math.round(clock().getTime() / 1000 - Number(timestamp));
    if (!(Math.abs(skew) <= freshSeconds)) refuse('old signature, or our clock is wrong', { skew });
    return { ...(readPush(body) ?? refuse('unreadable')), wrap: (answer) => answer };
  }

  function safe(body: string, query: URLSearchParams): Verified {
    const { timestamp, nonce, signature } = read(query, 'msg_signature');
    const outer = readPush(body) ?? refuse('unreadable');
    const sealed = textField(outer.fields, 'Encrypt') ?? refuse('nothing encrypted');
    if (!isSignedBy(signature, token, timestamp, nonce, sealed)) refuse('signature');
    for (const key of keys) {
      const text = unseal(sealed, key, appId);
      if (text === undefined) continue;
      // What was sealed with the previous key is answered with it: that side may not have changed yet.
      return { ...(readPush(text) ?? refuse('unreadable')), wrap: (answer) => wrapped(answer, outer.notation, key) };
    }
    return refuse(keys.length > 0 ? 'cipher' : 'encrypted, but WECHAT_AES_KEY is not set');
  }

  function wrapped(answer: string, notation: Push['notation'], key: AesKey): string {
    const encrypt = seal(answer, key, appId);
    const timestamp = String(Math.floor(clock().getTime() / 1000));
    const nonce = String(Math.floor(Math.random() * 1e9));
    const signature = sign(token, timestamp, nonce, encrypt);
    if (notation === 'json')
      return JSON.stringify({
        Encrypt: encrypt,
        MsgSignature: signature,
        TimeStamp: Number(timestamp),
        Nonce: nonce,
      });
    return `<xml><Encrypt>${cdata(encrypt)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
  }

  return {
    /** The answer to WeChat's question whether this address is the account's: what it asked, word for word. @throws Forbidden */
    echo(query: URLSearchParams): string {
      const { timestamp, nonce, signature } = read(query, 'signature');
      if (!isSignedBy(signature, token, timestamp, nonce)) refuse('signature');
      const echoes = query.getAll('echostr');
      if (echoes.length !== 1 || !echoes[0] || echoes[0].length > 128) refuse('parameter', { name: 'echostr' });
      return echoes[0] as string;
    },
    /** @throws Forbidden */
    verify(body: string, query: URLSearchParams): Verified {
      return query.get('encrypt_type') === 'aes' ? safe(body, query) : plain(body, query);
    },
  };
}
