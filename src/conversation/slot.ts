import type { Entities } from '#nlu';

/** A customer's message as slots see it. */
export interface Heard {
  /** In simplified script, for all rules. */
  text: string;
  /** As it was written. */
  said: string;
  entities: Entities;
  /** The moment it names, where it corrects one: «不是昨晚，是今早八点». */
  moment?: Entities['time'];
  /** When it began, told beside other things in a form: «今儿早上六点多就这样了», «大概四十分钟前». */
  began?: Entities['time'];
  /** Months and days that it names, whether or not it talks of bills: «那四月呢», «昨天». */
  months?: Entities['month'];
  days?: Entities['month'];
  /** A bare part of an address, «3幢2单元», and all stretches of one in the order they were said. */
  addressPart?: string;
  addressParts: readonly string[];
  /** A short yes or no, where that is all it is; read against the question that was asked. */
  yesNo?: 'yes' | 'no';
  /** A button was tapped, or its label typed. */
  tapped: boolean;
  /** The value of a choice that was tapped, or whose label or number was typed. */
  chosen?: string;
  /** Accounts that this customer has proved to own. */
  bound: readonly string[];
  /** Uploads that came with it. */
  photos: readonly string[];
  location?: { latitude: number; longitude: number; label?: string };
  /** Names of the signs (intents/<dialog>.yml, `signs`) whose phrases it holds. */
  signs: readonly string[];
  /** The signs of each of its clauses, denied or not: «停电的要，电费的不要». */
  clauses: readonly (readonly string[])[];
  /** The phrases of each that it holds. */
  phrases: Readonly<Record<string, readonly string[]>>;
  /** It tells a danger: free words are then no place. */
  alarm: boolean;
  /** Reads like a question to us: free words are then no answer. */
  question: boolean;
  /** What it asks of the form has been answered: words of the question are no value. */
  answered?: boolean;
  /** What it says beside the bare wish (the dialog's sign `bare`), an address and digits; without marks. */
  rest: string;
  /** This message began the dialog. */
  opening?: boolean;
}

export type Asking = 'never' | 'hinted' | 'on_demand' | 'refusable' | 'required';

/**
 * How one field of a form is heard, shown and mended. A value counts whenever it is said, asked or not, first or last: dialogs
 * know their slots by name only.
 */
export interface Slot<T = unknown> {
  /**
   * never: taken when volunteered; hinted: too, and the summary says that it may be added; on_demand: only when a hook asks; refusable: asked until given or refused once; required: asked until
   * given, and after two misses with examples and a person.
   */
  readonly asking: Asking;
  /** The value in this message, or undefined. `asked`: this slot's question is the one on the table. */
  read(heard: Heard, asked: boolean, current?: T): T | undefined;
  /** One line of the summary, or undefined to leave it out. `word` finds a text of the dialog. */
  show?(value: T, word: (key: string) => string): string | undefined;
  /** The value with the corrected part replaced; undefined where the correction is not about this slot. */
  patch?(value: T, correction: PartCorrection): T | undefined;
  /** A number: a correction without a unit is meant for it before any part of an address. */
  readonly measure?: boolean;
  /** Read from what many other questions hold too: where one is surely about something else it is no value. */
  readonly soft?: boolean;
  /** Free words: a correction counts for them only where it is about no other slot. */
  readonly loose?: boolean;
  /** False while the value is too vague to act on. */
  enough?(value: T): boolean;
  /** Text keys of the buttons under its question. */
  readonly buttons?: readonly string[];
  /** Told before the wish was, it is kept for it though it is never asked for: photos, a name. */
  readonly keeps?: boolean;
  /** Where to look around for something: what it holds is not where the customer's own matter is. */
  readonly around?: boolean;
  /** The account on file may answer it. */
  readonly onFile?: 'place' | 'phone';
  /** An account that the customer must have proved to own: the only one is taken, several are offered, none is bound first. */
  readonly proof?: boolean;
  /** An offer: a customer who turns to something else instead has let it pass. */
  readonly passing?: boolean;
}

export interface PartCorrection {
  wrong?: string;
  right: string;
  part?: { position: 'last' | 'first' | 'middle'; count: number };
}

// biome-ignore lint/suspicious/noExplicitAny: slots of every type stand side by side; each one's own type is inferred.
export type Slots = Readonly<Record<string, Slot<any>>>;
/** What a dialog's slots hold: every one may be unknown. */
export type Values<S> = { -readonly [K in keyof S]?: S[K] extends Slot<infer T> ? T : never };
