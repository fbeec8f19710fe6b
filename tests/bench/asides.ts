/**
 * How often a question in the middle of a matter finds its answer: `node tests/bench/asides.ts`. Each of asides.tsv is asked in words that
 * none of the intents files has; dev.tsv's wishes are asked of a matter that is not theirs, and should find nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIntents } from '#intents';
import { questionFinder } from '#nlu';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const rows = (name: string) =>
  readFileSync(here(name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));

const intents = [...readIntents(join(here('../..'), 'intents')).values()].filter(
  ({ asides }) => Object.keys(asides).length,
);
const finders = new Map(intents.map(({ id, asides }) => [id, questionFinder(asides)]));
const best = (id: string, text: string) => {
  const [first, second] = finders.get(id)!.find(text);
  return { key: first!.key, likeness: first!.likeness, lead: first!.likeness - (second?.likeness ?? 0) };
};

const began = performance.now();
const asked = rows('asides.tsv').map(([label = '', text = '']) => {
  const [id = '', key = ''] = label.split('/');
  const found = best(id, text);
  return { ...found, right: found.key === key };
});
const each = (performance.now() - began) / asked.length;
const wishes = rows('dev.tsv').flatMap(([label = '', , text = ''], i) => {
  const { id } = intents[i % intents.length]!;
  return id === label ? [] : [best(id, text)];
});
const share = (part: readonly unknown[], of: readonly unknown[]) => `${((100 * part.length) / of.length).toFixed(1)} %`;
console.table(
  [
    [0, 0],
    [0.18, 0.08],
    [0.36, 0.08],
  ].map(([least = 0, ahead = 0]) => {
    const clear = <T extends { likeness: number; lead: number }>(all: readonly T[]) =>
      all.filter(({ likeness, lead }) => likeness >= least && lead >= ahead);
    const answered = clear(asked);
    return {
      'likeness from': least,
      'lead from': ahead,
      'questions answered': share(answered, asked),
      'of these rightly': share(
        answered.filter(({ right }) => right),
        answered,
      ),
      'wishes mistaken': share(clear(wishes), wishes),
    };
  }),
);
console.log(`${each.toFixed(2)} ms a question`);
