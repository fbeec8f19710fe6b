import { type Gazetteer, type Model, readEntities } from '#nlu';
import type { Tried, Verdict } from '#wire';

/** What is tried on a message: a version's model. */
export interface Subject {
  version: number;
  model: Model;
}

/** How each version understands a message, and why. */
export function tryMessage(
  text: string,
  published: Subject,
  draft: Subject | undefined,
  nameOf: (intent: string) => string,
  now: Date,
  gazetteer: Gazetteer | undefined,
): Tried {
  return {
    published: verdict(text, published, nameOf),
    draft: draft && verdict(text, draft, nameOf),
    entities: { ...readEntities(text, now, { gazetteer }) },
  };
}

function verdict(text: string, { version, model }: Subject, nameOf: (intent: string) => string): Verdict {
  const { intent, confidence, inScope, alternatives } = model.recognise(text);
  const { readings, nearest, features } = model.explain(text);
  const named = <T extends { intent: string }>(each: T) => ({ ...each, name: nameOf(each.intent) });
  const best = [{ intent, confidence }, ...alternatives].map(named);
  return { version, best, inScope, readings, nearest: nearest.map(named), features };
}
