import type { Recognition } from '#nlu';

/**
 * Chosen by `node tests/bench/thresholds.ts`: the least mean cost over messages of voices the classifier has not heard, where a
 * wrong dialog costs 5, a false fault report 6, an offer that has the right button 1, a customer wrongly sent away 4, and a
 * hazard that goes elsewhere 50.
 */
export const sureFrom = 0.7;
export const offerFrom = 0.15;
/** Below this the message is taken as not meant for a power utility at all. */
export const inScopeFrom = 0.2;
/** A message that names a danger stays with another intent only if the classifier is all but certain of it. */
export const certainFrom = 0.92;
/** A hazard this close behind the best intent is taken for one: it is never lost to a tie. */
const tie = 0.2;

export type Decision =
  | { kind: 'sure'; intent: string }
  | { kind: 'offer'; intents: string[] }
  | { kind: 'stray' }
  | { kind: 'unclear' };

/** What to do with a message that answers no question of ours. `hazard`: the intent that must not be missed. */
export function decide(recognition: Recognition, hazard?: string): Decision {
  const { intent, confidence, inScope, alternatives } = recognition;
  const ranked = [{ intent, confidence }, ...alternatives.filter((other) => other.intent !== intent)];
  if (confidence < sureFrom && ranked.some((each) => each.intent === hazard && each.confidence >= confidence - tie))
    return { kind: 'sure', intent: hazard ?? intent };
  if (intent === 'none' && confidence >= sureFrom) return { kind: 'stray' };
  if (inScope < inScopeFrom && confidence < certainFrom) return { kind: 'stray' };
  if (intent !== 'none' && confidence >= sureFrom) return { kind: 'sure', intent };
  const best = ranked.filter(({ intent: id }) => id !== 'none' && !/^(chat|control)\./.test(id)).slice(0, 2);
  if (confidence >= offerFrom && best.length > 0) return { kind: 'offer', intents: best.map((each) => each.intent) };
  return { kind: 'unclear' };
}
