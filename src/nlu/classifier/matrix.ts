/** Rows of sparse numbers, one after another (compressed sparse rows). */
export interface Rows {
  readonly count: number;
  readonly width: number;
  /** Row i is at starts[i] … starts[i + 1]. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** The same rows with the columns from `from` to before `to` times `weight`; without them if that is 0. */
export function weighed(rows: Rows, { from, to, weight }: { from: number; to: number; weight: number }): Rows {
  const starts = new Int32Array(rows.count + 1);
  const columns = new Int32Array(rows.columns.length);
  const values = new Float32Array(rows.columns.length);
  let at = 0;
  for (let i = 0; i < rows.count; i++) {
    for (let p = rows.starts[i]!; p < rows.starts[i + 1]!; p++) {
      const column = rows.columns[p]!;
      const factor = column >= from && column < to ? weight : 1;
      if (factor === 0) continue;
      columns[at] = column;
      values[at++] = rows.values[p]! * factor;
    }
    starts[i + 1] = at;
  }
  return { ...rows, starts, columns: columns.subarray(0, at), values: values.subarray(0, at) };
}

export function softmaxInPlace(scores: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const s of scores) if (s > top) top = s;
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k]! - top);
    sum += scores[k]!;
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
  return scores;
}
