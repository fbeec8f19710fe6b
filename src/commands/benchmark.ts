import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fit, modelToBytes } from '#nlu';

interface Row {
  label: string;
  text: string;
}

/** Files of `label<TAB>utterance`. @throws naming the first line that is not in form. */
function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line, index) => {
      const tab = line.indexOf('\t');
      if (tab < 1) throw new Error(`${file}, line ${index + 1}: expected label<TAB>utterance.`);
      return { label: line.slice(0, tab), text: line.slice(tab + 1).replace(/\r$/, '') };
    });
}

interface Prediction {
  label: string;
  predicted: string;
  confidence: number;
  inScope: number;
  microseconds: number;
}

/** The best intent, whatever `inScope` says: `none` is an intent like others here. */
function measure(rows: Row[], model: ReturnType<typeof fit>): Prediction[] {
  for (const row of rows.slice(0, 200)) model.recognise(row.text);
  return rows.map(({ label, text }) => {
    const began = process.hrtime.bigint();
    const { intent, confidence, inScope } = model.recognise(text);
    return {
      label,
      predicted: intent,
      confidence,
      inScope,
      microseconds: Number(process.hrtime.bigint() - began) / 1000,
    };
  });
}

export function macroF1(predictions: Pick<Prediction, 'label' | 'predicted'>[]): number {
  const labels = [...new Set(predictions.map(({ label }) => label))];
  const scores = labels.map((wanted) => {
    const hits = predictions.filter(({ label, predicted }) => label === wanted && predicted === wanted).length;
    const named = predictions.filter(({ predicted }) => predicted === wanted).length;
    const there = predictions.filter(({ label }) => label === wanted).length;
    return hits === 0 ? 0 : (2 * hits) / (named + there);
  });
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, labels.length);
}

/** Expected calibration error over ten equal bins of confidence (Guo et al. 2017, «On Calibration of Modern Neural Networks»). */
export function calibrationError(predictions: Pick<Prediction, 'label' | 'predicted' | 'confidence'>[]): number {
  const bins = Map.groupBy(predictions, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  let error = 0;
  for (const bin of bins.values()) {
    const right = bin.filter(({ label, predicted }) => label === predicted).length;
    const claimed = bin.reduce((sum, { confidence }) => sum + confidence, 0);
    error += Math.abs(right - claimed);
  }
  return error / Math.max(1, predictions.length);
}

const quantile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Fits a fresh classifier on `--train` alone and answers one object about `--test`. */
export function benchmark(args: string[]): void {
  const options = { train: { type: 'string' }, test: { type: 'string' }, predictions: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  if (!values.train || !values.test) throw new Error('benchmark needs --train FILE and --test FILE.');
  const train = readRows(values.train).map(({ label, text }) => ({ intent: label, text }));
  const began = performance.now();
  const model = fit(train);
  const fitSeconds = (performance.now() - began) / 1000;
  const predictions = measure(readRows(values.test), model);
  if (values.predictions) writeFileSync(values.predictions, predictions.map(line).join(''));
  const times = predictions.map(({ microseconds }) => microseconds).sort((a, b) => a - b);
  const right = predictions.filter(({ label, predicted }) => label === predicted).length;
  process.stdout.write(
    `${JSON.stringify({
      accuracy: right / Math.max(1, predictions.length),
      macroF1: macroF1(predictions),
      ece: calibrationError(predictions),
      fitSeconds,
      microsecondsPerMessage: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
      modelBytes: modelToBytes(model).length,
    })}\n`,
  );
}

const line = ({ label, predicted, confidence, inScope }: Prediction) =>
  `${JSON.stringify({ label, predicted, confidence, inScope })}\n`;
