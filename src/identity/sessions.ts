import type { Db, Storage, Tx } from '#storage';
import { Role } from '#wire';
import { digest, newSecret } from './secrets.ts';

const minutes = 60_000;
const lifetime = 12 * 60 * minutes;
/** A session's end moves at most this often: reading a page must not mean writing the database. */
const slideAfter = 5 * minutes;

export interface SignedIn {
  user: string;
  displayName: string;
  roles: Role[];
  csrf: string;
  mustChange: boolean;
  expiresAt: number;
}

export const readRoles = (json: string): Role[] => Role.array().parse(JSON.parse(json));

/** Answers the cookie's value; only its hash is kept. */
export async function openSession(tx: Tx, user: string, now: number): Promise<string> {
  const token = newSecret();
  await tx.deleteFrom('session').where('expires_at', '<=', now).execute();
  await tx
    .insertInto('session')
    .values({
      id_hash: digest(token),
      staff_name: user,
      csrf: newSecret(),
      expires_at: now + lifetime,
      created_at: now,
    })
    .execute();
  return token;
}

export async function findSession(db: Db, token: string, now: number): Promise<SignedIn | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('staff', 'staff.name', 'session.staff_name')
    .select(['name', 'display_name', 'roles', 'must_change', 'csrf', 'expires_at'])
    .where('id_hash', '=', digest(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return (
    row && {
      user: row.name,
      displayName: row.display_name,
      roles: readRoles(row.roles),
      csrf: row.csrf,
      mustChange: row.must_change === 1,
      expiresAt: row.expires_at,
    }
  );
}

export async function slideSession(storage: Storage, token: string, expiresAt: number, now: number): Promise<void> {
  if (expiresAt > now + lifetime - slideAfter) return;
  await storage.commit((tx) =>
    tx
      .updateTable('session')
      .set({ expires_at: now + lifetime })
      .where('id_hash', '=', digest(token))
      .execute(),
  );
}

export async function closeSession(tx: Tx, token: string): Promise<void> {
  await tx.deleteFrom('session').where('id_hash', '=', digest(token)).execute();
}

/** A new password or fewer rights: what was opened before must not go on, except the session that asks for it. */
export async function closeSessionsOf(tx: Tx, user: string, exceptToken = ''): Promise<void> {
  await tx.deleteFrom('session').where('staff_name', '=', user).where('id_hash', '!=', digest(exceptToken)).execute();
}
