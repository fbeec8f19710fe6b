import { type Features, GROUPS, KIN } from './features.ts';
import { HashIndex } from './hash.ts';
import type { Rows } from './matrix.ts';
import { type FeatureTable, isLoose } from './table.ts';
import type { CharacterVectors } from './vectors.ts';

/** One text as numbers: the columns that are not nothing, and what stands there. */
export interface Row {
  columns: number[];
  values: number[];
  /** The share of the text's features that the vocabulary knows. */
  known: number;
}

/** The weight of each group of features, in the order of GROUPS. */
export const WEIGHTS = [1, 1, 1, 1];
const VECTOR_WEIGHT = 1.5;
/** Characters up to which the vectors have their full weight. */
const SHORT = 8;
const CONSTANT = 0.5;

/** The way from a text's features to its numbers. Each group is of length one, times its weight; features never met are left out. */
export class Vocabulary {
  readonly table: FeatureTable;
  /** Features, a constant, and the mean of the text's character vectors. */
  readonly width: number;
  private readonly index: HashIndex;
  private readonly vectors: CharacterVectors;
  private readonly seenAt: Int32Array;

  constructor(table: FeatureTable, vectors: CharacterVectors) {
    this.table = table;
    this.vectors = vectors;
    this.index = HashIndex.of(table.hashes);
    this.seenAt = new Int32Array(table.hashes.length).fill(-1);
    this.width = table.hashes.length + 1 + vectors.dimensions;
  }

  /** Columns below this are what the hidden layer reads. */
  get simple(): number {
    const first = this.table.groups.findIndex(isLoose);
    return first < 0 ? this.table.groups.length : first;
  }

  find(hash: number): number {
    return this.index.find(hash);
  }

  vectorise(features: Features): Row {
    const row = this.count(features);
    this.weigh(row);
    row.columns.push(this.table.hashes.length);
    row.values.push(CONSTANT);
    this.addVectors(features.codePoints, row);
    return row;
  }

  private count(features: Features): Row {
    const columns: number[] = [];
    const values: number[] = [];
    let known = 0;
    for (let i = 0; i < features.count; i++) {
      const place = this.index.find(features.hashes[i]!);
      if (place < 0) continue;
      known++;
      const seen = this.seenAt[place]!;
      if (seen >= 0) {
        if (features.groups[i] !== KIN) values[seen]!++;
        else if (features.strengths[i]! > values[seen]!) values[seen] = features.strengths[i]!;
        continue;
      }
      this.seenAt[place] = columns.length;
      columns.push(place);
      values.push(features.strengths[i]!);
    }
    for (const place of columns) this.seenAt[place] = -1;
    return { columns, values, known: known / Math.max(1, features.count) };
  }

  private weigh({ columns, values }: Row): void {
    const { groups, rarity } = this.table;
    const norms = new Float64Array(GROUPS.length);
    for (let i = 0; i < columns.length; i++) {
      const place = columns[i]!;
      values[i] = (values[i]! <= 1 ? values[i]! : 1 + Math.log(values[i]!)) * rarity[place]!;
      norms[groups[place]!]! += values[i]! ** 2;
    }
    const scales = norms.map((norm, group) => (norm > 0 ? WEIGHTS[group]! / Math.sqrt(norm) : 0));
    for (let i = 0; i < columns.length; i++) values[i]! *= scales[groups[columns[i]!]!]!;
  }

  /** The mean of the characters' vectors: it says the more of a text the shorter the text is. */
  private addVectors(codePoints: number[], { columns, values }: Row): void {
    const { dimensions, places, values: vectors } = this.vectors;
    const mean = new Float64Array(dimensions);
    for (const codePoint of codePoints) {
      const at = places.get(codePoint) ?? -1;
      for (let d = 0; at >= 0 && d < dimensions; d++) mean[d]! += vectors[at + d]!;
    }
    let norm = 0;
    for (let d = 0; d < dimensions; d++) norm += mean[d]! ** 2;
    if (norm === 0) return;
    const scale = (VECTOR_WEIGHT * Math.min(1, Math.sqrt(SHORT / codePoints.length))) / Math.sqrt(norm);
    for (let d = 0; d < dimensions; d++) {
      columns.push(this.table.hashes.length + 1 + d);
      values.push(mean[d]! * scale);
    }
  }
}
/** The row without the columns that are not `allowed`, each group brought back to its length. */
export function restrict(row: Row, { groups }: FeatureTable, allowed: Uint8Array): Row {
  const columns: number[] = [];
  const values: number[] = [];
  const norms = new Float64Array(GROUPS.length);
  row.columns.forEach((column, i) => {
    if (allowed[column] === 0) return;
    columns.push(column);
    values.push(row.values[i]!);
    if (column < groups.length) norms[groups[column]!]! += row.values[i]! ** 2;
  });
  columns.forEach((column, i) => {
    if (column < groups.length) values[i]! *= WEIGHTS[groups[column]!]! / Math.sqrt(norms[groups[column]!]!);
  });
  return { columns, values, known: (row.known * columns.length) / Math.max(1, row.columns.length) };
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
