import type { Recognition } from '#nlu';

export interface Judged extends Recognition {
  label: string;
  microseconds: number;
}

const share = (part: number, whole: number) => part / Math.max(1, whole);

export const accuracy = (judged: readonly Judged[]) =>
  share(judged.filter(({ intent, label }) => intent === label).length, judged.length);

export function macroF1(judged: readonly Judged[]): number {
  const labels = [...new Set(judged.map(({ label }) => label))];
  const scores = labels.map((wanted) => {
    const hits = judged.filter(({ intent, label }) => intent === wanted && label === wanted).length;
    const named = judged.filter(({ intent }) => intent === wanted).length;
    return (2 * hits) / (named + judged.filter(({ label }) => label === wanted).length);
  });
  return share(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  );
}

/** Expected calibration error over ten bins of confidence (Guo et al. 2017). */
export function calibrationError(judged: readonly Judged[]): number {
  const bins = Map.groupBy(judged, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  const gaps = [...bins.values()].map((bin) =>
    Math.abs(bin.reduce((sum, { confidence, intent, label }) => sum + confidence - Number(intent === label), 0)),
  );
  return share(
    gaps.reduce((sum, gap) => sum + gap, 0),
    judged.length,
  );
}

/** The chance that a message from inside is held to be more in scope than one from outside. */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  let wins = 0;
  for (const a of inside) for (const b of outside) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return share(wins, inside.length * outside.length);
}

export const quantile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
