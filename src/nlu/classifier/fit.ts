import { fitBeside } from './beside.ts';
import { type Corpus, calibrate, FOLDS } from './calibrate.ts';
import type { EnsembleOptions } from './ensemble.ts';
import { readFeatures } from './features.ts';
import { type Example, foldsOf } from './folds.ts';
import type { Language } from './language.ts';
import { Model } from './model.ts';
import { normalise } from './normalise.ts';
import { toRows } from './rows.ts';
import { countFeatures } from './table.ts';
import { Vocabulary } from './vocabulary.ts';
import { goOn, type Taught } from './warm.ts';

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

/** Learns from examples. The same examples in the same order give the same model, to the byte. */
export function fit(examples: readonly Example[], options: FitOptions): Model {
  const { language, outside = 'none', previous, seed = 1 } = options;
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  if (intents.length === 0) throw new Error('There are no examples to learn from: give at least one.');
  const place = new Map(intents.map((intent, i) => [intent, i]));
  const taught = {
    intents,
    outside: intents.indexOf(outside),
    written: examples.map(({ text }) => text),
    texts: examples.map(({ text }) => normalise(text, language.simplify)),
    labels: Int32Array.from(examples, ({ intent }) => place.get(intent)!),
  };
  const settings = (vocabulary: Vocabulary) => settingsFor(examples.length, vocabulary, seed);
  const further = previous && goOn(previous.knowledge, taught, settings, { language, seed });
  if (further) return new Model({ ...previous.knowledge, ...taught, ...further }, language);
  const corpus = corpusOf(taught, language);
  const cold = settings(corpus.vocabulary);
  const rows = toRows(corpus.rows, corpus.vocabulary.width);
  const ensemble = fitBeside({ rows, labels: taught.labels, classes: intents.length, options: cold });
  const calibration = calibrate(corpus, foldsOf(distinct(examples, taught.texts), FOLDS, seed), cold);
  return new Model({ ...taught, ...calibration, ensemble: ensemble(), table: corpus.vocabulary.table }, language);
}

/** The examples as the classifier reads them, so that two spellings of one text are one. */
const distinct = (examples: readonly Example[], texts: readonly string[]) =>
  examples.map((example, i) => ({ ...example, text: texts[i]! }));

function corpusOf({ texts, labels, intents, outside }: Taught & { outside: number }, language: Language): Corpus {
  const features = texts.map((text) => readFeatures(text, language));
  const vocabulary = new Vocabulary(countFeatures(features), language);
  const rows = features.map((one) => vocabulary.vectorise(one));
  return { texts, rows, labels, classes: intents.length, outside, vocabulary, language };
}
