import { z } from 'zod';

const count = z.number().int().min(0);
const time = z.string();

/** `family.action`, as the files in intents/ are called. */
export const IntentId = z
  .string()
  .trim()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'an id is family.action in small letters, e.g. canteen.hours');
export const IntentName = z.string().trim().min(1).max(24);
export const AnswerText = z.string().trim().min(1).max(1000);
/** One line: line breaks and runs of blanks become one blank. */
export const Utterance = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(z.string().min(1).max(500));
const Utterances = z.array(Utterance).min(1).max(500);
/** With fewer an intent is not learnt but guessed. */
export const FEWEST_UTTERANCES = 5;

/** `POST /api/studio/intents` */
export const NewIntent = z.strictObject({
  id: IntentId,
  name: IntentName,
  answer: AnswerText,
  utterances: Utterances.min(FEWEST_UTTERANCES),
});
export type NewIntent = z.infer<typeof NewIntent>;

const changed = <T extends z.ZodType>(shape: T) => z.strictObject({ from: z.string(), to: shape }).optional();
/** `PUT /api/studio/intents/:id`; `from` is what its author saw: if it is something else by now, nothing is changed. */
export const ChangeIntent = z.strictObject({ name: changed(IntentName), answer: changed(AnswerText) });
export type ChangeIntent = z.infer<typeof ChangeIntent>;

/** `POST /api/studio/intents/:id/utterances`: all are added, or none. */
export const AddUtterances = z.strictObject({ texts: Utterances });
/** `PUT /api/studio/intents/:id/utterances` */
export const EditUtterance = z.strictObject({ from: z.string(), to: Utterance });
/** `POST /api/studio/intents/:id/utterances/removed` */
export const RemoveUtterances = z.strictObject({ texts: z.array(z.string()).min(1).max(500) });

/** Why a line was not taken: it is there already, or nearly, under the intent that is named. */
export const Refusal = z.object({
  text: z.string(),
  why: z.enum(['same', 'alike']),
  intent: z.string(),
  name: z.string(),
  /** The line that is there; in the same request where `intent` is the one that was asked for. */
  other: z.string(),
});
export type Refusal = z.infer<typeof Refusal>;

export const StudioIntent = z.object({
  id: z.string(),
  name: z.string(),
  utterances: count,
  /** Added or edited since the published version. */
  fresh: count,
  shipped: z.boolean(),
  dialog: z.boolean(),
  /** Anything since the published version. */
  changed: z.boolean(),
  /** How many utterances hold the words that were searched for. */
  found: count.optional(),
});
export type StudioIntent = z.infer<typeof StudioIntent>;

export const StudioUtterance = z.object({
  text: z.string(),
  shipped: z.boolean(),
  fresh: z.boolean(),
  /** Who added or last edited it; absent for shipped ones. */
  by: z.string().optional(),
});
export type StudioUtterance = z.infer<typeof StudioUtterance>;

/** `GET /api/studio/intents/:id?q=&fresh=true&page=` */
export const UtteranceQuery = z.strictObject({
  q: z.string().max(100).optional(),
  fresh: z.enum(['true', 'false']).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export const StudioIntentDetail = z.object({
  intent: StudioIntent,
  /** Absent where a dialog answers, or nothing does. */
  answer: z.string().optional(),
  items: z.array(StudioUtterance),
  total: count,
  page: count,
  pageSize: count,
});
export type StudioIntentDetail = z.infer<typeof StudioIntentDetail>;

const Share = z.number().min(0).max(1);
/** Accuracy on utterances that neither model was taught. `before` is the published version's lesson. */
export const HeldOut = z.object({
  tests: count,
  before: Share,
  after: Share,
  intents: z.array(z.object({ intent: z.string(), tests: count, before: Share, after: Share })),
  confused: z.array(z.object({ intent: z.string(), takenFor: z.string(), count, example: z.string() })),
  seconds: z.number(),
});
export type HeldOut = z.infer<typeof HeldOut>;

export const StudioVersion = z.object({
  /** 0 is the shipped one. */
  number: count,
  status: z.enum(['training', 'trained', 'failed']),
  by: z.string(),
  at: time,
  /** The changes it has learnt. */
  seq: count,
  current: z.boolean(),
  /** Whether its model is still kept, so that it can be published. */
  kept: z.boolean(),
  /** While it is in training: what is being done, and per cent. */
  stage: z.string(),
  share: count,
  failure: z.string().optional(),
  report: HeldOut.optional(),
  published: z.object({ by: z.string(), at: time, note: z.string() }).optional(),
});
export type StudioVersion = z.infer<typeof StudioVersion>;

/** `GET /api/studio`: how things stand. */
export const StudioState = z.object({
  current: StudioVersion,
  /** The newest version, if it is newer than the published one. */
  latest: StudioVersion.optional(),
  draft: z.object({
    seq: count,
    intents: count,
    utterances: count,
    /** Changes since the published version, and since the newest trained one. */
    unpublished: count,
    untrained: count,
    /** Changes that no longer apply to what is shipped. */
    stale: count,
  }),
  /** The published version's model was made by another engine and can't be used: it must be trained again. */
  unusable: z.boolean(),
});
export type StudioState = z.infer<typeof StudioState>;

/** `POST /api/studio/training`; `fresh` begins from nothing instead of the published model: slower. */
export const StartTraining = z.strictObject({ fresh: z.boolean().default(false) });

/** `POST /api/studio/versions/:number/publish`; `current` is the version that its author saw published. */
export const Publish = z.strictObject({ current: count, note: z.string().trim().max(200).default('') });
export type Publish = z.infer<typeof Publish>;

export const StudioChange = z.object({
  seq: count,
  at: time,
  by: z.string(),
  kind: z.enum([
    'intent.made',
    'intent.named',
    'intent.answered',
    'intent.removed',
    'utterances.added',
    'utterance.edited',
    'utterances.removed',
    'published',
  ]),
  intent: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** No longer applies to what is shipped. */
  stale: z.boolean(),
});
export type StudioChange = z.infer<typeof StudioChange>;

/** `GET /api/studio/changes?intent=&before=` */
export const ChangeQuery = z.strictObject({
  intent: z.string().max(64).optional(),
  before: z.coerce.number().int().min(1).optional(),
});
export const StudioChanges = z.object({ items: z.array(StudioChange), next: count.nullable() });
export type StudioChanges = z.infer<typeof StudioChanges>;

/** `POST /api/studio/try` */
export const TryMessage = z.strictObject({ text: z.string().trim().min(1).max(5000) });

export const Verdict = z.object({
  version: count,
  best: z.array(z.object({ intent: z.string(), name: z.string(), confidence: Share })),
  inScope: Share,
  /** As the classifier read it: as written, then with its slips mended. */
  readings: z.array(z.string()),
  nearest: z.array(z.object({ intent: z.string(), name: z.string(), text: z.string(), likeness: z.number() })),
  /** What speaks for the best intent (above 0) or against it. */
  features: z.array(z.object({ kind: z.string(), text: z.string(), weight: z.number() })),
});
export type Verdict = z.infer<typeof Verdict>;

export const Tried = z.object({
  published: Verdict,
  /** The newest trained version, where it is not the published one. */
  draft: Verdict.optional(),
  entities: z.record(z.string(), z.unknown()),
});
export type Tried = z.infer<typeof Tried>;
