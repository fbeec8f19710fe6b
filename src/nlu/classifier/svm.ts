import type { Rows } from './matrix.ts';
import { range, seeded, shuffle } from './random.ts';

export interface SvmOptions {
  cost: number;
  epochs: number;
  seed: number;
  /** Some of the leading columns, which every row has, count for less than the others. */
  special: { from: number; to: number; weight: number };
  /** Weights to go on from. */
  from?: Learnt;
}

/** What an earlier lesson left: the first `kept` rows were in it, the `gone` after them are to be forgotten, the rest is new. */
export interface Learnt {
  weights: Float32Array;
  /** 1 for the classes that it knew. */
  known: Uint8Array;
  kept: number;
  gone: number;
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
export function fitSvm(rows: Rows, labels: Int32Array, classes: number, options: SvmOptions): Float32Array {
  const norms = squaredNorms(rows, options.special);
  const weights = new Float32Array(rows.width * classes);
  for (let k = 0; k < classes; k++) {
    const descent = new Descent(rows, labels, k, norms, options);
    if (options.from) descent.resume(options.from, classes);
    const w = descent.run(options.epochs);
    for (let f = 0; f < rows.width; f++) weights[f * classes + k] = factorOf(f, options.special) * w[f]!;
  }
  return weights;
}

const factorOf = (column: number, { from, to, weight }: SvmOptions['special']) =>
  column >= from && column < to ? weight : 1;

function squaredNorms({ count, starts, columns, values }: Rows, special: SvmOptions['special']): Float64Array {
  const norms = new Float64Array(count);
  for (let i = 0; i < count; i++)
    for (let p = starts[i]!; p < starts[i + 1]!; p++) norms[i]! += (factorOf(columns[p]!, special) * values[p]!) ** 2;
  return norms;
}

/** One class against the rest. */
class Descent {
  private readonly rows: Rows;
  private readonly labels: Int32Array;
  private readonly label: number;
  private readonly norms: Float64Array;
  private readonly diagonal: number;
  private readonly special: SvmOptions['special'];
  private readonly random: () => number;
  private readonly w: Float32Array;
  private readonly alpha: Float64Array;
  private order: Int32Array;
  private active: number;
  /** A row at zero whose slope is above this is left alone from now on. */
  private bound = SAFE;

  constructor(rows: Rows, labels: Int32Array, label: number, norms: Float64Array, options: SvmOptions) {
    this.rows = rows;
    this.labels = labels;
    this.label = label;
    this.norms = norms;
    this.diagonal = 1 / (2 * options.cost);
    this.special = options.special;
    this.random = seeded(options.seed + label);
    this.w = new Float32Array(rows.width);
    this.alpha = new Float64Array(rows.count);
    this.order = range(rows.count);
    this.active = rows.count;
  }

  /**
   * Takes up what was learnt. A row's part in the weights is what its slack says (at the optimum of the squared hinge the one
   * gives the other), so that nothing but the weights need be kept from one lesson to the next.
   */
  resume({ weights, known, kept, gone }: Learnt, classes: number): void {
    if (known[this.label] === 0) {
      this.w[0] = -1 / this.rows.values[0]!;
      return;
    }
    for (let f = 0; f < this.w.length; f++)
      this.w[f] = weights[f * classes + this.label]! / (factorOf(f, this.special) || 1);
    for (let i = 0; i < kept + gone; i++) this.alpha[i] = Math.max(0, -this.slope(i)) / this.diagonal;
    for (let i = kept; i < kept + gone; i++) this.move(i, 0);
    this.order = this.order.filter((i) => i < kept || i >= kept + gone);
    this.active = this.order.length;
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
    const { from, to, weight } = this.special;
    const [start, end] = [this.rows.starts[i]!, this.rows.starts[i + 1]!];
    let margin = this.product(start, start + from) + this.product(start + to, end);
    if (weight > 0) margin += weight * this.product(start + from, start + to);
    return (this.labels[i] === this.label ? margin : -margin) - 1 + this.diagonal * this.alpha[i]!;
  }

  private product(start: number, end: number): number {
    const { columns, values } = this.rows;
    const { w } = this;
    let sum = 0;
    for (let p = start; p < end; p++) sum += w[columns[p]!]! * values[p]!;
    return sum;
  }

  private step(i: number, slope: number): void {
    this.move(i, Math.max(0, this.alpha[i]! - slope / (this.norms[i]! + this.diagonal)));
  }

  private move(i: number, to: number): void {
    const { special } = this;
    const change = this.labels[i] === this.label ? to - this.alpha[i]! : this.alpha[i]! - to;
    this.alpha[i] = to;
    const [start, end] = [this.rows.starts[i]!, this.rows.starts[i + 1]!];
    this.add(change, start, start + special.from);
    this.add(change, start + special.to, end);
    if (special.weight > 0) this.add(change * special.weight, start + special.from, start + special.to);
  }

  private add(move: number, start: number, end: number): void {
    const { columns, values } = this.rows;
    const { w } = this;
    for (let p = start; p < end; p++) w[columns[p]!]! += move * values[p]!;
  }
}
