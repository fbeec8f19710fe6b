import type { Account, Backend } from '#backends';
import type { Storage } from '#storage';
import type { CustomerKind, NewNotice } from '#wire';
import { accountsOf, conversationsOf, customersAfter } from './audience.ts';
import { changedMeanwhile, type Notice, written } from './notice.ts';
import { addReceivers } from './receivers.ts';

interface Tools {
  storage: Storage;
  backend: Backend;
  clock: () => Date;
}

const pageSize = 500;
/** Questions to the utility's systems at the same time. */
const atOnce = 16;

/**
 * One page of a notice's receivers, in one commit with how far it got: a kill repeats at most a page, and finds it there.
 * @throws BackendUnavailable; @throws Conflict where it was changed meanwhile
 */
export async function gatherPage({ storage, backend, clock }: Tools, notice: Notice): Promise<void> {
  const { db } = storage;
  const customers = await customersAfter(db, notice, notice.gather_after, pageSize);
  const last = customers.length < pageSize;
  const [accounts, where] = customers.length
    ? await Promise.all([accountsOf(db, customers), conversationsOf(db, customers)])
    : [new Map<string, string[]>(), new Map()];
  const touched = await accountsInScope(backend, written(notice), [...new Set([...accounts.values()].flat())]);
  const wanted = customers.flatMap((customerId) => {
    const own = accounts.get(customerId) ?? [];
    const concerned = own.filter((number) => touched.has(number));
    const at = where.get(customerId);
    // Who has accounts, but none that it concerns, need not hear of it; who has shown none, but asked, does.
    return at && (own.length === 0 || concerned.length > 0) ? [{ ...at, customerId, accounts: concerned }] : [];
  });
  const now = clock().getTime();
  await storage.commit(async (tx) => {
    await addReceivers(tx, notice.id, wanted);
    const result = await tx
      .updateTable('notice')
      .set({ gather_after: customers.at(-1) ?? notice.gather_after, gathered_at: last ? now : null })
      .where('id', '=', notice.id)
      // Another replica has done this page, or its author has changed whom it concerns.
      .where('version', '=', notice.version)
      .where('gather_after', '=', notice.gather_after)
      .where('gathered_at', 'is', null)
      .executeTakeFirst();
    if (Number(result.numUpdatedRows) !== 1) throw changedMeanwhile(notice.id);
  });
}

/** Those of the accounts whose class and region the notice is about. */
async function accountsInScope(
  backend: Backend,
  content: NewNotice | undefined,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const { regions = [], kinds = [] } = content ?? {};
  if (regions.length === 0 && kinds.length === 0) return new Set(numbers);
  const touched = new Set<string>();
  for (let at = 0; at < numbers.length; at += atOnce)
    for (const account of await Promise.all(numbers.slice(at, at + atOnce).map((each) => backend.accounts.find(each))))
      if (account && isInScope(account, regions, kinds)) touched.add(account.number);
  return touched;
}

const isInScope = ({ region, kind }: Account, regions: readonly string[], kinds: readonly CustomerKind[]): boolean =>
  (regions.length === 0 || regions.includes(region)) && (kinds.length === 0 || kinds.includes(kind));
