import type { Cluster } from '#cluster';
import { GridTalkError, tooMany, unauthorized } from '#errors';
import type { StaffTable, Storage, Tx } from '#storage';
import type { SignIn } from '#wire';
import { verifyPassword } from './passwords.ts';
import { openSession } from './sessions.ts';

const failuresAllowed = 5;
const lockSeconds = 15 * 60;
/** An office of many people may share one address. */
const triesPerAddress = 100;
const addressSeconds = 10 * 60;

const failed = () =>
  unauthorized(
    'The user name or the password is wrong.',
    'Check both; an administrator can reset the password.',
    'SignInFailed',
  );

const locked = () =>
  new GridTalkError(
    'AccountLocked',
    423,
    `After ${failuresAllowed} failures in a row this account is locked for ${lockSeconds / 60} minutes.`,
    'Wait, or have an administrator reset the password.',
  );

export interface SignInParts {
  storage: Storage;
  cluster: Cluster;
  clock: () => Date;
}

/** Answers the new session's token. Unknown users meet the same delays and the same lock as known ones: nothing tells them apart. */
export function signIns({ storage, cluster, clock }: SignInParts) {
  const find = (user: string) => storage.db.selectFrom('staff').selectAll().where('name', '=', user).executeTakeFirst();

  async function refuseLocked(user: string, row: StaffTable | undefined) {
    if (row) {
      if (row.locked_until > clock().getTime()) throw locked();
    } else if (!(await cluster.allow(`sign-in-unknown:${user}`, failuresAllowed, lockSeconds))) throw locked();
  }

  async function attempt(user: string, password: string): Promise<string> {
    const row = await find(user);
    await refuseLocked(user, row);
    const right = await verifyPassword(password, row?.password);
    const now = clock().getTime();
    if (row && right && row.roles !== '[]') return storage.commit((tx) => succeed(tx, user, now));
    if (row) await storage.commit((tx) => countFailure(tx, user, now));
    throw failed();
  }

  return async ({ user, password }: SignIn, address: string): Promise<string> => {
    if (!(await cluster.allow(`sign-in:${address}`, triesPerAddress, addressSeconds)))
      throw tooMany(
        `More than ${triesPerAddress} sign-ins from ${address} in ${addressSeconds / 60} minutes.`,
        'Wait some minutes.',
      );
    const name = user.trim().toLowerCase();
    // In turn, so that guesses sent at the same moment are counted before the next one is tried.
    return cluster.inTurn(`sign-in:${name}`, () => attempt(name, password));
  };
}

async function succeed(tx: Tx, user: string, now: number): Promise<string> {
  await tx.updateTable('staff').set({ failures: 0, locked_until: 0 }).where('name', '=', user).execute();
  return openSession(tx, user, now);
}

async function countFailure(tx: Tx, user: string, now: number): Promise<void> {
  const row = await tx.selectFrom('staff').select('failures').where('name', '=', user).executeTakeFirst();
  const failures = (row?.failures ?? 0) + 1;
  const change = failures >= failuresAllowed ? { failures: 0, locked_until: now + lockSeconds * 1000 } : { failures };
  await tx.updateTable('staff').set(change).where('name', '=', user).execute();
}
