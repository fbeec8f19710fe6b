import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Engine, engines, type Learnt } from '#nlu';

const said: Record<string, string[]> = {
  'fault.report': ['我家没电了', '家里停电了请派人来修', '电表箱坏了要修', '店里没有电'],
  'bill.query': ['查电费', '这个月电费多少钱', '还欠多少电费', '电费账单'],
};
const examples = Object.entries(said).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));

test('our own engine comes first: it is the one that serves', () => {
  expect(engines().map(({ name }) => name)).toEqual(['gridtalk', 'natural', 'node-nlp']);
});

// One promise, three engines.
describe.each(engines().map((engine): [string, Engine] => [engine.name, engine]))('%s', (_, engine) => {
  let learnt: Learnt;
  beforeAll(async () => {
    learnt = await engine.learn(examples);
  }, 120_000);

  test.each([
    ['家里没电了', 'fault.report'],
    ['查一下电费', 'bill.query'],
  ])('«%s» is %s', async (text, intent) => {
    expect((await learnt.recognise(text)).intent).toBe(intent);
  });

  test.each(['', '👍', '\u0000', '\ud83d', 'Привет', '停'.repeat(5000)])('%j has a recognition', async (text) => {
    const { intent, confidence, inScope, alternatives } = await learnt.recognise(text);
    expect(['fault.report', 'bill.query', 'none', 'None']).toContain(intent);
    for (const chance of [confidence, inScope, ...alternatives.map((other) => other.confidence)]) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
    }
  });

  test('its size is known', () => {
    expect(learnt.bytes()).toBeGreaterThan(100);
  });
});
