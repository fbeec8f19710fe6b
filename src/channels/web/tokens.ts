import { createSecretKey, type KeyObject } from 'node:crypto';
// By their files: the index loads every other kind of token, too.
import { compactVerify } from 'jose/jws/compact/verify';
import { SignJWT } from 'jose/jwt/sign';
import { z } from 'zod';
import { forbidden } from '#errors';

/** Whom a token speaks for: one customer in one conversation, never more. */
export interface Customer {
  conversationId: string;
  userId: string;
}

export interface Tokens {
  issue(customer: Customer): Promise<string>;
  /** For a stream's URL: URLs end up in access logs, so this one is worth nothing a minute later and opens nothing else. */
  issueForStream(customer: Customer): Promise<string>;
  /** Throws Forbidden: `TokenExpired` where only the time is wrong, so that a client knows to ask for a fresh one. */
  verify(token: string): Promise<Customer>;
  /** Takes either kind. */
  verifyForStream(token: string): Promise<Customer>;
  /** For a customer who comes back: the signature must hold, the age may be up to `resumableDays`. */
  verifyForResume(token: string): Promise<Customer>;
}

export const tokenLifetime = 1800;
export const streamLifetime = 60;
export const resumableDays = 30;
const daySeconds = 86_400;
const remembered = 5000;

/** A customer id that only our tokens may carry: Direct Line clients know the prefix. */
export const UserId = z.string().regex(/^dl_[\w.:@-]{1,120}$/);

const Claims = z.object({
  conv: z.string().min(1),
  user: UserId,
  use: z.literal('stream').optional(),
  iat: z.number(),
  exp: z.number(),
});
type Claims = z.infer<typeof Claims>;

export function makeTokens(signing: Uint8Array, clock: () => Date): Tokens {
  const key = createSecretKey(signing);
  const sign = (customer: Customer, lifetime: number, use?: 'stream') => {
    const now = Math.floor(clock().getTime() / 1000);
    const claims = { bot: 'gridtalk', site: 'web', conv: customer.conversationId, user: customer.userId, use };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .sign(key);
  };
  const check = signatureCheck(key);
  const read = async (token: string, grace = 0): Promise<Claims> => {
    const claims = await check(token);
    if (claims.exp + grace <= clock().getTime() / 1000) throw expired();
    return claims;
  };
  return {
    issue: (customer) => sign(customer, tokenLifetime),
    issueForStream: (customer) => sign(customer, streamLifetime, 'stream'),
    verify: async (token) => bearer(await read(token)),
    verifyForStream: async (token) => customerOf(await read(token)),
    verifyForResume: async (token) => {
      const claims = await read(token, resumableDays * daySeconds);
      if (clock().getTime() / 1000 - claims.iat > resumableDays * daySeconds) throw expired();
      return bearer(claims);
    },
  };
}

/** A client shows the same token with every call; its signature is worth checking once, its dates every time. */
function signatureCheck(key: KeyObject): (token: string) => Promise<Claims> {
  const known = new Map<string, Claims>();
  return async (token) => {
    const before = known.get(token);
    if (before) return before;
    try {
      const { payload } = await compactVerify(token, key, { algorithms: ['HS256'] });
      const claims = Claims.parse(JSON.parse(new TextDecoder().decode(payload)));
      if (known.size >= remembered) known.delete(known.keys().next().value ?? '');
      known.set(token, claims);
      return claims;
    } catch {
      throw invalid();
    }
  };
}

const customerOf = (claims: Claims): Customer => ({ conversationId: claims.conv, userId: claims.user });

function bearer(claims: Claims): Customer {
  if (claims.use) {
    throw forbidden('A stream token was shown as a conversation token.', 'Send the token of the conversation.');
  }
  return customerOf(claims);
}

const expired = () => forbidden('The token has expired.', 'Ask for a fresh token and reconnect.', 'TokenExpired');

/** One answer for every other fault: a prober learns nothing from it. */
export const invalid = () =>
  forbidden(
    'The token or secret is not valid here.',
    'Get a token from this server and send it unchanged.',
    'BadArgument',
  );
