// `node tests/bench/thresholds.ts`: chooses the thresholds of src/bot/decide.ts by the cost of each mistake, on messages of voices
// that the classifier has not heard (whole voices are left out in turn).
import { fileURLToPath } from 'node:url';
import { fit } from '#nlu';
import { examplesOf } from '../../src/understanding.ts';

/** In taps and patience of a customer; a hazard that goes elsewhere may cost a life. */
const cost = {
  wrongDialog: 5,
  falseFault: 6,
  missedHazard: 50,
  offerHasIt: 1,
  offerLacksIt: 4,
  sentAway: 4,
  answeredStray: 5,
  offeredStray: 2,
};

interface Seen {
  truth: string;
  best: { intent: string; confidence: number }[];
  inScope: number;
}

interface Thresholds {
  sure: number;
  offer: number;
  inScope: number;
}

function costOf({ truth, best, inScope }: Seen, { sure, offer, inScope: scope }: Thresholds): number {
  const [first, second] = best as [Seen['best'][0], Seen['best'][0]];
  const away = (first.intent === 'none' && first.confidence >= sure) || (inScope < scope && first.confidence < 0.92);
  if (away) return truth === 'none' ? 0 : truth === 'hazard.report' ? cost.missedHazard : cost.sentAway;
  if (first.intent !== 'none' && first.confidence >= sure) return beginning(truth, first.intent);
  if (truth === 'none') return cost.offeredStray;
  const offered = first.confidence >= offer && [first, second].some(({ intent }) => intent === truth);
  return offered ? cost.offerHasIt : cost.offerLacksIt;
}

function beginning(truth: string, begun: string): number {
  if (truth === begun) return 0;
  if (truth === 'hazard.report' && begun !== 'fault.report') return cost.missedHazard;
  if (truth === 'none') return cost.answeredStray;
  return begun === 'fault.report' ? cost.falseFault : cost.wrongDialog;
}

function crossValidate(): Seen[] {
  const examples = examplesOf(fileURLToPath(new URL('../../intents', import.meta.url)));
  const voices = [...new Set(examples.map(({ voice }) => voice))].filter(
    (voice) => voice !== 'name' && voice !== 'core',
  );
  const folds = 3;
  return Array.from({ length: folds }, (_, fold) => {
    const out = new Set(voices.filter((_voice, index) => index % folds === fold));
    const model = fit(examples.filter(({ voice }) => !out.has(voice)));
    return examples
      .filter(({ voice }) => out.has(voice))
      .map(({ text, intent }) => {
        const { intent: first, confidence, inScope, alternatives } = model.recognise(text);
        return { truth: intent, best: [{ intent: first, confidence }, ...alternatives.slice(0, 1)], inScope };
      });
  }).flat();
}

const seen = crossValidate();
const right = seen.filter(({ truth, best }) => best[0]?.intent === truth).length;
console.log(`${seen.length} messages of unheard voices, ${((100 * right) / seen.length).toFixed(1)} % right`);
const steps = (from: number, to: number) =>
  Array.from({ length: Math.round((to - from) / 0.05) + 1 }, (_, n) => from + n * 0.05);
const tried = steps(0.3, 0.8).flatMap((sure) =>
  steps(0.1, 0.4).flatMap((offer) => steps(0.05, 0.5).map((inScope) => ({ sure, offer, inScope }))),
);
const ranked = tried
  .map((thresholds) => ({
    ...thresholds,
    cost: seen.reduce((sum, one) => sum + costOf(one, thresholds), 0) / seen.length,
  }))
  .sort((a, b) => a.cost - b.cost);
for (const { sure, offer, inScope, cost: mean } of ranked.slice(0, 8))
  console.log(
    `sure ${sure.toFixed(2)}  offer ${offer.toFixed(2)}  inScope ${inScope.toFixed(2)}  cost ${mean.toFixed(4)}`,
  );
