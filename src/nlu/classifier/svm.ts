import { type Rows, weighed } from './matrix.ts';
import { range, seeded, shuffle } from './random.ts';

export interface SvmOptions {
  cost: number;
  epochs: number;
  seed: number;
  /** Columns that count for more or less than the others. */
  special: { from: number; to: number; weight: number };
}

/** A class whose greatest step was below this has settled. */
const SETTLED = 0.05;
/** A row that is on its side by so much more than asked seldom comes back: to leave it alone halves the time and costs nothing. */
const SAFE = 0.2;

/**
 * One linear SVM a class against the rest, squared hinge loss, by dual coordinate descent (Hsieh et al. 2008, the method of
 * LIBLINEAR), with its shrinking: a row that is safely on its side is not looked at again in this class. The weights of all
 * classes for one feature stand side by side: a message touches few features, and each of them in one stride.
 */
export function fitSvm(all: Rows, labels: Int32Array, classes: number, options: SvmOptions): Float32Array {
  const rows = weighed(all, options.special);
  const norms = squaredNorms(rows);
  const perClass = Array.from({ length: classes }, (_, k) =>
    new Descent(rows, labels, k, norms, options).run(options.epochs),
  );
  const weights = new Float32Array(rows.width * classes);
  const { from, to, weight } = options.special;
  for (let f = 0; f < rows.width; f++) {
    const factor = f >= from && f < to ? weight : 1;
    for (let k = 0; k < classes; k++) weights[f * classes + k] = factor * perClass[k]![f]!;
  }
  return weights;
}

function squaredNorms(rows: Rows): Float64Array {
  const norms = new Float64Array(rows.count);
  for (let i = 0; i < rows.count; i++)
    for (let p = rows.starts[i]!; p < rows.starts[i + 1]!; p++) norms[i]! += rows.values[p]! ** 2;
  return norms;
}

/** One class against the rest. */
class Descent {
  private readonly rows: Rows;
  private readonly labels: Int32Array;
  private readonly label: number;
  private readonly norms: Float64Array;
  private readonly diagonal: number;
  private readonly random: () => number;
  private readonly w: Float32Array;
  private readonly alpha: Float64Array;
  private readonly order: Int32Array;
  private active: number;
  /** A row at zero whose slope is above this is left alone from now on. */
  private bound = SAFE;

  constructor(rows: Rows, labels: Int32Array, label: number, norms: Float64Array, { cost, seed }: SvmOptions) {
    this.rows = rows;
    this.labels = labels;
    this.label = label;
    this.norms = norms;
    this.diagonal = 1 / (2 * cost);
    this.random = seeded(seed + label);
    this.w = new Float32Array(rows.width);
    this.alpha = new Float64Array(rows.count);
    this.order = range(rows.count);
    this.active = rows.count;
  }

  run(epochs: number): Float32Array {
    for (let epoch = 0; epoch < epochs && this.active > 0; epoch++) {
      shuffle(this.order.subarray(0, this.active), this.random);
      const worst = this.sweep();
      if (worst < SETTLED) break;
      this.bound = Math.min(SAFE, worst);
    }
    return this.w;
  }

  /** Every active row once; answers the greatest slope met. */
  private sweep(): number {
    let worst = 0;
    for (let a = 0; a < this.active; a++) {
      const i = this.order[a]!;
      const slope = this.slope(i);
      if (this.alpha[i] === 0 && slope > 0) {
        if (slope > this.bound) this.shelve(a--);
        continue;
      }
      if (Math.abs(slope) > worst) worst = Math.abs(slope);
      this.step(i, slope);
    }
    return worst;
  }

  private shelve(place: number): void {
    const i = this.order[place]!;
    this.order[place] = this.order[--this.active]!;
    this.order[this.active] = i;
  }

  private slope(i: number): number {
    const { starts, columns, values } = this.rows;
    const { w } = this;
    let margin = 0;
    const end = starts[i + 1]!;
    for (let p = starts[i]!; p < end; p++) margin += w[columns[p]!]! * values[p]!;
    return (this.labels[i] === this.label ? margin : -margin) - 1 + this.diagonal * this.alpha[i]!;
  }

  private step(i: number, slope: number): void {
    const { starts, columns, values } = this.rows;
    const { w, alpha } = this;
    const old = alpha[i]!;
    alpha[i] = Math.max(0, old - slope / (this.norms[i]! + this.diagonal));
    const move = this.labels[i] === this.label ? alpha[i]! - old : old - alpha[i]!;
    const end = starts[i + 1]!;
    for (let p = starts[i]!; p < end; p++) w[columns[p]!]! += move * values[p]!;
  }
}
