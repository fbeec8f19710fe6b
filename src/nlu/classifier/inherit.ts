import type { Ensemble } from './ensemble.ts';
import type { Hidden } from './hidden.ts';
import type { Knowledge } from './model.ts';
import type { Packed } from './packed.ts';
import { range } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What an earlier model learnt, laid over a new list of features and intents; what is new begins at nothing. */
export interface Inheritance {
  hidden: Hidden;
  /** The SVM's weights, classes side by side. */
  svm: Float32Array;
  /** 1 for the intents that the earlier model knew. */
  known: Uint8Array;
}

export function inherit(
  { ensemble, table, intents }: Knowledge,
  { table: { hashes }, leading, simple }: Vocabulary,
  successors: readonly string[],
): Inheritance {
  const oldFeature = new Map(Array.from(table.hashes, (hash, i) => [hash, leading + i]));
  const columns = [...range(leading), ...Array.from(hashes, (hash) => oldFeature.get(hash) ?? -1)];
  const places = successors.map((intent) => intents.indexOf(intent));
  return {
    hidden: {
      units: ensemble.inputs.width,
      inputs: rowsOf(ensemble.inputs, columns.slice(0, simple)),
      inputBias: ensemble.inputBias.slice(),
      outputs: rowsOf(ensemble.outputs, places),
      outputBias: Float32Array.from(places, (place) => (place < 0 ? lowest(ensemble) : ensemble.outputBias[place]!)),
    },
    svm: cellsOf(ensemble.svm, columns, places),
    known: Uint8Array.from(places, (place) => (place < 0 ? 0 : 1)),
  };
}

const lowest = ({ outputBias }: Ensemble) => Math.min(...outputBias);

/** The chosen rows unpacked; -1 is an empty one. */
const rowsOf = (from: Packed, rows: readonly number[]) => cellsOf(from, rows, [...range(from.width)]);

function cellsOf({ width, scales, cells }: Packed, rows: readonly number[], columns: readonly number[]): Float32Array {
  const values = new Float32Array(rows.length * columns.length);
  rows.forEach((row, r) => {
    if (row < 0 || row >= scales.length) return;
    const at = r * columns.length;
    for (let c = 0; c < columns.length; c++)
      if (columns[c]! >= 0) values[at + c] = cells[row * width + columns[c]!]! * scales[row]!;
  });
  return values;
}
