import type { Language } from '../classifier/language.ts';
import { type Engine, recognitionOf } from '../classifier/port.ts';

/** natural's naive Bayes over the words of jieba: for comparison. Its index reads .env files and prints advertisements; this part does neither. */
export const naturalEngine = ({ cut }: Language): Engine => ({
  name: 'natural',
  async learn(examples) {
    const path = 'natural/lib/natural/classifiers/bayes_classifier.js';
    const { default: BayesClassifier } = (await import(path)) as { default: new () => Bayes };
    const bayes = new BayesClassifier();
    for (const { text, intent } of examples) bayes.addDocument(cut(text), intent);
    bayes.train();
    return {
      recognise: (text) => recognitionOf(bayes.getClassifications(cut(text))),
      bytes: () => JSON.stringify(bayes).length,
    };
  },
});

interface Bayes {
  addDocument(words: string[], label: string): void;
  train(): void;
  getClassifications(words: string[]): { label: string; value: number }[];
}
