import { toBytes } from '../classifier/bytes.ts';
import { fit } from '../classifier/fit.ts';
import type { Language } from '../classifier/language.ts';
import type { Engine } from '../classifier/port.ts';
import { naturalEngine } from './natural.ts';
import { nodeNlpEngine } from './node-nlp.ts';

const ownEngine = (language: Language): Engine => ({
  name: 'gridtalk',
  async learn(examples) {
    const model = fit(examples, { language });
    return { recognise: (text) => model.recognise(text), bytes: () => toBytes(model.knowledge).length };
  },
});

/** Every engine by its name; the first is the one that serves. */
export const enginesWith = (language: Language): Engine[] => [
  ownEngine(language),
  naturalEngine(language),
  nodeNlpEngine(),
];
