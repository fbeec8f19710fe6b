import type { Ensemble } from './ensemble.ts';
import { GROUPS } from './features.ts';
import type { Knowledge, Message } from './model.ts';
import type { Nearest } from './nearest.ts';
import type { Row } from './rows.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Evidence {
  intent: string;
  /** The message as the classifier read it: as written, then with its slips mended, if it found any. */
  readings: string[];
  nearest: { intent: string; text: string; likeness: number }[];
  /** What speaks for the intent (above 0) or against it, strongest first. */
  features: { kind: (typeof GROUPS)[number]; text: string; weight: number }[];
}

const NEAREST = 5;
const STRONGEST = 12;

export function gatherEvidence(
  { intents, labels, written, ensemble, pooling }: Knowledge,
  vocabulary: Vocabulary,
  nearest: Nearest,
  { text, views, rows }: Message,
  winner: number,
): Evidence {
  const features = new Map<string, Evidence['features'][number]>();
  views.forEach((view, v) => {
    const weights = contributions(ensemble, rows[v]!, winner, pooling);
    for (let i = 0; i < view.count; i++) {
      const weight = weights.get(vocabulary.find(view.hashes[i]!));
      if (weight === undefined) continue;
      const words = view.codePoints.slice(view.starts[i], view.ends[i]);
      const feature = { kind: GROUPS[view.groups[i]!]!, text: String.fromCodePoint(...words), weight };
      features.set(`${view.hashes[i]}`, feature);
    }
  });
  return {
    intent: intents[winner]!,
    readings: views.map((view) => view.text),
    nearest: nearest
      .find(text, NEAREST)
      .map(({ row, likeness }) => ({ intent: intents[labels[row]!]!, text: written[row]!, likeness })),
    features: [...features.values()].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, STRONGEST),
  };
}

/** What each column adds to the winner's score above what it adds to the mean of all: exact, as both members are linear where the message stands. */
function contributions(
  ensemble: Ensemble,
  { columns, values }: Row,
  winner: number,
  pooling: Knowledge['pooling'],
): Map<number, number> {
  const { svm, inputs, outputs } = ensemble;
  const slopes = unitSlopes(ensemble, { columns, values }, winner);
  return new Map(
    Array.from(columns, (column, i) => {
      const ahead =
        lead(svm.cells.subarray(column * svm.width, (column + 1) * svm.width), winner) * svm.scales[column]!;
      let hidden = 0;
      const width = column < inputs.scales.length ? outputs.width : 0;
      for (let j = 0; j < width; j++) hidden += slopes[j]! * inputs.cells[column * outputs.width + j]!;
      return [column, values[i]! * (pooling.margin * ahead + pooling.logit * hidden * (inputs.scales[column] ?? 0))];
    }),
  );
}

function lead(weights: Int8Array, winner: number): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights[winner]! - sum / weights.length;
}

/** How much each unit that is awake moves the winner. */
function unitSlopes(
  { inputs, inputBias, outputs }: Ensemble,
  { columns, values }: Pick<Row, 'columns' | 'values'>,
  winner: number,
): Float64Array {
  const units = Float64Array.from(inputBias);
  columns.forEach((column, i) => {
    const factor = values[i]! * (inputs.scales[column] ?? 0);
    if (factor === 0) return;
    for (let j = 0; j < units.length; j++) units[j]! += factor * inputs.cells[column * units.length + j]!;
  });
  const classes = outputs.scales.length;
  return units.map((unit, j) => {
    if (unit <= 0) return 0;
    let mean = 0;
    for (let k = 0; k < classes; k++) mean += (outputs.cells[k * units.length + j]! * outputs.scales[k]!) / classes;
    return outputs.cells[winner * units.length + j]! * outputs.scales[winner]! - mean;
  });
}
