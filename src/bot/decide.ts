import type { Recognition } from '#nlu';

/**
 * From which confidence on a message is acted upon. A wrong dialog costs the customer a «取消» and trust, an offer of two buttons
 * costs one tap: begin when at least two of three would be right, offer when the better of two likely is.
 */
export const sureFrom = 0.55;
export const offerFrom = 0.25;
/** Below this the message is taken as not meant for a power utility at all. */
export const inScopeFrom = 0.35;
/** A message that names a danger stays with another intent only if the classifier is all but certain of it. */
export const certainFrom = 0.92;

export type Decision =
  | { kind: 'sure'; intent: string }
  | { kind: 'offer'; intents: string[] }
  | { kind: 'stray' }
  | { kind: 'unclear' };

/** What to do with a message that answers no question of ours. */
export function decide(recognition: Recognition): Decision {
  const { intent, confidence, inScope, alternatives } = recognition;
  if (intent === 'none' && confidence >= sureFrom) return { kind: 'stray' };
  if (inScope < inScopeFrom && confidence < certainFrom) return { kind: 'stray' };
  if (intent !== 'none' && confidence >= sureFrom) return { kind: 'sure', intent };
  const best = [{ intent, confidence }, ...alternatives]
    .filter((candidate) => candidate.intent !== 'none' && !/^(chat|control)\./.test(candidate.intent))
    .filter((candidate, index, all) => all.findIndex((other) => other.intent === candidate.intent) === index)
    .slice(0, 2);
  if (confidence >= offerFrom && best.length > 0) return { kind: 'offer', intents: best.map((each) => each.intent) };
  return { kind: 'unclear' };
}
