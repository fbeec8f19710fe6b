import type { Backend, Place } from '#backends';
import type { DangerKind } from '#nlu';
import type { Facts } from '#texts';
import type { FaultKind, OrderType, WorkOrder } from '#wire';
import type { Slots, Values } from './slot.ts';

/** An order as a dialog files it. The rest (number, grid, promise, channel …) is the product's business. */
export interface NewOrder {
  type: OrderType;
  place?: Place;
  faultKind?: FaultKind;
  phone?: string;
  name?: string;
  startedAt?: string;
  startedGrain?: 'minute' | 'hour' | 'day' | 'part';
  urgent?: boolean;
  anonymous?: boolean;
  photos?: readonly string[];
  /** For staff: `no_phone`, `danger`, `in_known_outage` … */
  marks?: readonly string[];
}

/** What a filed order tells the customer. `already`: it was on file; the customer's words were added to it. */
export interface Filed {
  number: string;
  already: boolean;
  status: string;
  /** Average minutes to arrival and hours to return that the utility promises there. */
  arriveMinutes: number;
  restoreHours: number;
  setting: string;
}

/** What the hooks of a dialog work with. Everything they say or do takes effect with the turn's commit, or not at all. */
export interface Turn<S = Record<string, never>, Key extends string = string> {
  readonly slots: Values<S>;
  /** Facts this form remembers between turns, by name. */
  readonly memo: Record<string, string | number | boolean>;
  readonly now: Date;
  /** The customer's present words, and whether they read like a question. */
  readonly text: string;
  readonly question: boolean;
  /** Dangers named since the form began. */
  readonly dangers: readonly DangerKind[];
  readonly backend: Backend;
  readonly workorders: {
    file(order: NewOrder): Promise<Filed>;
    /** Open orders that a report may repeat: those of the same fault at the place, or with no place this customer's own. */
    known(type: OrderType, place?: Place, kind?: FaultKind): Promise<WorkOrder[]>;
    /** Open orders of this conversation, newest first; of `type` only, if given. */
    mine(type?: OrderType): Promise<WorkOrder[]>;
    /** 催办: attaches to the open order. */
    remind(number: string): void;
    /** A danger was named at an order that is open already: it becomes urgent. */
    raise(number: string): void;
  };
  /** Says a text of this dialog (or of common.yml), with buttons by text key. */
  say(key: Key, facts?: Facts, buttons?: readonly string[]): void;
  /** A word or phrase of the texts, for use as a fact. */
  word(key: string): string;
  /** Notices on a topic for this customer. */
  subscribe(topic: 'outage' | 'price' | 'bill', accountNumber?: string): void;
  /** A person takes over, with a summary of what was said. */
  handoff(reason: string): void;
}

/** What a hook wants next: nothing special, a certain question, or to be over. */
export type Next<Name extends string = string> = undefined | { ask: Name } | 'done';

export interface Declaration<S extends Slots, Key extends string> {
  slots: S;
  /** Every text key that hooks say, so that boot can tell a missing text and one that nobody says. */
  says: readonly Key[];
  /** Whether the summary is shown for a yes before `finish`. */
  confirm?: boolean | ((turn: Turn<S, Key>) => boolean);
  /** The slots that must be asked for, where that depends on what is known; else every slot's own `asking`. */
  needs?(turn: Turn<S, Key>): readonly (keyof S & string)[] | undefined;
  /**
   * Whether a danger (fallen wire, fire …) that is named anywhere is filed by this dialog: `takes` if it is on already, `begins`
   * if it is also the one to begin.
   */
  danger?: 'takes' | 'begins';
  /** Before each question, `upcoming` (a slot, `confirm` or `finish`): what must be told first. */
  before?(turn: Turn<S, Key>, upcoming: string): Promise<Next<keyof S & string>> | Next<keyof S & string>;
  /** Everything is known (and confirmed). */
  finish(turn: Turn<S, Key>): Promise<void> | void;
}

/** Declares a dialog; slot types and text keys are inferred, so that a misspelt one does not compile. */
export function conversation<const S extends Slots, const Key extends string>(
  declaration: Declaration<S, Key>,
): Declaration<S, Key> {
  return declaration;
}

/** A dialog whose slots' types are no longer of interest: what the bot runs. */
export type Dialog = Declaration<Slots, string>;
