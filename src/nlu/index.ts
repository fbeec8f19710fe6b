import { readFileSync } from 'node:fs';
import { fromBytes, toBytes } from './classifier/bytes.ts';
import { cutterOf } from './classifier/cutter.ts';
import { type FitOptions, fit as fitWith } from './classifier/fit.ts';
import type { Example } from './classifier/folds.ts';
import type { Language } from './classifier/language.ts';
import { Model } from './classifier/model.ts';
import { QuestionFinder, type Questions } from './classifier/questions.ts';
import { simplify } from './classifier/script.ts';
import { soundReader } from './classifier/sound.ts';
import { readVectors } from './classifier/vectors.ts';
import { readWords } from './classifier/words.ts';
import { sounds } from './data/sounds.ts';
import { enginesWith } from './engines/index.ts';

export type { Evidence } from './classifier/evidence.ts';
export type { Example } from './classifier/folds.ts';
export { Model } from './classifier/model.ts';
export type { Engine, IntentClassifier, Learnt, Recognition } from './classifier/port.ts';
export type { QuestionFinder, Questions } from './classifier/questions.ts';
export * from './entities/index.ts';

let loaded: Language | undefined;

/** The one place of this room that reads files: the dictionary and the vectors, once a process. */
export function loadLanguage(): Language {
  loaded ??= readLanguage();
  return loaded;
}

function readLanguage(): Language {
  const data = (name: string) => readFileSync(new URL(`./data/${name}`, import.meta.url));
  return {
    cut: cutterOf(data('words.txt').toString()),
    simplify,
    soundOf: soundReader(sounds),
    vectors: readVectors(data('characters.bin')),
    words: ['neighbours.bin', 'glosses.bin'].map((view) => readWords(data(view))),
  };
}

/** Learns a model from examples; seconds for thousands of them, so do it in a worker. */
export const fit = (examples: readonly Example[], options: Omit<FitOptions, 'language'> = {}): Model =>
  fitWith(examples, { ...options, language: loadLanguage() });

/** Finds which of a few known questions is asked in other words; made in milliseconds. */
export const questionFinder = (questions: Questions): QuestionFinder => new QuestionFinder(questions, loadLanguage());

/** A model for the disk, and back. */
export const modelToBytes = (model: Model): Uint8Array => toBytes(model.knowledge);
export const modelFromBytes = (bytes: Uint8Array): Model => new Model(fromBytes(bytes), loadLanguage());

export { simplify };

/** Our own classifier and the ones it is compared with. */
export const engines = () => enginesWith(loadLanguage());
