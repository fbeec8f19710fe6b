/**
 * How well messages are understood, all engines side by side: `npm run bench:nlu -- [--json] [--engine NAME] [MASSIVE folder]`.
 * The folder holds train.tsv and dev.tsv of `label<TAB>utterance`; our own intents are measured on voices that were not taught.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Engine, type Example, engines, type Learnt } from '#nlu';
import { readTaught } from '../../src/intents.ts';
import { corruptions } from './nlu.corruptions.ts';
import { accuracy, auroc, calibrationError, type Judged, macroF1, quantile } from './nlu.measures.ts';

interface Split {
  set: string;
  train: Example[];
  test: Example[];
}

/** A linear congruential generator: the same draws in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const readTsv = (file: string): Example[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => ({ intent: line.slice(0, line.indexOf('\t')), text: line.slice(line.indexOf('\t') + 1).trimEnd() }));

function massive(folder: string): Split {
  const random = generator(1);
  const drawn = readTsv(join(folder, 'train.tsv')).map((example) => ({ example, at: random() }));
  const train = drawn.sort((a, b) => a.at - b.at).map(({ example }) => example);
  return { set: 'massive-zh', train, test: readTsv(join(folder, 'dev.tsv')) };
}

/** The one voice that writes English: kept for the test, it would be a language that nobody had taught. */
const TAUGHT = 'english';

/** A third of the other writers is kept for the test. */
function own(folder: string): Split {
  const all = readTaught(folder).flatMap(({ id, utterances }) => utterances.map((each) => ({ intent: id, ...each })));
  const voices = [...new Set(all.map(({ voice }) => voice))].filter((voice) => voice !== TAUGHT).sort();
  const kept = new Set(voices.filter((_, i) => i % 3 === 0));
  const [test = [], train = []] = [true, false].map((side) => all.filter(({ voice }) => kept.has(voice) === side));
  return { set: 'own intents', train, test };
}

async function judge(learnt: Learnt, test: readonly Example[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { text, intent: label } of test) {
    const began = performance.now();
    const recognition = await learnt.recognise(text);
    judged.push({ ...recognition, label, microseconds: (performance.now() - began) * 1000 });
  }
  return judged;
}

/** The first `count` examples of each intent. */
function few(train: readonly Example[], count: number): Example[] {
  const seen = new Map<string, number>();
  return train.filter(({ intent }) => {
    seen.set(intent, (seen.get(intent) ?? 0) + 1);
    return seen.get(intent)! <= count;
  });
}

/** A fifth of the intents is not taught; are their messages held to be less in scope than the others? */
async function outOfScope(engine: Engine, { train, test }: Split): Promise<number> {
  const intents = [...new Set(train.map(({ intent }) => intent))].sort();
  const strange = new Set(intents.filter((intent, i) => intent !== 'none' && i % 5 === 2));
  const judged = await judge(await engine.learn(train.filter(({ intent }) => !strange.has(intent))), test);
  const scope = (outside: boolean) =>
    judged.filter(({ label }) => strange.has(label) === outside).map((j) => j.inScope);
  return auroc(scope(false), scope(true));
}

async function measure(engine: Engine, split: Split): Promise<Record<string, string | number>> {
  const began = performance.now();
  const learnt = await engine.learn(split.train);
  const fitSeconds = (performance.now() - began) / 1000;
  const judged = await judge(learnt, split.test);
  const right = accuracy(judged);
  const losses: Record<string, number> = {};
  for (const [name, corrupt] of Object.entries(corruptions(split.test.map(({ text }) => text)))) {
    const random = generator(7);
    const harmed = split.test.map(({ intent, text }) => ({ intent, text: corrupt(text, random) }));
    losses[name] = 100 * (right - accuracy(await judge(learnt, harmed)));
  }
  const shots: Record<string, number> = {};
  for (const count of [10, 50])
    shots[`at${count}`] = 100 * accuracy(await judge(await engine.learn(few(split.train, count)), split.test));
  const times = judged.map(({ microseconds }) => microseconds);
  return {
    engine: engine.name,
    set: split.set,
    accuracy: 100 * right,
    macroF1: 100 * macroF1(judged),
    ...shots,
    ...losses,
    ece: calibrationError(judged),
    auroc: await outOfScope(engine, split),
    fitSeconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    bytes: learnt.bytes(),
  };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, engine: { type: 'string' } },
});
// A library of the comparison chats on standard output; the answer must stand there alone.
const { log } = console;
console.log = console.error;
const folder = positionals[0] ?? join(root, '../shared/data/massive-zh');
const splits = [...(existsSync(folder) ? [massive(folder)] : []), own(join(root, 'intents'))];
const chosen = engines().filter(({ name }) => !values.engine || name === values.engine);
const rows: Record<string, string | number>[] = [];
for (const split of splits)
  for (const engine of chosen) {
    process.stderr.write(`${engine.name} on ${split.set} …\n`);
    rows.push(await measure(engine, split));
  }
const rounded = rows.map((row) =>
  Object.fromEntries(
    Object.entries(row).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toFixed(v < 1 ? 3 : 1)) : v]),
  ),
);
if (values.json) process.stdout.write(`${JSON.stringify({ rows: rounded })}\n`);
else {
  console.log = log;
  console.table(rounded);
}
