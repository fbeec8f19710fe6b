/**
 * Makes the vectors of words, in which words that mean or do alike are near one another. Two views, a file each in src/nlu/data:
 * `neighbours.bin`, from which words a language model expects beside a word (关掉 is near 删掉), and `glosses.bin`, from the English
 * of a dictionary (闹钟 is near 时钟). src/nlu/data/LICENSE.md names the sources, their licences and where they are to be had.
 * Run once a version of theirs: node scripts/build-words.js LANGUAGE_MODEL.arpa CEDICT/data/all.js
 */
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { hashText } from '../src/nlu/classifier/hash.ts';
import { mutualInformation, reduced } from './build-svd.js';

const DIMENSIONS = 64;
/** The commonest words have a vector; the commonest of these are contexts. */
const WORDS = 30_000;
const CONTEXTS = 20_000;
const LONGEST = 4;
/** A word as common as this weighs half (Arora et al. 2017); what every sentence has says little. */
const COMMON = 1e-3;
/** The share of a gloss word in brackets: «(of a machine)». */
const ASIDE = 0.4;
const EMPTY = new Set(
  'a an the to of in on at for and or be is one sb sth esp with by from as it that this not no etc lit fig also used see variant abbr into up out off do have get make so an its'.split(
    ' ',
  ),
);

const [modelFile, dictionaryFile] = process.argv.slice(2);
if (!dictionaryFile) throw new Error('Say where the language model (.arpa) and the dictionary (all.js) are.');
const data = new URL('../src/nlu/data/', import.meta.url);

/** Word → its share of all words, in the jieba dictionary (MIT). */
function frequencies() {
  const lines = readFileSync(new URL('../node_modules/@node-rs/jieba/dict.txt', import.meta.url), 'utf8').split('\n');
  const counts = lines.map((line) => line.split(' ')).map(([word, count]) => [word, Number(count) || 0]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return new Map(counts.map(([word, count]) => [word, count / total]));
}

/** Word → share, and word → neighbour → share, of the model's one- and two-grams. */
async function readModel() {
  const shares = new Map();
  const pairs = [];
  let order = 0;
  for await (const line of createInterface({ input: createReadStream(modelFile) })) {
    if (line.startsWith('\\')) order = Number(line[1]) || 0;
    if (order > 2) break;
    const [power, words] = line.split('\t');
    if (!words || line.startsWith('\\')) continue;
    if (order === 1) shares.set(words, 10 ** Number(power));
    else if (order === 2) pairs.push([...words.split(' '), 10 ** Number(power)]);
  }
  return { shares, pairs };
}

function neighbours({ shares, pairs }) {
  const ranked = [...shares.keys()]
    .filter((word) => !word.startsWith('<'))
    .sort((a, b) => shares.get(b) - shares.get(a));
  const words = ranked.filter((word) => [...word].length <= LONGEST).slice(0, WORDS);
  const contexts = new Set(ranked.slice(0, CONTEXTS));
  const table = new Map(words.map((word) => [word, new Map()]));
  for (const [first, second, chance] of pairs) {
    const weight = shares.get(first) * chance;
    if (contexts.has(second)) table.get(first)?.set(`after ${second}`, weight);
    if (contexts.has(first)) table.get(second)?.set(`before ${first}`, weight);
  }
  return { words, ...mutualInformation(table) };
}

/** turning, turned, turns → turn; crude, but the same for all. */
function stem(word) {
  const ending = ['ies', 'sses', 'ing', 'edly', 'ed', 'ly', 'ment', 'ation', 's'].find(
    (end) => word.endsWith(end) && word.length >= end.length + 3,
  );
  const left = ending ? word.slice(0, -ending.length) + ({ ies: 'y', sses: 'ss', ation: 'at' }[ending] ?? '') : word;
  const bare = left.length > 3 ? left.replace(/e$/, '') : left;
  return bare.length > 3 ? bare.replace(/(.)\1$/, '$1') : bare;
}

function stemsOf(gloss) {
  if (/surname|variant of/.test(gloss)) return [];
  const plain = gloss.replace(/\[[^\]]*\]/g, '');
  const aside = [...plain.matchAll(/\(([^)]*)\)/g)].map(([, inner]) => inner).join(' ');
  return [
    [plain.replace(/\([^)]*\)/g, ' '), 1],
    [aside, ASIDE],
  ].flatMap(([text, weight]) => {
    const stems = (text.toLowerCase().match(/[a-z]{2,}/g) ?? []).filter((word) => !EMPTY.has(word)).map(stem);
    return stems.map((one) => [one, weight / Math.sqrt(stems.length)]);
  });
}

