import type { Service } from '#backends';
import type { Chart } from '#conversation';
import type { ProofTable } from '#storage';
import type { DraftOrder } from '#workorders';
import type { Button } from './buttons.ts';
import type { State } from './state.ts';

export interface Reply {
  /** `file:key` of the text, for transcripts and for never repeating oneself. */
  key: string;
  text: string;
  buttons: Button[];
  chart?: Chart;
}

/** A change to an order that is on disk already. */
export interface OrderNote {
  number: string;
  kind: 'reminded' | 'added' | 'cancelled';
  note: string;
  /** To go on with its description. */
  words?: string;
  phone?: string;
  name?: string;
  address?: string;
  /** Who serves the new address. */
  service?: Service;
  photos?: readonly string[];
  urgent?: boolean;
  mark?: string;
  /** Cancelled only as it was then (`updatedAt`): nobody has claimed it meanwhile. */
  asOf?: string;
  /** Of somebody else than the reporter: their contact in the list of that heading, where `was` stood before. */
  beside?: { heading: string; was?: string; is?: string };
}

/** What a customer did to prove or to let go of an account. */
export type ProofEffect =
  | { kind: 'asked'; row: ProofTable; phone?: string; code: string }
  | { kind: 'wrong'; id: string }
  | { kind: 'right'; id: string; accountNumber: string }
  | { kind: 'unbound'; accountNumber: string };

/**
 * What a turn wants to be true: computed first, committed at once. Until then nothing has happened, so a turn that loses a race
 * is simply computed again.
 */
export interface Draft {
  state: State;
  replies: Reply[];
  orders: DraftOrder[];
  notes: OrderNote[];
  /** `news`: what was said last, for a summary that is on disk already. */
  handoffs: { reason: string; summary: string; news: string }[];
  subscriptions: { topic: string; accountNumber: string; place?: string }[];
  unsubscribed: { topic: string; accountNumber?: string }[];
  proofs: ProofEffect[];
  /** Every look-up of an account's data, for the audit. */
  lookUps: { accountNumber: string; what: string }[];
  /** Reporters of thefts, kept apart from their orders. */
  sealed: { number: string; phone?: string; name?: string }[];
}

export const emptyDraft = (state: State): Draft => ({
  state,
  replies: [],
  orders: [],
  notes: [],
  handoffs: [],
  subscriptions: [],
  unsubscribed: [],
  proofs: [],
  lookUps: [],
  sealed: [],
});
