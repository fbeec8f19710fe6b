import type { PlaceValue } from '#conversation';
import type { DangerKind } from '#nlu';
import type { Language } from '#texts';

/** A dialog under way. Slots are kept by name: a deploy in mid-conversation can't shift an answer. */
export interface Form {
  intent: string;
  slots: Record<string, unknown>;
  memo: Record<string, string | number | boolean>;
  /** The question on the table: a slot's name, `confirm`, or `change` (what shall be changed?). */
  asking?: string;
  /** How often it was asked with nothing learnt since. */
  times: number;
  /** Slots the customer would not fill. */
  refused: string[];
  /** A slot whose value the customer wants changed: asked anew, kept until a new one comes. */
  reopened?: string;
  confirmed: boolean;
  dangers: DangerKind[];
  /** The words it began with: the description of an order. */
  text: string;
}

/** What the bot knows of a conversation between two messages. */
export interface State {
  /** Accounts this customer has proved to own. */
  accounts: string[];
  language: Language;
  /** Messages in plainly simplified script, while the conversation's is traditional. */
  simplified?: number;
  /** Short answers, few choices: for those who asked for it. */
  brief?: boolean;
  /** Dialogs under way; the last one is on, those before it wait. */
  forms: Form[];
  /** Buttons under the last reply: a tap, a number or the label means this. */
  buttons: { title: string; means: string; words?: string }[];
  /** Messages in a row that were not understood, and that were not for us. */
  misses: number;
  strays: number;
  /** The last two replies, to never say the same thing three times running. */
  lately: string[];
  /** The customer's latest words, for whoever takes over. */
  said: string[];
  /** The order filed last, which may still be added to; `noPhone`: nobody can be called about it yet. */
  lastOrder?: { number: string; at: number; sealed?: boolean; intent?: string; noPhone?: boolean };
  /** The urgent order filed or added to last: what is said for some minutes after it is about it. */
  urgent?: { number: string; at: number };
  /** The open order of somebody else that this customer's words and contact were added to. */
  joined?: { number: string; at: number; phone?: string; name?: string };
  /** How the customer was reached last and where, for a further wish and for «还是那个号». */
  contact?: { phone?: string; place?: PlaceValue; at: number };
  /** The last wish that was begun, and what it was about once it is over, for «那四月呢»; `left`: it was given up. */
  last?: { intent: string; at: number; slots?: Record<string, unknown>; left?: boolean; refused?: string[] };
  /** A second wish of the same message, waiting for the first to be over; `aside`: both were said in the middle of a form. */
  pending?: {
    intent: string;
    text: string;
    at: number;
    noted?: boolean;
    aside?: boolean;
    /** A second place of the same fault, and what holds for both. */
    where?: string;
    slots?: Record<string, unknown>;
  };
  /** What the last question-and-answer was about, for «我要报修» right after it; `words` told a fault. */
  recent?: { slots: Record<string, unknown>; at: number; text?: string; words?: string };
}

export const freshForm = (intent: string, text: string): Form => ({
  intent,
  slots: {},
  memo: {},
  times: 0,
  refused: [],
  confirmed: false,
  dangers: [],
  text: text.slice(0, 500),
});

/** What was told, kept a while for the wish that follows. */
export function keepRecent(state: State, slots: Readonly<Record<string, unknown>>, now: Date, text?: string): void {
  const { recent } = state;
  state.recent = { ...recent, text: text ?? recent?.text, slots: { ...recent?.slots, ...slots }, at: now.getTime() };
}

/** Goes on with the words of a form, which describe its order. */
export function tell(form: Form, words: string): void {
  if (!form.text.includes(words)) form.text = `${form.text}；${words}`.slice(0, 500);
}

export const freshState = (accounts: readonly string[] = []): State => ({
  accounts: [...accounts],
  language: 'zh-CN',
  forms: [],
  buttons: [],
  misses: 0,
  strays: 0,
  lately: [],
  said: [],
});

/** Our own words from the database; what an older version did not know yet has its default. */
export function readState(json: string): State {
  const state: State = { ...freshState(), ...JSON.parse(json) };
  return { ...state, forms: state.forms.map((form) => ({ ...freshForm(form.intent, form.text), ...form })) };
}
