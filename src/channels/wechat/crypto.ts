import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomFillSync } from 'node:crypto';

const algorithm = 'aes-256-cbc';
/** PKCS#7, but to blocks of 32 bytes: Node's own padding knows only the cipher's 16. */
const block = 32;
const before = 20;

/** Made once: handing the bytes over with each message costs more than the cipher itself. */
export interface AesKey {
  key: KeyObject;
  iv: Uint8Array;
}

/** The 43 characters that the account's page shows are base64 without its last «=». */
export function readKey(encodingAesKey: string): AesKey {
  const bytes = Buffer.from(`${encodingAesKey}=`, 'base64');
  return { key: createSecretKey(bytes), iv: Uint8Array.from(bytes.subarray(0, 16)) };
}

const pool = Buffer.alloc(4096);
let left = 0;

/** Asked for by the page: one call to the system's generator for many messages. No byte is used twice. */
function salt(): Uint8Array {
  if (left === 0) {
    randomFillSync(pool);
    left = pool.length;
  }
  left -= 16;
  return pool.subarray(left, left + 16);
}

/** 16 random bytes, the length, the text, the app id, padding; `random` is given only by tests. */
export function seal(text: string, { key, iv }: AesKey, appId: string, random: Uint8Array = salt()): string {
  const message = Buffer.from(text, 'utf8');
  const id = Buffer.from(appId, 'utf8');
  const size = before + message.length + id.length;
  const pad = block - (size % block);
  const plain = Buffer.alloc(size + pad, pad);
  plain.set(random, 0);
  plain.writeUInt32BE(message.length, 16);
  plain.set(message, before);
  plain.set(id, before + message.length);
  const cipher = createCipheriv(algorithm, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** The text, or undefined whatever is wrong with it: who tries ciphers learns nothing from the answer. */
export function unseal(sealed: string, { key, iv }: AesKey, appId: string): string | undefined {
  const cipher = Buffer.from(sealed, 'base64');
  if (cipher.length === 0 || cipher.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv(algorithm, key, iv).setAutoPadding(false);
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
