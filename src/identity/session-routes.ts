import type { Cluster } from '#cluster';
import { badRequest, checked, tooMany, unauthorized } from '#errors';
import type { Call, Route } from '#routes';
import type { Storage } from '#storage';
import { ChangePassword, type Session, SignIn } from '#wire';
import { noCookie, sessionCookie, sessionToken } from './cookie.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { closeSession, closeSessionsOf, findSession, type SignedIn } from './sessions.ts';

interface Parts {
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
  signIn(asked: SignIn, address: string): Promise<string>;
}

const present = ({ user, displayName, roles, csrf, mustChange }: SignedIn): Session => ({
  user,
  displayName,
  roles,
  csrf,
  mustChange,
});

const signedOut = () => unauthorized('Nobody is signed in.', 'Sign in with POST /api/session.');

/** Sign in, see who is, sign out, choose an own password. */
export function sessionRoutes(parts: Parts): Route[] {
  const { storage, clock } = parts;

  async function current(token: string | undefined): Promise<SignedIn> {
    const found = token && (await findSession(storage.db, token, clock().getTime()));
    if (!found) throw signedOut();
    return found;
  }

  async function signIn(call: Call) {
    const token = await parts.signIn(checked(SignIn, call.body), call.remoteAddress);
    return { headers: sessionCookie(call, token), json: present(await current(token)) };
  }

  async function signOut(call: Call) {
    await storage.commit((tx) => closeSession(tx, sessionToken(call.headers) ?? ''));
    return { headers: noCookie(call), json: {} };
  }

  async function changePassword(call: Call) {
    const token = sessionToken(call.headers) ?? '';
    const session = await current(token);
    await replacePassword(parts, session.user, token, checked(ChangePassword, call.body));
    return { json: present(await current(token)) };
  }

  return [
    { method: 'POST', path: '/api/session', audience: 'public', body: 'json', handle: signIn },
    {
      method: 'GET',
      path: '/api/session',
      audience: 'staff',
      handle: async (call) => ({ json: present(await current(sessionToken(call.headers))) }),
    },
    { method: 'DELETE', path: '/api/session', audience: 'staff', handle: signOut },
    { method: 'POST', path: '/api/session/password', audience: 'staff', body: 'json', handle: changePassword },
  ];
}

/** Every other session of this user ends: whoever knew the old password is out. */
async function replacePassword({ storage, cluster }: Parts, user: string, token: string, asked: ChangePassword) {
  // A session left open must not be a place to guess the password at.
  if (!(await cluster.allow(`password:${user}`, 10, 600)))
    throw tooMany('The password was tried too often.', 'Wait ten minutes.');
  const row = await storage.db.selectFrom('staff').select('password').where('name', '=', user).executeTakeFirst();
  if (!(await verifyPassword(asked.current, row?.password)))
    throw badRequest('The current password is wrong.', 'Type the password you signed in with.', 'WrongPassword');
  if (asked.next === asked.current)
    throw badRequest('The new password is the old one.', 'Choose another one.', 'SamePassword');
  const password = await hashPassword(asked.next);
  await storage.commit(async (tx) => {
    await tx.updateTable('staff').set({ password, must_change: 0 }).where('name', '=', user).execute();
    await closeSessionsOf(tx, user, token);
  });
}
