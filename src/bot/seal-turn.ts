import type { Draft } from './draft.ts';
import type { Parts } from './parts.ts';
import type { State } from './state.ts';
import { signsIn } from './understand.ts';

/** How long what is said after a sealed report may still be about it. */
const aboutItMinutes = 60;

/**
 * Whether staff must not read this turn beside another order of the conversation, since it tells who reported: a sealed dialog is on or
 * waits, its order is filed or added to, it is spoken of by its own words (its `begins` and `hints`), or nothing else was begun since it
 * was filed. `before`: the state the turn found. Rather a turn too many than one too few.
 */
export function sealsTurn(parts: Parts, before: State, draft: Draft, said: string, now: Date): boolean {
  const { state, orders, notes, replies } = draft;
  const sealed = [...parts.dialogs].filter(([, dialog]) => dialog.sealed).map(([id]) => id);
  const isOn = ({ forms, pending }: State) => [...forms, pending].some((each) => each && sealed.includes(each.intent));
  if (isOn(before) || isOn(state) || draft.sealed.length > 0) return true;
  if (orders.some(({ order }) => sealed.includes(order.intent))) return true;
  const number = before.lastOrder?.sealed ? before.lastOrder.number : undefined;
  if (number && notes.some((note) => note.number === number)) return true;
  const words = [said, ...replies.map(({ text }) => text)].join('\n').toLowerCase();
  const speaks = (id: string) => {
    const { begins = [], hints = [] } = parts.intents.get(id)?.signs ?? {};
    return signsIn(words, { about: [...begins, ...hints] }).length > 0;
  };
  return (
    sealed.some(speaks) || (number !== undefined && isFresh(before, now) && state.forms.length + orders.length === 0)
  );
}

const isFresh = ({ lastOrder }: State, now: Date) => now.getTime() - (lastOrder?.at ?? 0) <= aboutItMinutes * 60_000;
