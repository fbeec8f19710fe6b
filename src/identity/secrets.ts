import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 256 bits, safe in a cookie and a header. */
export const newSecret = () => randomBytes(32).toString('base64url');

export const digest = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** Compares without telling by its duration how much was right; hashing first makes the lengths equal. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest());
}

/** Without 0/o, 1/l/i: it is read from a screen and typed once. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** For an account's very first sign-in, about 79 bits. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
