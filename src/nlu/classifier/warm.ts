import { type Difference, differenceOf } from './difference.ts';
import { type EnsembleOptions, packed } from './ensemble.ts';
import { readFeatures } from './features.ts';
import { fitHidden } from './hidden.ts';
import { inherit } from './inherit.ts';
import type { Language } from './language.ts';
import type { Knowledge } from './model.ts';
import { Nearest } from './nearest.ts';
import { Pairs } from './pairs.ts';
import { range, seeded, shuffle } from './random.ts';
import { toRows } from './rows.ts';
import { fitSvm } from './svm.ts';
import { extended } from './table.ts';
import { Vocabulary } from './vocabulary.ts';

/** A lesson as it is now: a row a text. */
export interface Taught {
  texts: readonly string[];
  labels: Int32Array;
  intents: string[];
}

/** Where more than this share has changed, all is learnt anew. */
const LITTLE = 0.05;
/** So many of each intent are gone through again, and so many that are like a changed one: nothing is forgotten over the new. */
const AGAIN = 40;
const ALIKE = 12;
/** The hidden layer sees what is new so many times as often. */
const INSISTENCE = 3;
const EPOCHS = 3;
const RATE = 0.1;

/**
 * A model goes on learning from what is new and a sample of the rest, in a tenth of the time that the whole lesson takes.
 * Nothing is answered where too much has changed for that.
 */
export function goOn(
  old: Knowledge,
  taught: Taught,
  settings: (vocabulary: Vocabulary) => EnsembleOptions,
  { language, seed }: { language: Language; seed: number },
): Pick<Knowledge, 'table' | 'ensemble'> | undefined {
  const count = taught.texts.length;
  const change = differenceOf(named(old), named(taught));
  if (change.added.length + change.removed.length > LITTLE * count) return undefined;
  const news = change.added.map((row) => readFeatures(taught.texts[row]!, language));
  const vocabulary = new Vocabulary(extended(old.table, news, count), language);
  const again = sample(taught, old, change, seed);
  const rowsOf = (texts: string[]) => texts.map((text) => vocabulary.vectorise(readFeatures(text, language)));
  const kept = rowsOf(again.map((row) => taught.texts[row]!));
  const gone = rowsOf(change.removed.map((row) => old.texts[row]!));
  const fresh = news.map((features) => vocabulary.vectorise(features));
  const label = (row: number) => taught.labels[row]!;
  const goneLabels = change.removed.map((row) => taught.intents.indexOf(old.intents[old.labels[row]!]!));
  const { svm, hidden, known } = inherit(old, vocabulary, taught.intents);
  const { svm: svmOptions, hidden: hiddenOptions } = settings(vocabulary);
  const classes = taught.intents.length;
  const ensemble = packed(
    fitSvm(
      toRows([...kept, ...gone, ...fresh], vocabulary.width),
      Int32Array.from([...again.map(label), ...goneLabels, ...change.added.map(label)]),
      classes,
      { ...svmOptions, from: { weights: svm, known, kept: kept.length, gone: gone.length } },
    ),
    fitHidden(
      toRows([...kept, ...repeated(fresh)], vocabulary.width),
      Int32Array.from([...again, ...repeated(change.added)].map(label)),
      classes,
      { ...hiddenOptions, epochs: EPOCHS, rate: RATE, from: hidden },
    ),
    classes,
  );
  return { table: vocabulary.table, ensemble };
}

const repeated = <T>(items: readonly T[]): T[] => Array.from({ length: INSISTENCE }, () => items).flat();

const named = ({ texts, labels, intents }: Taught | Knowledge) => ({
  texts,
  intents: Array.from(labels, (label) => intents[label]!),
});

/** Some of each intent, and what is most like the changed: rows of the lesson that are not new. */
function sample({ texts, labels }: Taught, old: Knowledge, { added, removed }: Difference, seed: number): number[] {
  const fresh = new Set(added);
  const chosen = new Set<number>();
  const counts = new Map<number, number>();
  for (const row of shuffle(range(texts.length), seeded(seed))) {
    const count = counts.get(labels[row]!) ?? 0;
    if (fresh.has(row) || count >= AGAIN) continue;
    counts.set(labels[row]!, count + 1);
    chosen.add(row);
  }
  const nearest = new Nearest(new Pairs(texts));
  for (const text of [...added.map((row) => texts[row]!), ...removed.map((row) => old.texts[row]!)])
    for (const { row } of nearest.find(text, ALIKE, (one) => !fresh.has(one))) chosen.add(row);
  return [...chosen].sort((a, b) => a - b);
}
