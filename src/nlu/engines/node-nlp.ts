import { type Engine, recognitionOf } from '../classifier/port.ts';

/** node-nlp as its documentation uses it, for comparison. It can take minutes to learn and hundreds of megabytes to keep. */
export const nodeNlpEngine = (): Engine => ({
  name: 'node-nlp',
  async learn(examples) {
    const path = 'node-nlp';
    const { NlpManager } = (await import(path)) as { NlpManager: new (settings: object) => Manager };
    await readDictionary();
    const manager = new NlpManager({ languages: ['zh'], forceNER: false, autoSave: false, nlu: { log: false } });
    for (const { text, intent } of examples) manager.addDocument('zh', text, intent);
    await manager.train();
    return {
      async recognise(text) {
        const { classifications } = await manager.process('zh', text);
        return recognitionOf(classifications.map(({ intent, score }) => ({ label: intent, value: score })));
      },
      bytes: () => manager.export(true).length,
    };
  },
});

/** Ahead of its first use, which would announce itself on standard output: that belongs to commands. */
async function readDictionary(): Promise<void> {
  const path = '@nlpjs/lang-zh/src/dictionary.js';
  const { default: dictionary } = (await import(path)) as { default: { start(): void } };
  const { log } = console;
  console.log = () => undefined;
  try {
    dictionary.start();
  } finally {
    console.log = log;
  }
}

interface Manager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  export(minified: boolean): string;
}
