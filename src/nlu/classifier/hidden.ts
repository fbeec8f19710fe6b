import { type Rows, softmaxInPlace } from './matrix.ts';
import { range, seeded, shuffle } from './random.ts';

export interface HiddenOptions {
  units: number;
  epochs: number;
  rate: number;
  /** The share of a text's features, and of the units, that each step does without. */
  dropout: number;
  unitDropout: number;
  /** How much of the certainty is spread over all classes. */
  smoothing: number;
  seed: number;
  /** Columns from here on are not read. */
  width: number;
  /** The leading columns, which every row has, and the share of steps that do without all of them. */
  leading: number;
  leadingDropout: number;
  /** A layer to go on from. */
  from?: Hidden;
}

/** One hidden layer of rectified units over the same features: it learns which features stand in for one another. */
export interface Hidden {
  readonly units: number;
  /** A row of `units` for each feature. */
  readonly inputs: Float32Array;
  readonly inputBias: Float32Array;
  /** A row of `units` for each class. */
  readonly outputs: Float32Array;
  readonly outputBias: Float32Array;
}

function begin(classes: number, { width, units }: HiddenOptions, random: () => number): Hidden {
  const around = (length: number, deviation: number) => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = deviation * (random() + random() - 1) * BELL;
    return values;
  };
  return {
    units,
    inputs: around(width * units, 0.05),
    inputBias: new Float32Array(units),
    outputs: around(classes * units, 1 / Math.sqrt(units)),
    outputBias: new Float32Array(classes),
  };
}

/** Brings the sum of two even numbers, less one, to deviation 1. */
const BELL = Math.sqrt(6);

/**
 * Backpropagation with AdaGrad steps (one a feature and one a class), falling to nothing at the end, and dropout of
 * features and units (Srivastava et al. 2014): without it the layer learns the training texts by heart.
 */
export function fitHidden(rows: Rows, labels: Int32Array, classes: number, options: HiddenOptions): Hidden {
  const random = seeded(options.seed);
  const layer = options.from ?? begin(classes, options, random);
  const step = new Step(layer, rows, classes, options, random);
  const order = range(rows.count);
  const total = options.epochs * order.length;
  let done = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++)
    for (const i of shuffle(order, random)) step.take(i, labels[i]!, options.rate * (1 - done++ / total));
  return layer;
}

class Step {
  private readonly featurePower: Float64Array;
  private readonly classPower: Float64Array;
  private readonly unit: Float64Array;
  private readonly gate: Float64Array;
  private readonly blame: Float64Array;
  private readonly error: Float64Array;
  /** What of the row takes part in the step: columns and values. */
  private kept = new Int32Array(1024);
  private values = new Float64Array(1024);
  private readonly layer: Hidden;
  private readonly rows: Rows;
  private readonly options: HiddenOptions;
  private readonly random: () => number;

  constructor(layer: Hidden, rows: Rows, classes: number, options: HiddenOptions, random: () => number) {
    this.layer = layer;
    this.rows = rows;
    this.options = options;
    this.random = random;
    this.featurePower = new Float64Array(rows.width).fill(1e-6);
    this.classPower = new Float64Array(classes).fill(1e-6);
    this.error = new Float64Array(classes);
    [this.unit, this.gate, this.blame] = [0, 0, 0].map(() => new Float64Array(layer.units)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  }

  take(row: number, label: number, rate: number): void {
    const count = this.sample(row);
    this.forward(count);
    this.judge(label);
    this.moveOutputs(rate);
    this.moveInputs(count, rate);
  }

  /** Which features of the row take part in this step. */
  private sample(row: number): number {
    const { starts, columns, values } = this.rows;
    const [start, end] = [starts[row]!, starts[row + 1]!];
    if (end - start > this.kept.length) {
      this.kept = new Int32Array(2 * (end - start));
      this.values = new Float64Array(2 * (end - start));
    }
    const { width, leading, dropout, leadingDropout } = this.options;
    let count = 0;
    const keep = (column: number, value: number) => {
      this.kept[count] = column;
      this.values[count++] = value;
    };
    let p = start;
    if (this.random() < leadingDropout) while (p < end && columns[p]! < leading) p++;
    for (; p < end && columns[p]! < leading; p++) keep(columns[p]!, values[p]! / (1 - leadingDropout));
    for (; p < end; p++)
      if (columns[p]! < width && this.random() >= dropout) keep(columns[p]!, values[p]! / (1 - dropout));
    return count;
  }

  private forward(count: number): void {
    const { units, inputs, inputBias } = this.layer;
    const { unit, gate } = this;
    for (let j = 0; j < units; j++) unit[j] = inputBias[j]!;
    for (let q = 0; q < count; q++) {
      const x = this.values[q]!;
      const at = this.kept[q]! * units;
      for (let j = 0; j < units; j++) unit[j]! += x * inputs[at + j]!;
    }
    const { unitDropout } = this.options;
    for (let j = 0; j < units; j++) {
      gate[j] = unit[j]! > 0 && this.random() >= unitDropout ? 1 / (1 - unitDropout) : 0;
      unit[j]! *= gate[j]!;
    }
  }

  /** error = how far each class's probability is from what was taught. */
  private judge(label: number): void {
    const { units, outputs, outputBias } = this.layer;
    const { unit, error } = this;
    const { smoothing } = this.options;
    for (let k = 0; k < error.length; k++) {
      let sum = outputBias[k]!;
      for (let j = 0; j < units; j++) sum += outputs[k * units + j]! * unit[j]!;
      error[k] = sum;
    }
    softmaxInPlace(error);
    for (let k = 0; k < error.length; k++) error[k]! -= smoothing / error.length;
    error[label]! -= 1 - smoothing;
  }

  private moveOutputs(rate: number): void {
    const { units, outputs, outputBias } = this.layer;
    const { unit, error, blame, classPower } = this;
    blame.fill(0);
    for (let k = 0; k < error.length; k++) {
      const e = error[k]!;
      if (e < 1e-4 && e > -1e-4) continue;
      classPower[k]! += e * e;
      const move = (0.3 * rate * e) / Math.sqrt(classPower[k]!);
      outputBias[k]! -= move;
      const at = k * units;
      for (let j = 0; j < units; j++) {
        blame[j]! += e * outputs[at + j]!;
        outputs[at + j]! -= move * unit[j]!;
      }
    }
  }

  private moveInputs(count: number, rate: number): void {
    const { units, inputs, inputBias } = this.layer;
    const { blame, gate, featurePower } = this;
    let power = 0;
    for (let j = 0; j < units; j++) {
      blame[j]! *= gate[j]!;
      power += blame[j]! ** 2;
      inputBias[j]! -= 0.02 * rate * blame[j]!;
    }
    if (power < 1e-12) return;
    for (let q = 0; q < count; q++) {
      const f = this.kept[q]!;
      const x = this.values[q]!;
      featurePower[f]! += power * x * x;
      const move = (rate * x) / Math.sqrt(featurePower[f]!);
      const at = f * units;
      for (let j = 0; j < units; j++) inputs[at + j]! -= move * blame[j]!;
    }
  }
}