/** Of each word the stems of its English, weighed by rarity, each row of length one. */
function glosses(dictionary, shares) {
  const table = new Map();
  for (const [, word, , meanings] of dictionary) {
    if ([...word].length > LONGEST || !shares.has(word)) continue;
    const row = table.get(word) ?? table.set(word, new Map()).get(word);
    for (const [one, weight] of [meanings].flat().flatMap(stemsOf)) row.set(one, (row.get(one) ?? 0) + weight);
  }
  const words = [...table.keys()]
    .filter((word) => table.get(word).size > 0)
    .sort((a, b) => shares.get(b) - shares.get(a));
  const kept = words.slice(0, WORDS);
  const counts = new Map();
  for (const word of kept) for (const one of table.get(word).keys()) counts.set(one, (counts.get(one) ?? 0) + 1);
  const columns = new Map([...counts].filter(([, count]) => count > 1).map(([one], i) => [one, i]));
  const rows = kept.map((word) => {
    const cells = [...table.get(word)].filter(([one]) => columns.has(one));
    const weighed = cells.map(([one, weight]) => [columns.get(one), weight * Math.log(kept.length / counts.get(one))]);
    return unit(weighed);
  });
  return { words: kept, rows, width: columns.size };
}

function unit(cells) {
  const norm = Math.hypot(...cells.map(([, value]) => value)) || 1;
  return cells.map(([column, value]) => [column, value / norm]);
}

/** Of length one, less what all of them have in common. */
function centred(words, vectors, shares) {
  const units = vectors.map((vector) => vector.map((value) => value / (Math.hypot(...vector) || 1)));
  const weights = words.map((word) => (shares.get(word) ?? 0) * importance(shares.get(word)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = units[0].map((_, d) => units.reduce((sum, one, i) => sum + weights[i] * one[d], 0) / total);
  return units.map((one) => one.map((value, d) => value - mean[d]));
}

const importance = (share = 0) => COMMON / (COMMON + share);

/** Two counts (words, dimensions); each word's hash; its importance; then its vector, in signed bytes of one scale. */
function write(name, { words, rows, width }, shares) {
  const vectors = centred(words, reduced({ rows, width }, DIMENSIONS), shares);
  let greatest = 0;
  for (const vector of vectors) for (const value of vector) greatest = Math.max(greatest, Math.abs(value));
  const head = new Int32Array([words.length, DIMENSIONS, ...words.map(hashText)]);
  const weights = Uint8Array.from(words, (word) => Math.max(1, Math.round(255 * importance(shares.get(word)))));
  const body = Int8Array.from(
    vectors.flatMap((vector) => [...vector]),
    (value) => Math.round((127 * value) / greatest),
  );
  const bytes = Buffer.concat([head, weights, body].map((part) => Buffer.from(part.buffer)));
  writeFileSync(new URL(name, data), bytes);
  console.log(`${name}: ${words.length} words, ${bytes.length} bytes`);
}

const shares = frequencies();
write('neighbours.bin', neighbours(await readModel()), shares);
const { default: dictionary } = await import(pathToFileURL(resolve(dictionaryFile)).href);
write('glosses.bin', glosses(dictionary.all, shares), shares);
