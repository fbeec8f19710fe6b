import { fitHidden, type Hidden, type HiddenOptions } from './hidden.ts';
import type { Rows } from './matrix.ts';
import { addRow, type Packed, pack } from './packed.ts';
import type { Row } from './rows.ts';
import { fitSvm, type SvmOptions } from './svm.ts';

export interface EnsembleOptions {
  svm: SvmOptions;
  hidden: HiddenOptions;
}

/** What the two members say of one text: a score a class each. */
export interface Votes {
  margins: Float64Array;
  logits: Float64Array;
}

/** A linear SVM and a hidden layer, which err differently; both in bytes from the moment they are fitted. */
export interface Ensemble {
  readonly svm: Packed;
  readonly inputs: Packed;
  readonly inputBias: Float32Array;
  readonly outputs: Packed;
  readonly outputBias: Float32Array;
}

export const fitEnsemble = (rows: Rows, labels: Int32Array, classes: number, options: EnsembleOptions): Ensemble =>
  packed(fitSvm(rows, labels, classes, options.svm), fitHidden(rows, labels, classes, options.hidden), classes);

export function packed(svm: Float32Array, hidden: Hidden, classes: number): Ensemble {
  return {
    svm: pack(svm, classes),
    inputs: pack(hidden.inputs, hidden.units),
    inputBias: hidden.inputBias,
    outputs: pack(hidden.outputs, hidden.units),
    outputBias: hidden.outputBias,
  };
}

export function vote(ensemble: Ensemble, { columns, values }: Row): Votes {
  const margins = new Float64Array(ensemble.svm.width);
  const units = Float64Array.from(ensemble.inputBias);
  for (let i = 0; i < columns.length; i++) {
    addRow(ensemble.svm, columns[i]!, values[i]!, margins);
    if (columns[i]! < ensemble.inputs.scales.length) addRow(ensemble.inputs, columns[i]!, values[i]!, units);
  }
  return { margins, logits: outputsOf(ensemble, units) };
}

function outputsOf({ outputs, outputBias }: Ensemble, units: Float64Array): Float64Array {
  const { width, scales, cells } = outputs;
  return Float64Array.from(outputBias, (bias, k) => {
    let sum = 0;
    for (let j = 0; j < width; j++) if (units[j]! > 0) sum += cells[k * width + j]! * units[j]!;
    return bias + sum * scales[k]!;
  });
}
