import type { Ensemble } from './ensemble.ts';
import type { Hidden } from './hidden.ts';
import type { Knowledge } from './model.ts';
import type { Packed } from './packed.ts';
import { range } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The hidden layer of an earlier model, laid over a new list of features and intents; what is new begins near nothing. */
export function inherit(
  { ensemble, table, intents }: Knowledge,
  { table: { hashes }, leading, simple }: Vocabulary,
  successors: readonly string[],
): Hidden {
  const units = ensemble.inputs.width;
  const oldFeature = new Map(Array.from(table.hashes, (hash, i) => [hash, leading + i]));
  const oldIntent = new Map(intents.map((intent, i) => [intent, i]));
  const places = successors.map((intent) => oldIntent.get(intent) ?? -1);
  return {
    units,
    inputs: rowsOf(ensemble.inputs, [
      ...range(leading),
      ...Array.from(hashes.subarray(0, simple - leading), (hash) => oldFeature.get(hash) ?? -1),
    ]),
    inputBias: ensemble.inputBias.slice(),
    outputs: rowsOf(ensemble.outputs, places),
    outputBias: Float32Array.from(places, (place) => (place < 0 ? lowest(ensemble) : ensemble.outputBias[place]!)),
  };
}

const lowest = ({ outputBias }: Ensemble) => Math.min(...outputBias);

/** The chosen rows unpacked; -1 is an empty one. */
function rowsOf({ width, scales, cells }: Packed, places: readonly number[]): Float32Array {
  const values = new Float32Array(places.length * width);
  places.forEach((place, row) => {
    if (place < 0 || place >= scales.length) return;
    for (let i = 0; i < width; i++) values[row * width + i] = cells[place * width + i]! * scales[place]!;
  });
  return values;
}
