import type { Account, Backend, Place } from '#backends';
import type { Turn } from '#conversation';
import { forbidden } from '#errors';
import { askForCode, tryCode } from '#identity';
import { attempt } from './attempt.ts';
import { type Scene, say } from './scene.ts';

/**
 * The backend as a dialog sees it: data of an account only for a customer who has proved to own it, and every look-up in the
 * audit. A dialog that forgets to ask for proof meets an error, never a stranger's data.
 */
export function auditedBackend(scene: Scene): Backend {
  const { backend } = scene.parts;
  const owned = <Found>(accountNumber: string, what: string, look: () => Promise<Found>): Promise<Found> => {
    if (!scene.draft.state.accounts.includes(accountNumber))
      throw forbidden(
        'A dialog asked for an account that is not proved to be this customer’s.',
        'Use an account() slot.',
      );
    scene.draft.lookUps.push({ accountNumber, what });
    return look();
  };
  // Where an account is tells who it is: an unproved one finds nothing.
  const own = (place: Place): Place => {
    const { accountNumber } = place;
    if (accountNumber === undefined || scene.draft.state.accounts.includes(accountNumber)) return place;
    return { ...place, accountNumber: undefined };
  };
  return {
    ...backend,
    outages: { at: (place) => backend.outages.at(own(place)) },
    directory: {
      ...backend.directory,
      locate: (place) => backend.directory.locate(own(place)),
      outlets: (place, kind) => backend.directory.outlets(own(place), kind),
    },
    accounts: {
      ...backend.accounts,
      find: (number) => owned(number, 'account', () => backend.accounts.find(number)),
      applications: (number) => owned(number, 'applications', () => backend.accounts.applications(number)),
    },
    bills: {
      balance: (number) => owned(number, 'balance', () => backend.bills.balance(number)),
      months: (number, from, to) => owned(number, 'bills', () => backend.bills.months(number, from, to)),
      payments: (number) => owned(number, 'payments', () => backend.bills.payments(number)),
      daily: (number, from, to) => owned(number, 'daily', () => backend.bills.daily(number, from, to)),
      neighbours: (number, month) => owned(number, 'neighbours', () => backend.bills.neighbours(number, month)),
    },
  };
}

/** Proof that an account is the customer's, by a one-time code to the phone on file. */
export function proofFor(scene: Scene): Turn['proof'] {
  const { parts, draft, now, conversation } = scene;
  const claim = (accountNumber: string) => ({ customerId: conversation.customerId, accountNumber });
  return {
    async ask(accountNumber, phone) {
      const account = await parts.backend.accounts.find(accountNumber);
      const matched = account !== undefined && account.phone === phone;
      draft.lookUps.push({ accountNumber, what: 'proof' });
      const asked = await askForCode(parts.storage.db, claim(accountNumber), matched, now);
      if ('refused' in asked) return asked.refused;
      draft.proofs.push({ kind: 'asked', ...asked, phone: matched ? phone : undefined });
      if (parts.backend.demo) say(scene, 'common', 'code.demo', { code: asked.code });
      return 'sent';
    },
    async try(accountNumber, code) {
      const tried = await tryCode(parts.storage.db, claim(accountNumber), code, now);
      if (tried.result === 'wrong') draft.proofs.push({ kind: 'wrong', id: tried.id });
      if (tried.result !== 'right') return tried.result;
      draft.proofs.push({ kind: 'right', id: tried.id, accountNumber });
      draft.state.accounts = [...draft.state.accounts.filter((number) => number !== accountNumber), accountNumber];
      return 'right';
    },
    unbind(accountNumber) {
      draft.proofs.push({ kind: 'unbound', accountNumber });
      draft.state.accounts = draft.state.accounts.filter((number) => number !== accountNumber);
    },
  };
}

/** The customer's accounts, to choose from; none while they can't be looked up. */
export async function fileOffers(scene: Scene): Promise<Account[]> {
  const { accounts } = auditedBackend(scene);
  const found = await attempt(scene, () =>
    Promise.all(scene.draft.state.accounts.map((number) => accounts.find(number))),
  );
  return (found ?? []).filter((account) => account !== undefined);
}
