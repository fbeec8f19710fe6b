import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-cbc';
/** PKCS#7, but to blocks of 32 bytes: Node's own padding knows only the cipher's 16. */
const block = 32;
const before = 20;

/** The 43 characters that the account's page shows are base64 without its last «=». */
export const readKey = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64');

/** 16 random bytes, the length, the text, the app id, padding; `random` is given only by tests. */
export function seal(text: string, key: Buffer, appId: string, random: Uint8Array = randomBytes(16)): string {
  const message = Buffer.from(text, 'utf8');
  const id = Buffer.from(appId, 'utf8');
  const size = before + message.length + id.length;
  const pad = block - (size % block);
  const plain = Buffer.alloc(size + pad, pad);
  plain.set(random, 0);
  plain.writeUInt32BE(message.length, 16);
  plain.set(message, before);
  plain.set(id, before + message.length);
  const cipher = createCipheriv(algorithm, key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The text, or undefined whatever is wrong with it: who tries ciphers learns nothing from the answer. */
export function unseal(sealed: string, key: Buffer, appId: string): string | undefined {
  const cipher = Buffer.from(sealed, 'base64');
  if (cipher.length === 0 || cipher.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv(algorithm, key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(cipher), decipher.final()]);
  const pad = plain.at(-1) ?? 0;
  const end = plain.length - pad;
  if (pad < 1 || pad > block || end < before) return undefined;
  if (!plain.subarray(end).every((byte) => byte === pad)) return undefined;
  const length = plain.readUInt32BE(16);
  if (before + length > end) return undefined;
  if (plain.toString('utf8', before + length, end) !== appId) return undefined;
  return plain.toString('utf8', before, before + length);
}
