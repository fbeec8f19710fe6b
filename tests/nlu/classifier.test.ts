import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Example, fit as learn, type Model, modelFromBytes, modelToBytes } from '#nlu';

const said: Record<string, string[]> = {
  'fault.report': [
    '我家没电了',
    '家里停电了请派人来修',
    '空开一推就跳',
    '电表箱冒火星',
    '厨房插座没有电',
    '店里灯全灭了',
    '我要报修',
  ],
  'bill.query': [
    '查电费',
    '我家这个月电费多少钱',
    '还欠多少电费',
    '余额还剩多少',
    '上个月交了多少钱',
    '电费账单看一下',
    '帮我看看电费',
  ],
  'bill.invoice': [
    '开发票',
    '电费发票怎么开',
    '要一张增值税专票',
    '发票抬头写错了',
    '电子发票发我邮箱',
    '能补开去年的发票吗',
    '开票',
  ],
  'agent.handoff': ['转人工', '找个真人', '人工客服', '我要跟人说话', '接人工', '叫你们客服来', '人工人工'],
  none: ['今天天气怎么样', '水费怎么交', '推荐个电影', '宽带断网了', '讲个笑话', '附近有什么好吃的', '煤气没了'],
};
const examples: Example[] = Object.entries(said).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));

describe('a classifier that has learnt a few dozen sentences', () => {
  let model: Model;
  beforeAll(() => {
    model = learn(examples);
  });

  test.each([
    ['家里没有电了', 'fault.report'],
    ['查一下电费', 'bill.query'],
    ['给我开张发票', 'bill.invoice'],
    ['我要人工', 'agent.handoff'],
    ['今天天气好吗', 'none'],
  ])('«%s» is %s', (text, intent) => {
    expect(model.recognise(text).intent).toBe(intent);
  });

  test.each([
    ['traditional script', '查電費'],
    ['full width and courtesy', '　您好，请问查电费，谢谢！！！'],
    ['a slip of the input method', '查电飞'],
    ['invisible characters', '查\u200b电\ufe0f费'],
  ])('%s changes nothing', (_, text) => {
    expect(model.recognise(text).intent).toBe('bill.query');
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t　'],
    ['one emoji', '👍'],
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['a lone surrogate', '\ud83d没电\udc00'],
    ['5,000 characters', '我家停電了怎么办'.repeat(625)],
    ['another script', 'Привет, у нас нет света'],
    ['what grows under NFKC', '\ufdfa'.repeat(5000)],
  ])('%s has a recognition', (_, text) => {
    expectSound(model, text);
  });

  test('any text has a recognition', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => expectSound(model, text)));
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => expectSound(model, text)));
  });

  test('what belongs to no intent is less in scope than what was taught', () => {
    const inside = model.recognise('我家停电了').inScope;
    expect(model.recognise('明天会下雨吗').inScope).toBeLessThan(inside);
  });

  test('alternatives are the other intents, best first', () => {
    const { intent, confidence, alternatives } = model.recognise('电费发票');
    const chances = alternatives.map((other) => other.confidence);
    expect(alternatives.map((other) => other.intent)).not.toContain(intent);
    expect([...chances].sort((a, b) => b - a)).toEqual(chances);
    expect(confidence).toBeGreaterThanOrEqual(chances[0]!);
  });

  test('it can say why: the nearest sentences and what speaks for the winner', () => {
    const evidence = model.explain('我要开发票');
    expect(evidence.intent).toBe('bill.invoice');
    expect(evidence.nearest[0]).toMatchObject({ intent: 'bill.invoice', text: '开发票' });
    expect(evidence.features.some(({ text, weight }) => text.includes('票') && weight > 0)).toBe(true);
  });

  test('why also shows the text as it was mended', () => {
    expect(model.explain('电飞发票').readings).toEqual(['电飞发票', '电费发票']);
  });

  test('a model read back from its bytes recognises the same', () => {
    const again = modelFromBytes(modelToBytes(model));
    for (const text of ['没电', '发票', '电飞', '👍', '', '开票抬头']) {
      expect(again.recognise(text)).toEqual(model.recognise(text));
      expect(again.explain(text)).toEqual(model.explain(text));
    }
  });

  test.each([
    ['ＡＢＣ停電', 'abc停电'],
    ['请问，我家的电费是多少？谢谢！', '我家的电费是多少'],
    ['谢谢', '谢谢'],
    ['没电了！！！。。。。😭😭😭😭', '没电了😭😭'],
    ['电话13800000017', '电话☎'],
    ['户号3301000000017', '户号■'],
    ['停了2天', '停了2天'],
    ['嗯，那个那个，查电费', '查电费'],
    ['olly 打开 灯', 'olly打开灯'],
  ])('«%s» is read as «%s»', (text, expected) => {
    expect(model.explain(text).readings[0]).toBe(expected);
  });

  test('a text that is read already is read as it is', () => {
    const read = (text: string) => model.explain(text).readings[0]!;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'我家没电了停费查交你他的嗯a1 ,，。!') }), (text) => {
        expect(read(read(text))).toBe(read(text));
      }),
    );
  });

  test('bytes that are no model are refused', () => {
    expect(() => modelFromBytes(new Uint8Array(100))).toThrow(/no GridTalk model/);
    expect(() => modelFromBytes(new Uint8Array(0))).toThrow(/no GridTalk model/);
  });

  test('the same examples give the same bytes', () => {
    expect(Buffer.compare(modelToBytes(learn(examples)), modelToBytes(model))).toBe(0);
  });

  test('a refit from an earlier model knows the new intent and keeps the old ones', () => {
    const more = ['充电桩在哪', '附近的充电站', '快充多少钱', '充电枪拔不下来'].map((text) => ({
      intent: 'charging.public',
      text,
    }));
    const warm = learn([...examples, ...more], { previous: model });
    expect(warm.recognise('充电站在哪里').intent).toBe('charging.public');
    expect(warm.recognise('开发票').intent).toBe('bill.invoice');
  });
});

test('one intent alone, and one example alone, are enough to answer', () => {
  const model = learn([{ intent: 'fault.report', text: '没电' }]);
  expect(model.recognise('没电').intent).toBe('fault.report');
});

test('nothing to learn from is a fault that says so', () => {
  expect(() => learn([])).toThrow(/no examples/);
});

function expectSound(model: Model, text: string): void {
  const { intent, confidence, inScope, alternatives } = model.recognise(text);
  expect(model.intents).toContain(intent);
  for (const chance of [confidence, inScope, ...alternatives.map((other) => other.confidence)]) {
    expect(chance).toBeGreaterThanOrEqual(0);
    expect(chance).toBeLessThanOrEqual(1);
  }
}
