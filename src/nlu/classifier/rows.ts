import { GROUPS } from './features.ts';
import type { Rows } from './matrix.ts';
import { type Vocabulary, WEIGHTS } from './vocabulary.ts';

/** One text as numbers: the columns that are not nothing, and what stands there. */
export interface Row {
  columns: Int32Array;
  values: Float32Array;
  /** The share of the text's features that the vocabulary knows. */
  known: number;
}

/** The row without the columns that are not `allowed`, each group brought back to its length. */
export function restrict(row: Row, { table: { groups }, leading }: Vocabulary, allowed: Uint8Array): Row {
  const columns = new Int32Array(row.columns.length);
  const values = new Float32Array(columns.length);
  const norms = new Float64Array(GROUPS.length);
  let size = 0;
  for (let i = 0; i < columns.length; i++) {
    const column = row.columns[i]!;
    if (allowed[column] === 0) continue;
    columns[size] = column;
    values[size++] = row.values[i]!;
    if (column >= leading) norms[groups[column - leading]!]! += row.values[i]! ** 2;
  }
  const scales = norms.map((norm, group) => WEIGHTS[group]! / Math.sqrt(norm));
  for (let c = 0; c < size; c++) if (columns[c]! >= leading) values[c]! *= scales[groups[columns[c]! - leading]!]!;
  const known = (row.known * (size - leading)) / Math.max(1, columns.length - leading);
  return { columns: columns.subarray(0, size), values: values.subarray(0, size), known };
}

export function toRows(rows: readonly Row[], width: number): Rows {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.columns.length;
  });
  const columns = new Int32Array(starts[rows.length]!);
  const values = new Float32Array(columns.length);
  rows.forEach((row, i) => {
    columns.set(row.columns, starts[i]);
    values.set(row.values, starts[i]);
  });
  return { count: rows.length, width, starts, columns, values };
}
