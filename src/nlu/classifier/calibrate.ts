import { Corrector } from './corrector.ts';
import { type EnsembleOptions, fitEnsemble, type Votes, vote } from './ensemble.ts';
import { readFeatures } from './features.ts';
import type { Folds } from './folds.ts';
import type { Language } from './language.ts';
import { fitLogistic, type Logistic } from './logistic.ts';
import { Nearest } from './nearest.ts';
import { Pairs } from './pairs.ts';
import { fitPooling, meanVotes, type Pooling, pool } from './pooling.ts';
import { type Row, restrict, toRows } from './rows.ts';
import { scopeMeasures } from './scope.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Corpus {
  texts: readonly string[];
  rows: readonly Row[];
  labels: Int32Array;
  classes: number;
  /** The label of what is outside, or -1. */
  outside: number;
  vocabulary: Vocabulary;
  language: Language;
}

export interface Calibration {
  pooling: Pooling;
  scope: Logistic;
}

interface Held {
  label: number;
  votes: Votes;
  likeness: number;
  known: number;
}

export const FOLDS = 3;
/** So many answers are asked for, of more folds if one has not so many: more make the judgement no better, only later. */
const ENOUGH = 3000;
const MOST_ASKED = 2;
/** Customers of a power utility mostly ask for what it does. */
const MOSTLY_INSIDE = 0.75;
/** Once, every so manieth intent is kept from the lesson. */
const LEFT_OUT = 4;
/** Where no fold is a writer of its own, the held-out texts are by the hands that wrote the taught ones, and flatter. */
const HUMILITY = 0.9;

/**
 * Cross-validation of two kinds. Texts held out say how sure to be of an answer; whole intents held out say what a message
 * looks like that belongs to none (what is outside is always taught: it is never a surprise).
 */
export function calibrate(corpus: Corpus, { folds, honest }: Folds, options: EnsembleOptions): Calibration {
  const { labels, classes, outside } = corpus;
  const pairs = new Pairs(corpus.texts);
  const nearest = new Nearest(pairs);
  const hold = (taught: (row: number) => boolean, tested: (row: number) => boolean) =>
    holdOut(corpus, pairs, nearest, { taught, tested }, options);
  const foreseen: Held[] = [];
  for (let f = 0; f < MOST_ASKED && foreseen.length < ENOUGH; f++)
    foreseen.push(
      ...hold(
        (row) => folds[row] !== f,
        (row) => folds[row] === f,
      ),
    );
  const strange = (row: number) => labels[row] !== outside && labels[row]! % LEFT_OUT === 1;
  const unforeseen =
    classes < 2 * LEFT_OUT
      ? []
      : hold(
          (row) => folds[row] !== 0 && !strange(row),
          (row) => folds[row] === 0 && strange(row),
        );
  const pooling = tempered(fitPooling(foreseen), honest ? 1 : HUMILITY);
  const measures = [...foreseen, ...unforeseen].map((held) =>
    scopeMeasures({ ...held, probabilities: pool(held.votes, pooling), outside }),
  );
  const inside = [...foreseen.map(({ label }) => label !== outside), ...unforeseen.map(() => false)];
  return { pooling, scope: fitLogistic(measures, inside, MOSTLY_INSIDE) };
}

const tempered = ({ margin, logit }: Pooling, factor: number) => ({ margin: margin * factor, logit: logit * factor });

/** Teaches some rows and asks for others. */
function holdOut(
  corpus: Corpus,
  pairs: Pairs,
  nearest: Nearest,
  choice: { taught: (row: number) => boolean; tested: (row: number) => boolean },
  options: EnsembleOptions,
): Held[] {
  const { texts, labels, classes, language, vocabulary } = corpus;
  const all = Array.from(labels.keys());
  const taught = all.filter(choice.taught);
  const known = knownColumns(corpus, taught);
  const narrowed = (row: Row) => restrict(row, vocabulary, known);
  const rows = toRows(
    taught.map((row) => narrowed(corpus.rows[row]!)),
    vocabulary.width,
  );
  const fitted = fitEnsemble(
    rows,
    Int32Array.from(taught, (row) => labels[row]!),
    classes,
    options,
  );
  const corrector = new Corrector(pairs, language.soundOf, taught);
  return evenly(all.filter(choice.tested), ENOUGH).map((row) => {
    const readings = readingsOf(corpus, corrector, row).map(narrowed);
    return {
      label: labels[row]!,
      votes: meanVotes(readings.map((reading) => vote(fitted, reading))),
      likeness: nearest.find(texts[row]!, 1, choice.taught)[0]?.likeness ?? 0,
      known: readings[0]!.known,
    };
  });
}

/** So many of them at most, from all along. */
const evenly = (rows: number[], most: number): number[] =>
  rows.length <= most ? rows : Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);

function readingsOf({ texts, rows, vocabulary, language }: Corpus, corrector: Corrector, row: number): Row[] {
  const mended = corrector.correct(texts[row]!);
  if (mended === texts[row]) return [rows[row]!];
  return [rows[row]!, vocabulary.vectorise(readFeatures(mended, language))];
}

/** 1 for the columns that the taught rows use: a fold must not know what only its held-out texts say. */
function knownColumns({ rows, vocabulary }: Corpus, taught: readonly number[]): Uint8Array {
  const uses = new Uint8Array(vocabulary.width);
  for (const row of taught) for (const column of rows[row]!.columns) if (uses[column]! < 2) uses[column]!++;
  return uses.map((count) => (count >= vocabulary.table.minimum ? 1 : 0));
}
