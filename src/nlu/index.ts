import { readFileSync } from 'node:fs';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import * as opencc from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import { fromBytes, toBytes } from './classifier/bytes.ts';
import { type FitOptions, fit as fitWith } from './classifier/fit.ts';
import type { Example } from './classifier/folds.ts';
import type { Language } from './classifier/language.ts';
import { Model } from './classifier/model.ts';
import { soundReader } from './classifier/sound.ts';
import { readVectors } from './classifier/vectors.ts';
import { enginesWith } from './engines/index.ts';

export type { Concept } from './classifier/concepts.ts';
export type { Evidence } from './classifier/evidence.ts';
export type { Example } from './classifier/folds.ts';
export { Model } from './classifier/model.ts';
export type { Engine, IntentClassifier, Learnt, Recognition } from './classifier/port.ts';
export * from './entities/index.ts';

let loaded: Language | undefined;

/** The one place of this room that reads files: the dictionary, the script tables and the vectors, once a process. */
export function loadLanguage(): Language {
  loaded ??= readLanguage();
  return loaded;
}

function readLanguage(): Language {
  const jieba = Jieba.withDict(dict);
  return {
    cut: (text) => jieba.cut(text, false),
    simplify: opencc.Converter({ from: 't', to: 'cn' }),
    soundOf: soundReader((character) => pinyin(character, { toneType: 'none' })),
    vectors: readVectors(readFileSync(new URL('./data/characters.bin', import.meta.url))),
  };
}

/** Learns a model from examples; seconds for thousands of them, so do it in a worker. */
export const fit = (examples: readonly Example[], options: Omit<FitOptions, 'language'> = {}): Model =>
  fitWith(examples, { ...options, language: loadLanguage() });

/** A model for the disk, and back. */
export const modelToBytes = (model: Model): Uint8Array => toBytes(model.knowledge);
export const modelFromBytes = (bytes: Uint8Array): Model => new Model(fromBytes(bytes), loadLanguage());

/** Our own classifier and the ones it is compared with. */
export const engines = () => enginesWith(loadLanguage());
