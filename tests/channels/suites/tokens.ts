import { type JWTPayload, SignJWT } from 'jose';
import type { Target } from '../target.ts';
import type { Visitor } from '../visitor.ts';

const now = () => Math.floor(Date.now() / 1000);

/** A token that only its signature, its algorithm or its dates tell from one of the server's. */
export function forge(signing: Uint8Array, claims: JWTPayload): Promise<string> {
  return new SignJWT({ bot: 'gridtalk', site: 'web', iat: now(), exp: now() + 1800, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(signing);
}

export const claimsOf = (token: string): JWTPayload & { user: string; conv: string } =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

/** The visitor's own token as it would be `days` after it ran out. */
export function aged(target: Target, visitor: Visitor, days: number): Promise<string> {
  const exp = now() - days * 86_400;
  return forge(target.signing, { ...claimsOf(visitor.token), iat: exp - 1800, exp });
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Tokens that must open nothing, by what is wrong with them. */
export async function badTokens(target: Target, visitor: Visitor): Promise<[string, string, string][]> {
  const claims = claimsOf(visitor.token);
  const [head, body, signature] = visitor.token.split('.') as [string, string, string];
  const elsewhere = { ...claims, conv: 'another-conversation' };
  return [
    ['signed with another key', await forge(new Uint8Array(32).fill(7), claims), 'BadArgument'],
    ['of algorithm none', `${encode({ alg: 'none', typ: 'JWT' })}.${body}.`, 'BadArgument'],
    ['of algorithm none, signature kept', `${encode({ alg: 'none' })}.${body}.${signature}`, 'BadArgument'],
    ['with changed claims', `${head}.${encode(elsewhere)}.${signature}`, 'BadArgument'],
    ['of another conversation', await forge(target.signing, elsewhere), 'BadArgument'],
    ['without a user', await forge(target.signing, { ...claims, user: undefined }), 'BadArgument'],
    ['expired', await aged(target, visitor, 1 / 24), 'TokenExpired'],
    ['that is no token', 'nonsense', 'BadArgument'],
    ['that is not even one word', 'a b', 'BadArgument'],
  ];
}
