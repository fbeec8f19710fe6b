import { createHash, timingSafeEqual } from 'node:crypto';

/** WeChat's signature: SHA-1 of the parts, sorted and joined. With the cipher among the parts it is `msg_signature`. */
export const sign = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** Compares in constant time: how far a guess was right must not show. */
export function isSignedBy(signature: string, ...parts: string[]): boolean {
  const given = Buffer.from(signature, 'latin1');
  const right = Buffer.from(sign(...parts), 'latin1');
  return given.length === right.length && timingSafeEqual(given, right);
}
