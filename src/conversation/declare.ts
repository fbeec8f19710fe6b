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
  capacity?: { value: number; unit: 'kW' | 'kVA' };
  household?: number;
  /** What else was asked, label and words: «用电类别: 商业». */
  facts?: Readonly<Record<string, string>>;
  photos?: readonly string[];
  /** What happened in the customer's words, where those that the dialog began with are not all. */
  words?: string;
  /** For staff: `no_phone`, `danger`, `in_known_outage` … */
  marks?: readonly string[];
}

/** What a filed order tells the customer. `already`: it was on file; the customer's words were added to it. */
export interface Filed {
  number: string;
  already: boolean;
  /** Filed by this customer: somebody else's order is not called by its number. */
  own: boolean;
  status: string;
  /** Average minutes to arrival and hours to return that the utility promises there. */
  arriveMinutes: number;
  restoreHours: number;
  setting: string;
  /** The day by which the utility answers an order that no crew drives to, «12月1日». */
  answerBy?: string;
}

/** Days or months as bars; channels without pictures have the words alone. */
export interface Chart {
  title: string;
  unit: string;
  /** Without a value: missing. */
  bars: readonly { label: string; value?: number }[];
}

/** What the hooks of a dialog work with. Everything they say or do takes effect with the turn's commit, or not at all. */
export interface Turn<S = Record<string, never>, Key extends string = string> {
  /** The dialog's own id. */
  readonly intent: string;
  readonly slots: Values<S>;
  /** Slots that this very message filled. */
  readonly filled: readonly string[];
  /** Facts this form remembers between turns, by name. */
  readonly memo: Record<string, string | number | boolean>;
  readonly now: Date;
  /** The customer's present words, and whether they read like a question. */
  readonly text: string;
  readonly question: boolean;
  /** The words that began the wish which waits beneath: a complaint is often about the same. */
  readonly earlier?: string;
  /** What was told of the matter before the word that began it: «房东收我一块二一度», then «那我就投诉». */
  readonly story?: string;
  /** Another dialog waits until this one is over: ask nothing that can be left out. */
  readonly waiting: boolean;
  /** Dangers named since the form began. */
  readonly dangers: readonly DangerKind[];
  /** Look-ups by account number are refused for accounts that this customer has not proved to own, and all are audited. */
  readonly backend: Backend;
  /** What `look` finds, or undefined while that system of the utility can't be reached; else the turn tells so by itself. */
  attempt<T>(look: () => Promise<T>): Promise<T | undefined>;
  /** Accounts that this customer has proved to own. */
  readonly bound: readonly string[];
  readonly proof: {
    /** Sends a one-time code to the phone on file, if account and phone belong together; the answer is the same if not. */
    ask(accountNumber: string, phone: string): Promise<'sent' | 'soon' | 'locked'>;
    /** Binds the account if the code is right. */
    try(accountNumber: string, code: string): Promise<'right' | 'wrong' | 'expired' | 'locked'>;
    unbind(accountNumber: string): void;
  };
  readonly workorders: {
    file(order: NewOrder): Promise<Filed>;
    /** Open orders that a report may repeat: those of the same fault at the place, or with no place this customer's own. */
    known(type: OrderType, place?: Place, kind?: FaultKind): Promise<WorkOrder[]>;
    /** Open orders of this conversation, newest first; of `type` only, if given. */
    mine(type?: OrderType): Promise<WorkOrder[]>;
    /** All orders of this conversation, newest first, those that are over too. */
    history(): Promise<WorkOrder[]>;
    /** Whether this customer filed it. Who did not hears nothing of it but that it is being dealt with. */
    reported(order: WorkOrder): Promise<boolean>;
    /** The order of somebody else that this customer's words were added to last. */
    joined(): Promise<Pick<WorkOrder, 'number' | 'status' | 'arriveBy'> | undefined>;
    /** 催办: attaches to the open order. `escalate`: it is marked for a supervisor (督办). */
    remind(number: string, escalate?: boolean): void;
    /** The customer's words are added to the open order, with a mark for staff. */
    note(number: string, mark?: string): void;
    /** A danger was named at an order that is open already: it becomes urgent. */
    raise(number: string): void;
  };
  /** Says a text of this dialog (or of common.yml), with buttons by text key. */
  say(key: Key, facts?: Facts, buttons?: readonly string[], chart?: Chart): void;
  /** A word or phrase of the texts, for use as a fact; `facts` fill it. */
  word(key: string, facts?: Facts): string;
  /** The same in the language of the staff, for what goes into an order. */
  staffWord(key: string, facts?: Facts): string;
  /** Notices on a topic for this customer: about an account, or about a place that no account stands for. */
  subscribe(topic: Topic, accountNumber?: string, place?: Place): void;
  /** Of one account only, if given. */
  unsubscribe(topic: Topic, accountNumber?: string): void;
  /** Topics this customer gets notices on, each with the account that it is about, if any. */
  subscribed(): Promise<readonly { topic: string; account?: string }[]>;
  /** A person takes over, with a summary of what was said. */
  handoff(reason: string): void;
  /** Whether this customer waits for a person already. */
  awaited(): Promise<boolean>;
}

export type Topic = 'outage' | 'price' | 'bill';

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
  /** Slots that are neither asked for nor hinted at in this case. */
  needless?(turn: Turn<S, Key>): readonly (keyof S & string)[];
  /**
   * Whether a danger (fallen wire, fire …) that is named anywhere is filed by this dialog: `takes` if it is on already, `begins`
   * if it is also the one to begin.
   */
  danger?: 'takes' | 'begins';
  /** Who tells it is kept apart: nothing that staff see beside the order may name them. */
  sealed?: boolean;
  /** The dialog that proves an account to be the customer's: begun where another needs one. Its slot `account` is then handed back. */
  binds?: boolean;
  /** What is told shortly after its order and is no wish of its own belongs to the order, in the customer's words. */
  tells?: boolean;
  /** About orders that are filed: what an unclear message shortly after one is taken for. */
  follows?: boolean;
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
