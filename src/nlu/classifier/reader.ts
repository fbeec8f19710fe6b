import type { Corrector } from './corrector.ts';
import { type Features, readFeatures } from './features.ts';
import type { Language } from './language.ts';
import { normalise } from './normalise.ts';

/** A message as written, and as it reads when its slips are mended; the second only where it differs. */
export interface Views {
  text: string;
  views: Features[];
}

export function readViews(text: string, language: Language, corrector: Corrector): Views {
  const plain = normalise(text, language.simplify);
  const mended = corrector.correct(plain);
  const texts = mended === plain ? [plain] : [plain, mended];
  return { text: plain, views: texts.map((view) => readFeatures(view, language)) };
}
