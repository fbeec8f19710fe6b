/**
 * Makes src/nlu/data/characters.bin: a vector for each Chinese character, so that characters that build the same words
 * are near one another («电» 力 能 压). From the words of the jieba dictionary (MIT) alone: positive pointwise mutual information of a
 * character and its neighbours within words, reduced by singular value decomposition (Levy and Goldberg 2014; Halko et al. 2011).
 * Run once a dictionary change: node scripts/build-vectors.js
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mutualInformation, reduced } from './build-svd.js';

const DIMENSIONS = 64;
const KIN = 6;

const dictionary = readFileSync(new URL('../node_modules/@node-rs/jieba/dict.txt', import.meta.url), 'utf8');
const out = process.argv[2] ?? new URL('../src/nlu/data/characters.bin', import.meta.url);

/** Character → context → weight; a context is a neighbour and on which side it stands. */
function cooccurrences() {
  const table = new Map();
  const add = (character, context, weight) => {
    const row = table.get(character) ?? table.set(character, new Map()).get(character);
    row.set(context, (row.get(context) ?? 0) + weight);
  };
  for (const line of dictionary.split('\n')) {
    const [word, frequency] = line.split(' ');
    const characters = [...(word ?? '')];
    if (characters.length < 2 || !/^\p{Script=Han}+$/u.test(word)) continue;
    const weight = 1 + Math.log(1 + Number(frequency));
    for (const [i, character] of characters.entries())
      for (const [step, side] of [
        [-2, 'before'],
        [-1, 'before'],
        [1, 'after'],
        [2, 'after'],
      ]) {
        const other = characters[i + step];
        if (other) add(character, `${side}${Math.abs(step)} ${other}`, weight / Math.abs(step));
      }
  }
  return table;
}

/** For each vector the positions of the nearest ones, nearest first, and their cosines. */
function nearest(vectors) {
  const units = vectors.map((vector) => {
    const norm = Math.hypot(...vector) || 1;
    return vector.map((value) => value / norm);
  });
  return units.map((unit, i) => {
    const cosines = units.map((other) => unit.reduce((sum, value, d) => sum + value * other[d], 0));
    const order = [...cosines.keys()].filter((j) => j !== i).sort((a, b) => cosines[b] - cosines[a]);
    return order.slice(0, KIN).map((j) => [j, Math.max(0, cosines[j])]);
  });
}

/**
 * Three counts (characters, dimensions, kin) and each character's code point; the vectors as signed bytes; then of each
 * character its kin: positions in two bytes, cosines in one.
 */
function packed(characters, vectors) {
  const head = new Int32Array([characters.length, DIMENSIONS, KIN, ...characters.map((c) => c.codePointAt(0))]);
  const body = new Int8Array(characters.length * DIMENSIONS);
  vectors.forEach((vector, i) => {
    const greatest = Math.max(...vector.map(Math.abs)) || 1;
    vector.forEach((value, d) => {
      body[i * DIMENSIONS + d] = Math.round((127 * value) / greatest);
    });
  });
  const kin = nearest(vectors).flat();
  const positions = Uint16Array.from(kin, ([position]) => position);
  const cosines = Uint8Array.from(kin, ([, cosine]) => Math.round(255 * cosine));
  return Buffer.concat([head, body, positions, cosines].map((part) => Buffer.from(part.buffer)));
}

const table = cooccurrences();
const bytes = packed([...table.keys()], reduced(mutualInformation(table), DIMENSIONS));
writeFileSync(out, bytes);
console.log(`${table.size} characters, ${bytes.length} bytes`);
