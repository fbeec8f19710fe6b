import { type Engine, recognitionOf } from '../classifier/port.ts';

/** node-nlp as its documentation uses it, for comparison. It can take minutes to learn and hundreds of megabytes to keep. */
export const nodeNlpEngine = (): Engine => ({
  name: 'node-nlp',
  async learn(examples) {
    const path = 'node-nlp';
    const { NlpManager } = (await import(path)) as { NlpManager: new (settings: object) => Manager };
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

interface Manager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  export(minified: boolean): string;
}
