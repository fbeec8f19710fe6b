/** Rows of [column, value] pairs → short vectors: what the scripts that make vectors of characters and of words share. */

const OVERSAMPLE = 16;
const POWER_ITERATIONS = 4;
const SMOOTHING = 0.75;

/**
 * Thing → context → weight becomes rows of [column, value] pairs: positive pointwise mutual information with smoothed contexts
 * (Levy and Goldberg 2014).
 */
export function mutualInformation(table) {
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

/** Left singular vectors times the square root of the singular values (randomised: Halko et al. 2011). */
export function reduced({ rows, width: columns }, dimensions) {
  const width = dimensions + OVERSAMPLE;
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
    Float64Array.from({ length: dimensions }, (_, d) => {
      let dot = 0;
      for (let e = 0; e < width; e++) dot += row[e] * axes[d][e];
      return dot / values[d] ** 0.25;
    }),
  );
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
