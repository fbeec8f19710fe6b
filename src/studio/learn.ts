import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTaught, type Taught } from '#intents';
import { type Example, fit, type Model, modelFromBytes, modelToBytes } from '#nlu';
import type { HeldOut } from '#wire';
import type { Change } from './changes.ts';
import { Draft } from './draft.ts';
import { compare, neverTest, type Split, split } from './held-out.ts';

/** Where the shipped intents are: files, which the thread reads itself, or (in tests) given. */
export type Shipped = { folder: string } | { taught: readonly Taught[] };

/** Plain data: it crosses to a thread. */
export interface Lesson {
  shipped: Shipped;
  /** Names the classifier's code: models of another one are not kept. */
  engine: string;
  changes: readonly Change[];
  /** The changes that the published version has learnt. */
  publishedSeq: number;
  /** The published model, to begin from. */
  previous?: Uint8Array | { file: string };
  /** A folder for models that are worth keeping from one training to the next. */
  cache?: string;
}

export interface Learnt {
  model: Uint8Array;
  report: HeldOut;
}

/** What it is doing, and per cent done. */
export type Tell = (stage: Stage, share: number) => void;
export type Stage = 'reading' | 'learning' | 'preparing' | 'examining';

export const taughtOf = (shipped: Shipped): readonly Taught[] =>
  'folder' in shipped ? readTaught(shipped.folder) : shipped.taught;

/** Learns a new version and examines it beside the published one. Seconds of pure work: it belongs in a thread. */
export async function learn(lesson: Lesson, tell: Tell): Promise<Learnt> {
  const began = performance.now();
  tell('reading', 5);
  const taught = taughtOf(lesson.shipped);
  const until = async (seq: number) => {
    const draft = await Draft.over(taught);
    for (const change of lesson.changes) if (change.seq <= seq) draft.apply(change);
    return draft.examples();
  };
  const draft = await until(Number.POSITIVE_INFINITY);
  const published = await until(lesson.publishedSeq);
  tell('learning', 15);
  const model = modelToBytes(fit(draft, { previous: previousOf(lesson) }));
  const report = examine(lesson, await until(0), published, draft, tell);
  return { model, report: { ...report, seconds: (performance.now() - began) / 1000 } };
}

function previousOf({ previous }: Lesson): Model | undefined {
  if (!previous) return undefined;
  return modelFromBytes(previous instanceof Uint8Array ? previous : readFileSync(previous.file));
}

/**
 * Both are taught anew without the tests, from one base that never saw any of them: what differs then comes of the changes, and
 * a warm start keeps it short.
 */
function examine(lesson: Lesson, shipped: Example[], published: Example[], draft: Example[], tell: Tell) {
  const parts = split(draft);
  tell('preparing', 45);
  const base = baseOf(lesson, shipped, parts);
  const taught = (examples: Example[]) => fit(examples.filter(parts.lesson), { previous: base });
  tell('examining', 70);
  const before = taught(published);
  tell('examining', 85);
  return compare(parts.tests, before, taught(draft));
}

function baseOf({ cache, engine }: Lesson, shipped: Example[], { lesson }: Split): Model {
  const examples = shipped.filter((example) => neverTest(example) && lesson(example));
  const learnNow = () => fit(examples);
  if (!cache) return learnNow();
  const file = join(cache, `exam-${keyOf(engine, examples)}.bin`);
  if (existsSync(file)) return modelFromBytes(readFileSync(file));
  const base = learnNow();
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, modelToBytes(base));
  renameSync(half, file);
  return base;
}

function keyOf(engine: string, examples: readonly Example[]): string {
  const hash = createHash('sha256').update(engine);
  for (const { intent, text } of examples) hash.update(`${intent}\t${text}\n`);
  return hash.digest('hex').slice(0, 16);
}
