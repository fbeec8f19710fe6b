/**
 * Makes src/nlu/data/characters.bin: a vector for each Chinese character, so that characters that build the same words
 * are near one another («电» 力 能 压). From the words of the jieba dictionary (MIT) alone: positive pointwise mutual information of a
 * character and its neighbours within words, reduced by singular value decomposition (Levy and Goldberg 2014; Halko et al. 2011).
 * Run once a dictionary change: node scripts/build-vectors.js
 */
import { readFileSync, writeFileSync } from 'node:fs';

const DIMENSIONS = 64;
const KIN = 6;
const OVERSAMPLE = 16;
const POWER_ITERATIONS = 4;
const SMOOTHING = 0.75;

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

/** Rows of [column, value] pairs, positive pointwise mutual information with smoothed contexts. */
function mutualInformation(table) {
  const contexts = new Map();
  let total = 0;
  for (const row of table.values())
    for (const [context, weight] of row) {
      contexts.set(context, (contexts.get(context) ?? 0) + weight);
      total += weight;
    }
  const smoothTotal = [...contexts.values()].reduce((sum, weight) => sum + weight ** SMOOTHING, 0);
  const columns = new Map([...contexts.keys()].map((context, i) => [context, i]));
  const rows = [...table.values()].map((row) => {
    const mass = [...row.values()].reduce((sum, weight) => sum + weight, 0);
    const cells = [];
    for (const [context, weight] of row) {
      const expected = (mass / total) * (contexts.get(context) ** SMOOTHING / smoothTotal);
      const pmi = Math.log(weight / total / expected);
      if (pmi > 0) cells.push([columns.get(context), pmi]);
    }
    return cells;
  });
  return { rows, width: columns.size };
}

const matrix = (height, width) => Array.from({ length: height }, () => new Float64Array(width));

function times(rows, dense, width) {
  return rows.map((cells) => {
    const sum = new Float64Array(width);
    for (const [column, value] of cells) for (let d = 0; d < width; d++) sum[d] += value * dense[column][d];
    return sum;
  });
}

function transposedTimes(rows, dense, height, width) {
  const sum = matrix(height, width);
  rows.forEach((cells, i) => {
    for (const [column, value] of cells) for (let d = 0; d < width; d++) sum[column][d] += value * dense[i][d];
  });
  return sum;
}

/** Gram–Schmidt over the columns, in place. */
function orthonormal(dense, width) {
  for (let d = 0; d < width; d++) {
    for (let e = 0; e < d; e++) {
      let dot = 0;
      for (const row of dense) dot += row[d] * row[e];
      for (const row of dense) row[d] -= dot * row[e];
    }
    const norm = Math.sqrt(dense.reduce((sum, row) => sum + row[d] ** 2, 0)) || 1;
    for (const row of dense) row[d] /= norm;
  }
  return dense;
}

function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/** Eigenvectors of a small symmetric matrix by Jacobi's rotations, greatest eigenvalue first. */
function eigen(symmetric) {
  const n = symmetric.length;
  const vectors = symmetric.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(symmetric, vectors, p, q);
  const order = symmetric.map((row, i) => [row[i], i]).sort((a, b) => b[0] - a[0]);
  return { values: order.map(([value]) => value), columns: order.map(([, i]) => vectors.map((row) => row[i])) };
}

function rotate(a, v, p, q) {
  if (Math.abs(a[p][q]) < 1e-12) return;
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const t = (Math.sign(theta) || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (const m of [a, v])
    for (const row of m) {
      const held = row[p];
      row[p] = c * held - s * row[q];
      row[q] = s * held + c * row[q];
    }
  for (let i = 0; i < a.length; i++) {
    const held = a[p][i];
    a[p][i] = c * held - s * a[q][i];
    a[q][i] = s * held + c * a[q][i];
  }
}

/** Left singular vectors times the square root of the singular values. */
function reduced({ rows, width: columns }) {
  const width = DIMENSIONS + OVERSAMPLE;
  const next = random(7);
  let basis = matrix(columns, width);
  for (const row of basis) for (let d = 0; d < width; d++) row[d] = next();
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    const left = orthonormal(times(rows, basis, width), width);
    basis = orthonormal(transposedTimes(rows, left, columns, width), width);
  }
  const projected = times(rows, basis, width);
  const gram = matrix(width, width);
  for (const row of projected)
    for (let d = 0; d < width; d++) for (let e = 0; e < width; e++) gram[d][e] += row[d] * row[e];
  const { values, columns: axes } = eigen(gram);
  return projected.map((row) =>
    Float64Array.from({ length: DIMENSIONS }, (_, d) => {
      let dot = 0;
      for (let e = 0; e < width; e++) dot += row[e] * axes[d][e];
      return dot / values[d] ** 0.25;
    }),
  );
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
const bytes = packed([...table.keys()], reduced(mutualInformation(table)));
writeFileSync(out, bytes);
console.log(`${table.size} characters, ${bytes.length} bytes`);
