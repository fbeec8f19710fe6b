import type { IncomingHttpHeaders } from 'node:http';
import type { Cluster } from '#cluster';
import type { Audience, Endpoints, Principal } from '#routes';
import type { Storage } from '#storage';
import { sessionToken } from './cookie.ts';
import { hashPassword } from './passwords.ts';
import { allows } from './permissions.ts';
import { oneTimePassword } from './secrets.ts';
import { sessionRoutes } from './session-routes.ts';
import { findSession, slideSession } from './sessions.ts';
import { signIns } from './sign-in.ts';
import { insertStaff } from './staff.ts';
import { staffRoutes } from './staff-routes.ts';

export interface IdentityParts {
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
  /** For `admin` at the very first start; without it a random one is made. */
  adminPassword?: string;
}

export interface Authenticated {
  principal: Principal;
  /** What the header `x-csrf-token` of a change must be; compare with `sameSecret`. */
  csrf: string;
  /** Still on the one-time password. */
  mustChange: boolean;
}

export interface Identity extends Endpoints {
  /** Who is behind the request's cookie, or undefined. Lengthens the session. */
  authenticate(headers: IncomingHttpHeaders): Promise<Authenticated | undefined>;
  allows(principal: Principal | undefined, audience: Audience): boolean;
}

/** `firstPassword` is there once in the life of a database: print it, nobody can find it out again. */
export async function openIdentity(parts: IdentityParts): Promise<{ identity: Identity; firstPassword?: string }> {
  const firstPassword = await firstStart(parts);
  const identity: Identity = {
    allows,
    authenticate: (headers) => authenticate(parts, headers),
    routes: [...sessionRoutes({ ...parts, signIn: signIns(parts) }), ...staffRoutes(parts)],
  };
  return firstPassword ? { identity, firstPassword } : { identity };
}

async function authenticate({ storage, clock }: IdentityParts, headers: IncomingHttpHeaders) {
  const token = sessionToken(headers);
  if (!token) return undefined;
  const now = clock().getTime();
  const found = await findSession(storage.db, token, now);
  if (!found) return undefined;
  await slideSession(storage, token, found.expiresAt, now);
  return { principal: { user: found.user, roles: found.roles }, csrf: found.csrf, mustChange: found.mustChange };
}

async function firstStart({ storage, clock, adminPassword }: IdentityParts): Promise<string | undefined> {
  if (await storage.db.selectFrom('staff').select('name').limit(1).executeTakeFirst()) return undefined;
  const random = adminPassword ? undefined : oneTimePassword();
  const admin = {
    name: 'admin',
    displayName: '管理员',
    roles: ['admin'] as const,
    password: await hashPassword(adminPassword ?? random ?? ''),
    mustChange: random !== undefined,
  };
  // Replicas may start together: only the one whose row stands knows the password.
  const made = await storage.commit((tx) => insertStaff(tx, admin, clock().getTime()));
  return made ? random : undefined;
}
