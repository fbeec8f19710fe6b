import type { Account, Place } from '#backends';
import { normaliseAddress } from '#nlu';
import type { Turn } from './declare.ts';
import type { Slot } from './slot.ts';
import { type PhoneValue, type PlaceValue, placeOf } from './slots.ts';

/** Any turn whose form has a place and a phone. */
type OnFile = Turn<{ place: Slot<PlaceValue>; phone: Slot<PhoneValue> }, string>;

/** The only account that is proved answers place and phone, masked in the summary; another place said later replaces it. */
export async function takeFromFile(
  { slots, memo, bound, attempt, backend }: OnFile,
  at: 'account' | 'site',
): Promise<void> {
  const [only, ...others] = bound;
  if (only === undefined || others.length > 0 || memo.tookFile) return;
  const account = await attempt(() => backend.accounts.find(only));
  if (!account) return;
  memo.tookFile = true;
  if (at === 'account' && !memo.noFile)
    slots.place ??= { source: 'file', accountNumber: only, address: account.address };
  slots.phone ??= { number: account.phone, source: 'file' };
}

type Known = Pick<OnFile, 'bound' | 'attempt' | 'backend'>;

/** The phone of the only account that is proved, masked in the summary: nobody is asked for what is on file. */
export async function phoneOnFile({
  slots,
  memo,
  ...known
}: Known & { slots: { phone?: PhoneValue }; memo: OnFile['memo'] }): Promise<void> {
  const [only, ...others] = known.bound;
  if (only === undefined || others.length > 0 || memo.tookFile) return;
  memo.tookFile = true;
  const account = slots.phone ? undefined : await known.attempt(() => known.backend.accounts.find(only));
  if (account) slots.phone = { number: account.phone, source: 'file' };
}

/** A place as orders take it; one that names the address of a proved account is that account's. */
export async function ownPlace({ bound, attempt, backend }: Known, said?: PlaceValue): Promise<Place | undefined> {
  const place = placeOf(said);
  if (!place?.address || place.accountNumber) return place;
  for (const number of bound) {
    const account = await attempt(() => backend.accounts.find(number));
    if (account && normaliseAddress(account.address).includes(normaliseAddress(place.address)))
      return { ...place, accountNumber: number };
  }
  return place;
}

/** The account of the place, where it is proved to be the customer's. */
export async function ownAccount({ slots, bound, attempt, backend }: OnFile): Promise<Account | undefined> {
  const number = slots.place?.accountNumber;
  return number && bound.includes(number) ? attempt(() => backend.accounts.find(number)) : undefined;
}

/** Money still owed on the customer's own account: it must be paid before the account passes to another or ends. */
export async function debtsOf({
  slots,
  bound,
  attempt,
  backend,
}: OnFile): Promise<{ key: 'debts'; facts: { owed: string } } | undefined> {
  const number = slots.place?.accountNumber;
  if (!number || !bound.includes(number)) return undefined;
  const balance = await attempt(() => backend.bills.balance(number));
  const owed = balance && Number(balance.owed) > 0 ? balance.owed : undefined;
  return owed ? { key: 'debts', facts: { owed } } : undefined;
}
