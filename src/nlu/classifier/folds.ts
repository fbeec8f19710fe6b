import { range, seeded, shuffle } from './random.ts';

export interface Example {
  intent: string;
  text: string;
  /** Who wrote it. Calibration then asks how well a *new* writer is understood. */
  voice?: string;
}

export interface Folds {
  /** The fold of each example. */
  folds: Int32Array;
  /** Every fold is of writers that no other fold has. */
  honest: boolean;
}

/** Whole writers where several are known, otherwise a fair share of each intent. */
export function foldsOf(examples: readonly Example[], count: number, seed: number): Folds {
  const voices = new Map<string, number[]>();
  examples.forEach(({ voice }, i) => {
    if (voice !== undefined) voices.set(voice, [...(voices.get(voice) ?? []), i]);
  });
  const honest = voices.size >= count;
  return { honest, folds: honest ? byVoice(examples, voices, count, seed) : byIntent(examples, count, seed) };
}

function byVoice(examples: readonly Example[], voices: Map<string, number[]>, count: number, seed: number): Int32Array {
  const folds = byIntent(examples, count, seed);
  const sizes = new Float64Array(count);
  for (const rows of [...voices.values()].sort((a, b) => b.length - a.length)) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold]! += rows.length;
    for (const row of rows) folds[row] = fold;
  }
  return folds;
}

/** The same words twice stand in one fold: a text that was taught is no test. */
function byIntent(examples: readonly Example[], count: number, seed: number): Int32Array {
  const folds = new Int32Array(examples.length);
  const next = new Map<string, number>();
  const foldOf = new Map<string, number>();
  for (const i of shuffle(range(examples.length), seeded(seed))) {
    const { intent, text } = examples[i]!;
    const turn = next.get(intent) ?? next.size;
    const fold = foldOf.get(text) ?? turn % count;
    foldOf.set(text, fold);
    folds[i] = fold;
    next.set(intent, turn + 1);
  }
  return folds;
}
