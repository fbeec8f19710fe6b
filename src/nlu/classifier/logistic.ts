/** A small logistic regression over a handful of measures, each brought to mean 0 and deviation 1 first. */
export interface Logistic {
  readonly means: number[];
  readonly deviations: number[];
  readonly weights: number[];
  readonly bias: number;
}

const STEPS = 400;
const RATE = 1;
const DECAY = 0.002;

/** Gradient descent on the whole of the data; the true answers together weigh `prior`, however many there are of each. */
export function fitLogistic(measures: readonly number[][], answers: readonly boolean[], prior: number): Logistic {
  const width = measures[0]?.length ?? 0;
  const means = columns(width, (d) => average(measures.map((row) => row[d]!)));
  const deviations = columns(width, (d) => Math.sqrt(average(measures.map((row) => (row[d]! - means[d]!) ** 2))) || 1);
  const model = { means, deviations, weights: columns(width, () => 0), bias: 0 };
  const inputs = measures.map((row) => standard(model, row));
  const yes = answers.filter(Boolean).length;
  const share = (answer: boolean) =>
    answer ? prior / Math.max(1, yes) : (1 - prior) / Math.max(1, answers.length - yes);
  for (let step = 0; step < STEPS; step++) descend(model, inputs, answers, share);
  return model;
}

function descend(
  model: { weights: number[]; bias: number },
  inputs: number[][],
  answers: readonly boolean[],
  share: (answer: boolean) => number,
): void {
  const slope = model.weights.map((w) => DECAY * w);
  let biasSlope = 0;
  inputs.forEach((row, i) => {
    const answer = answers[i]!;
    const error = (sigmoid(sum(model, row)) - (answer ? 1 : 0)) * share(answer);
    biasSlope += error;
    row.forEach((x, d) => {
      slope[d]! += error * x;
    });
  });
  model.bias -= RATE * biasSlope;
  model.weights = model.weights.map((w, d) => w - RATE * slope[d]!);
}

export const probability = (model: Logistic, measures: readonly number[]) =>
  sigmoid(sum(model, standard(model, measures)));

const standard = ({ means, deviations }: Pick<Logistic, 'means' | 'deviations'>, row: readonly number[]) =>
  row.map((x, d) => (x - means[d]!) / deviations[d]!);
const sum = ({ weights, bias }: { weights: number[]; bias: number }, row: readonly number[]) =>
  row.reduce((total, x, d) => total + x * weights[d]!, bias);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const average = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);
const columns = (width: number, value: (d: number) => number) => Array.from({ length: width }, (_, d) => value(d));
