import type { Example } from './folds.ts';

export interface Recognition {
  intent: string;
  /** Calibrated, where the engine can: of the messages with 0.8, four in five are right. */
  confidence: number;
  /** The probability that the message is for this service at all. */
  inScope: number;
  /** The next best, best first; the winner is not among them. */
  alternatives: { intent: string; confidence: number }[];
}

/** What the rest of the house knows of a classifier: any text gives a recognition, never an exception. */
export interface IntentClassifier {
  recognise(text: string): Recognition;
}

/** A kind of classifier that can be chosen: our own, and two well-known libraries that load only when chosen. */
export interface Engine {
  readonly name: string;
  learn(examples: readonly Example[]): Promise<Learnt>;
}

export interface Learnt {
  recognise(text: string): Recognition | Promise<Recognition>;
  /** Its size on disk. */
  bytes(): number;
}

/** From scores a label each to a recognition, for engines that offer no more. */
export function recognitionOf(scores: readonly { label: string; value: number }[]): Recognition {
  const sorted = [...scores].sort((a, b) => b.value - a.value);
  const total = sorted.reduce((sum, { value }) => sum + value, 0) || 1;
  const [first, ...rest] = sorted.map(({ label, value }) => ({ intent: label, confidence: value / total }));
  const { intent, confidence } = first ?? { intent: 'none', confidence: 0 };
  return { intent, confidence, inScope: confidence, alternatives: rest.slice(0, 4) };
}
