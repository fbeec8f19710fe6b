import { randomInt, randomUUID } from 'node:crypto';
import type { Db, ProofTable, Tx } from '#storage';
import { digest, sameSecret } from './secrets.ts';

/**
 * Limits of one-time codes, as a utility's short messages have them: 6 digits, 5 minutes, one a minute, ten a day; five wrong ones
 * lock the customer who typed them. An account is locked for everybody only far later, or a stranger could lock its owner out.
 */
export const codeLimits = {
  ...{ minutes: 5, everySeconds: 60, aDay: 10, wrong: 5, lockMinutes: 30 },
  accountADay: 100,
  accountWrong: 100,
} as const;

const minute = 60_000;

interface Claim {
  customerId: string;
  accountNumber: string;
}

/** A code to be sent, or why there is none. The row is written with the turn. */
export type Asked = { refused: 'soon' | 'locked' } | { row: ProofTable; code: string };

/**
 * A new one-time code for a claim. `matched`: the phone that was named is the one on file. A claim that does not match gets a row
 * all the same, so that its answers, limits and locks are those of a true one: nobody can ask which accounts exist.
 */
export async function askForCode(db: Db, claim: Claim, matched: boolean, now: Date): Promise<Asked> {
  const at = now.getTime();
  const asked = await recent(db, claim, at - 24 * 60 * minute);
  if (isLocked(asked, claim, at)) return { refused: 'locked' };
  const mine = asked.filter((row) => row.customer_id === claim.customerId);
  if (mine.some((row) => at - row.created_at < codeLimits.everySeconds * 1000)) return { refused: 'soon' };
  const all = asked.filter((row) => row.account_number === claim.accountNumber);
  if (mine.length >= codeLimits.aDay || all.length >= codeLimits.accountADay) return { refused: 'locked' };
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const id = randomUUID();
  const row = {
    ...{ id, customer_id: claim.customerId, account_number: claim.accountNumber, code_hash: digest(id + code) },
    ...{ matched: Number(matched), wrong: 0, used: 0, created_at: at },
  };
  return { row, code };
}

/** What a code that was typed is worth. `id`: the proof it was tried on. */
export async function tryCode(db: Db, claim: Claim, code: string, now: Date) {
  const at = now.getTime();
  const asked = await recent(db, claim, at - 24 * 60 * minute);
  if (isLocked(asked, claim, at)) return { result: 'locked' as const };
  const proof = asked.find(
    (row) => row.customer_id === claim.customerId && row.account_number === claim.accountNumber && row.used === 0,
  );
  if (!proof || at - proof.created_at > codeLimits.minutes * minute) return { result: 'expired' as const };
  const right = sameSecret(proof.code_hash, digest(proof.id + code)) && proof.matched === 1;
  return { result: right ? ('right' as const) : ('wrong' as const), id: proof.id };
}

/** Proofs of the account, by whomever, and of this customer, for whatever account; newest first. */
const recent = (db: Db, { customerId, accountNumber }: Claim, since: number) =>
  db
    .selectFrom('proof')
    .selectAll()
    .where('created_at', '>', since)
    .where((is) => is.or([is('customer_id', '=', customerId), is('account_number', '=', accountNumber)]))
    .orderBy('created_at', 'desc')
    .execute();

/** Too many wrong codes of this customer, for whatever account, or far too many for this account, by whomever. */
function isLocked(asked: readonly ProofTable[], { customerId, accountNumber }: Claim, at: number): boolean {
  const fresh = asked.filter((row) => at - row.created_at < codeLimits.lockMinutes * minute);
  const wrong = (rows: readonly ProofTable[]) => rows.reduce((sum, row) => sum + row.wrong, 0);
  const mine = fresh.filter((row) => row.customer_id === customerId);
  const all = fresh.filter((row) => row.account_number === accountNumber);
  return wrong(mine) >= codeLimits.wrong || wrong(all) >= codeLimits.accountWrong;
}

/** A wrong code counts. */
export async function countWrong(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('proof')
    .set((row) => ({ wrong: row('wrong', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** The customer has proved to own the account: from now on this counts in every conversation of theirs. */
export async function bind(tx: Tx, { customerId, accountNumber }: Claim, at: number, proofId?: string): Promise<void> {
  if (proofId) await tx.updateTable('proof').set({ used: 1 }).where('id', '=', proofId).execute();
  await tx
    .insertInto('binding')
    .values({ customer_id: customerId, account_number: accountNumber, created_at: at })
    .onConflict((clash) => clash.doNothing())
    .execute();
}

export async function unbind(tx: Tx, { customerId, accountNumber }: Claim): Promise<void> {
  await tx
    .deleteFrom('binding')
    .where('customer_id', '=', customerId)
    .where('account_number', '=', accountNumber)
    .execute();
}

export async function boundAccounts(db: Db, customerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('binding')
    .select('account_number')
    .where('customer_id', '=', customerId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.account_number);
}
