import { GROUPS } from './features.ts';
import type { Rows } from './matrix.ts';
import { type Vocabulary, WEIGHTS } from './vocabulary.ts';

/** One text as numbers: the columns that are not nothing, and what stands there. */
export interface Row {
  columns: Int32Array;
  values: Float64Array;
  /** The share of the text's features that the vocabulary knows. */
  known: number;
}

/** The row without the columns that are not `allowed`, each group brought back to its length. */
export function restrict(row: Row, { table: { groups }, leading }: Vocabulary, allowed: Uint8Array): Row {
  const columns = row.columns.filter((column) => allowed[column] === 1);
  const values = new Float64Array(columns.length);
  const norms = new Float64Array(GROUPS.length);
  for (let i = 0, c = 0; c < columns.length; i++) {
    const column = row.columns[i]!;
    if (allowed[column] === 0) continue;
    values[c++] = row.values[i]!;
    if (column >= leading) norms[groups[column - leading]!]! += row.values[i]! ** 2;
  }
  for (let c = 0; c < columns.length; c++) {
    if (columns[c]! < leading) continue;
    const group = groups[columns[c]! - leading]!;
    values[c]! *= WEIGHTS[group]! / Math.sqrt(norms[group]!);
  }
  const known = (row.known * (columns.length - leading)) / Math.max(1, row.columns.length - leading);
  return { columns, values, known };
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
