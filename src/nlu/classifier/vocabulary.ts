import { type Features, GROUPS, KIN } from './features.ts';
import { HashIndex } from './hash.ts';
import type { Row } from './rows.ts';
import { type FeatureTable, isLoose } from './table.ts';
import type { CharacterVectors } from './vectors.ts';
import type { WordVectors } from './words.ts';

/** The weight of each group of features, in the order of GROUPS. */
export const WEIGHTS = [1, 1, 1, 1];
const VECTOR_WEIGHT = 1.5;
const WORDS_WEIGHT = 1;
/** Characters up to which the vectors have their full weight. */
const SHORT = 8;
const SHORT_WORDS = 16;
const CONSTANT = 0.5;

/** What a vocabulary needs of the language. */
export interface Meanings {
  vectors: CharacterVectors;
  words: readonly WordVectors[];
}

/** The way from a text's features to its numbers. Each group is of length one, times its weight; features never met are left out. */
export class Vocabulary {
  readonly table: FeatureTable;
  /** The first columns: a constant and the means of the text's vectors, which every row has. */
  readonly leading: number;
  /** Where the words' vectors begin, the last of the leading columns. */
  readonly words: number;
  /** The leading columns and the features. */
  readonly width: number;
  private readonly index: HashIndex;
  private readonly meanings: Meanings;
  private readonly seenAt: Int32Array;

  constructor(table: FeatureTable, meanings: Meanings) {
    this.table = table;
    this.meanings = meanings;
    this.index = HashIndex.of(table.hashes);
    this.seenAt = new Int32Array(table.hashes.length).fill(-1);
    this.words = 1 + meanings.vectors.dimensions;
    this.leading = meanings.words.reduce((sum, { dimensions }) => sum + dimensions, this.words);
    this.width = this.leading + table.hashes.length;
  }

  /** Columns below this are what the hidden layer reads. */
  get simple(): number {
    const first = this.table.groups.findIndex(isLoose);
    return this.leading + (first < 0 ? this.table.groups.length : first);
  }

  /** The column of a feature, or -1. */
  find(hash: number): number {
    const place = this.index.find(hash);
    return place < 0 ? place : this.leading + place;
  }

  vectorise(features: Features): Row {
    const { leading } = this;
    const places = new Int32Array(features.count);
    const strengths = new Float32Array(features.count);
    const { size, known } = this.count(features, places, strengths);
    this.weigh(places.subarray(0, size), strengths);
    const columns = new Int32Array(leading + size);
    const values = new Float32Array(leading + size);
    this.lead(features.codePoints, values);
    values.set(strengths.subarray(0, size), leading);
    for (let c = 0; c < columns.length; c++) columns[c] = c < leading ? c : leading + places[c - leading]!;
    return { columns, values, known: known / Math.max(1, features.count) };
  }

  /** The features that are known, each once, and how strong each of them is; how many there are, and how many with repetitions. */
  private count(features: Features, places: Int32Array, strengths: Float32Array): { size: number; known: number } {
    let size = 0;
    let known = 0;
    for (let i = 0; i < features.count; i++) {
      const place = this.index.find(features.hashes[i]!);
      if (place < 0) continue;
      known++;
      const seen = this.seenAt[place]!;
      if (seen >= 0) {
        if (features.groups[i] !== KIN) strengths[seen]!++;
        else if (features.strengths[i]! > strengths[seen]!) strengths[seen] = features.strengths[i]!;
        continue;
      }
      this.seenAt[place] = size;
      places[size] = place;
      strengths[size++] = features.strengths[i]!;
    }
    for (let c = 0; c < size; c++) this.seenAt[places[c]!] = -1;
    return { size, known };
  }

  private weigh(places: Int32Array, values: Float32Array): void {
    const { groups, rarity } = this.table;
    const norms = new Float64Array(GROUPS.length);
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      values[i] = (values[i]! <= 1 ? values[i]! : 1 + Math.log(values[i]!)) * rarity[place]!;
      norms[groups[place]!]! += values[i]! ** 2;
    }
    const scales = norms.map((norm, group) => (norm > 0 ? WEIGHTS[group]! / Math.sqrt(norm) : 0));
    for (let i = 0; i < places.length; i++) values[i]! *= scales[groups[places[i]!]!]!;
  }

  /** The means of the vectors: they say the more of a text the shorter the text is. */
  private lead(codePoints: readonly number[], leading: Float32Array): void {
    const { vectors, words } = this.meanings;
    leading[0] = CONSTANT;
    let at = this.words;
    vectors.addTo(leading, 1, codePoints);
    bringTo(leading.subarray(1, at), VECTOR_WEIGHT * Math.min(1, Math.sqrt(SHORT / codePoints.length)));
    for (const view of words) {
      view.addTo(leading, at, codePoints);
      const length = WORDS_WEIGHT * Math.min(1, Math.sqrt(SHORT_WORDS / codePoints.length));
      bringTo(leading.subarray(at, at + view.dimensions), length);
      at += view.dimensions;
    }
  }
}

function bringTo(vector: Float32Array, length: number): void {
  let norm = 0;
  for (const value of vector) norm += value ** 2;
  const scale = norm === 0 ? 0 : length / Math.sqrt(norm);
  for (let d = 0; d < vector.length; d++) vector[d]! *= scale;
}
