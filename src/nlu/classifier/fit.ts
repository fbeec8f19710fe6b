import { type Corpus, calibrate, FOLDS } from './calibrate.ts';
import { type EnsembleOptions, fitEnsemble } from './ensemble.ts';
import { readFeatures } from './features.ts';
import { type Example, foldsOf } from './folds.ts';
import type { Language } from './language.ts';
import { Model } from './model.ts';
import { normalise } from './normalise.ts';
import { toRows } from './rows.ts';
import { countFeatures } from './table.ts';
import { Vocabulary } from './vocabulary.ts';
import { inherit } from './warm.ts';

export interface FitOptions {
  language: Language;
  /** The intent whose examples are *not* for this service. */
  outside?: string;
  /** A model of nearly the same examples: its calibration is taken over, and the fit takes a fraction of the time. */
  previous?: Model;
  seed?: number;
}

/** About so many steps of the hidden layer, whatever the number of examples. */
const STEPS = 50_000;

/** Up to so many examples, the meaning of words says what the examples do not; many examples say it better themselves. */
const FEW = 1500;
/** Up to so many, there is time for a wide hidden layer. */
const SOME = 3000;

function settingsFor(rows: number, { words, leading, simple }: Vocabulary, seed: number): EnsembleOptions {
  const meaning = FEW / Math.max(FEW, rows);
  const wide = rows <= SOME;
  return {
    svm: { cost: 0.3, epochs: 4, seed, special: { from: words, to: leading, weight: meaning < 0.25 ? 0 : meaning } },
    hidden: {
      units: wide ? 128 : 48,
      width: simple,
      leading,
      epochs: Math.max(3, Math.min(24, Math.round(STEPS / rows))),
      rate: 0.3,
      dropout: 0.1,
      unitDropout: wide ? 0.5 : 0.3,
      leadingDropout: wide ? 0.3 : 0.5,
      smoothing: 0.05,
      seed,
    },
  };
}

/** From an earlier model a few gentle steps do: one pass, a tenth of the rate. */
function warmSettings(
  cold: EnsembleOptions,
  { vocabulary }: Corpus,
  intents: readonly string[],
  previous: Model,
): EnsembleOptions {
  const from = inherit(previous.knowledge, vocabulary, intents);
  return { svm: { ...cold.svm, epochs: 2 }, hidden: { ...cold.hidden, epochs: 1, rate: 0.1, from } };
}

/** Learns from examples. The same examples in the same order give the same model, to the byte. */
export function fit(examples: readonly Example[], options: FitOptions): Model {
  const { language, outside = 'none', previous, seed = 1 } = options;
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  if (intents.length === 0) throw new Error('There are no examples to learn from: give at least one.');
  const corpus = readCorpus(examples, intents, outside, language);
  const { texts, rows, labels, vocabulary } = corpus;
  const cold = settingsFor(examples.length, vocabulary, seed);
  const settings = previous ? warmSettings(cold, corpus, intents, previous) : cold;
  const { pooling, scope } =
    previous?.knowledge ?? calibrate(corpus, foldsOf(distinct(examples, texts), FOLDS, seed), cold);
  const ensemble = fitEnsemble(toRows(rows, vocabulary.width), labels, intents.length, settings);
  const learnt = { ensemble, pooling, scope, table: vocabulary.table };
  const written = examples.map(({ text }) => text);
  return new Model({ intents, outside: corpus.outside, written, texts, labels, ...learnt }, language);
}

/** The examples as the classifier reads them, so that two spellings of one text are one. */
const distinct = (examples: readonly Example[], texts: readonly string[]) =>
  examples.map((example, i) => ({ ...example, text: texts[i]! }));

function readCorpus(examples: readonly Example[], intents: string[], outside: string, language: Language): Corpus {
  const texts = examples.map(({ text }) => normalise(text, language.simplify));
  const features = texts.map((text) => readFeatures(text, language));
  const vocabulary = new Vocabulary(countFeatures(features), language);
  const place = new Map(intents.map((intent, i) => [intent, i]));
  return {
    texts,
    rows: features.map((one) => vocabulary.vectorise(one)),
    labels: Int32Array.from(examples, ({ intent }) => place.get(intent)!),
    classes: intents.length,
    outside: intents.indexOf(outside),
    vocabulary,
    language,
  };
}
