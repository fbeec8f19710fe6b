import { z } from 'zod';

const Danger = z.enum(['fallen_wire', 'shock', 'fire', 'smoke', 'sparks', 'leak', 'flood', 'trapped', 'medical']);

/** A dialog under way. Slots are kept by name: a deploy in mid-conversation can't shift an answer. */
const Form = z.object({
  intent: z.string(),
  slots: z.record(z.string(), z.unknown()),
  memo: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** The question on the table: a slot's name, `confirm`, or `change` (what shall be changed?). */
  asking: z.string().optional(),
  /** How often it was asked with nothing learnt since. */
  times: z.number().default(0),
  /** Slots the customer would not fill. */
  refused: z.array(z.string()).default([]),
  /** A slot whose value the customer wants changed: asked anew, kept until a new one comes. */
  reopened: z.string().optional(),
  confirmed: z.boolean().default(false),
  dangers: z.array(Danger).default([]),
  /** The words it began with: the description of an order. */
  text: z.string().default(''),
});
export type Form = z.infer<typeof Form>;

const State = z.object({
  accounts: z.array(z.string()).default([]),
  /** Dialogs under way; the last one is on, those before it wait. */
  forms: z.array(Form).default([]),
  /** Buttons under the last reply: a tap, a number or the label means this. */
  buttons: z.array(z.object({ title: z.string(), means: z.string() })).default([]),
  /** Messages in a row that were not understood, and that were not for us. */
  misses: z.number().default(0),
  strays: z.number().default(0),
  /** The last two replies, to never say the same thing three times running. */
  lately: z.array(z.string()).default([]),
  /** The order filed last, which may still be added to. */
  lastOrder: z.object({ number: z.string(), at: z.number() }).optional(),
  /** The customer's latest words, for whoever takes over. */
  said: z.array(z.string()).default([]),
  /** How the customer was reached last, for a second report right after the first. */
  contact: z.object({ phone: z.string(), at: z.number() }).optional(),
  /** The last wish that was begun, for «那四月呢». */
  last: z.object({ intent: z.string(), at: z.number() }).optional(),
  /** What the last question-and-answer was about, for «我要报修» right after it. */
  recent: z.object({ slots: z.record(z.string(), z.unknown()), at: z.number() }).optional(),
});
export type State = z.infer<typeof State>;

export const freshState = (accounts: readonly string[] = []): State => State.parse({ accounts: [...accounts] });

/** @throws only if the database was edited by hand: every field that may be missing has its default. */
export const readState = (json: string): State => State.parse(JSON.parse(json));
