import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  N: number;
  r: number;
  p: number;
}

const today: Cost = { N: 2 ** 15, r: 8, p: 1 };
const keyLength = 32;

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  // The same characters may be typed composed or decomposed, full-width or half-width.
  const typed = password.normalize('NFKC');
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, keyLength, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

const written = (cost: Cost, salt: Buffer, key: Buffer) =>
  ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');

/** Never call it inside a commit: it takes a tenth of a second on purpose. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return written(today, salt, await derive(password, salt, today));
}

/** No password has this hash; verifying against it costs what a real one costs. */
const nobody = written(today, Buffer.alloc(16), Buffer.alloc(keyLength));

/** `stored` is undefined for an unknown user: the answer is false, and takes as long as for a known one. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (stored ?? nobody).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64')) && stored !== undefined;
}
