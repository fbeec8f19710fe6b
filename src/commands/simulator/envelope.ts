import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** The other side's own account of WeChat's cipher: it shares no line with the channel's, so that each checks the other. */
export interface Account {
  appId: string;
  secret: string;
  token: string;
  aesKey: string;
}

export const signature = (...parts: string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

const keyOf = (account: Account) => Buffer.from(`${account.aesKey}=`, 'base64');

export function encrypt(account: Account, text: string): string {
  const key = keyOf(account);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text), Buffer.from(account.appId)]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)]), undefined, 'base64') + cipher.final('base64');
}

/** @throws where the answer is not what WeChat would take. */
export function decrypt(account: Account, sealed: string): string {
  const key = keyOf(account);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== account.appId) throw new Error('the answer is sealed for another app id');
  return plain.subarray(20, end).toString();
}
