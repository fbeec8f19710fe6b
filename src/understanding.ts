import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Example, fit, type Model, modelFromBytes, modelToBytes } from '#nlu';
import { readTaught } from './intents.ts';

/** The utterances of a folder of intents as the classifier learns from them; an intent's name, as on its button, is one too. */
export const examplesOf = (intentsFolder: string): Example[] =>
  readTaught(intentsFolder).flatMap(({ id, name, utterances }) => [
    { intent: id, text: name, voice: 'name' },
    ...utterances.map(({ text, voice }) => ({ intent: id, text, voice })),
  ]);

/** Changes with the utterances and with the engine: a cached model of another key is of no use. */
export function keyOf(folders: string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(yml|ts|bin|txt)$/.test(name))
        hash.update(name).update(name.endsWith('.yml') ? learnt(join(folder, name)) : readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** An intent's signs and asides are read by dialogs, not learnt: a new one costs no training. */
const learnt = (file: string) => readFileSync(file, 'utf8').replace(/^(?:signs|asides):\n(?:[ #].*\n)*/gm, '');

const engineFolders = (root: string) => [join(root, 'src/nlu/classifier'), join(root, 'src/nlu/data')];

const engines = new Map<string, string>();

/** Names the classifier's code: a model that another one made is of no use. Worked out once: a process runs what it has loaded. */
export function engineOf(root: string): string {
  const engine = engines.get(root) ?? keyOf(engineFolders(root));
  engines.set(root, engine);
  return engine;
}

/** Where the model of the shipped intents is kept. */
export const shippedModelFile = (root: string): string =>
  join(root, 'dist', `model-${keyOf([join(root, 'intents')])}-${engineOf(root)}.bin`);

/**
 * The model of the shipped intents. Learnt once (seconds) and kept in dist/, so that a start only reads it; `npm start` learns
 * before it starts the server.
 */
export function shippedModel(root: string, file = shippedModelFile(root)): Model {
  if (existsSync(file)) return modelFromBytes(readFileSync(file));
  const model = fit(examplesOf(join(root, 'intents')));
  mkdirSync(join(root, 'dist'), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, modelToBytes(model));
  renameSync(half, file);
  return model;
}
