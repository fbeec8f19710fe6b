import { createHash } from 'node:crypto';
import type { Example, Model } from '#nlu';
import type { HeldOut } from '#wire';
import { plain } from './likeness.ts';

/** Every fifth line, chosen by its own words: it is a test today and after any change of others, so models stay comparable. */
const SHARE = 5;
const fateOf = (text: string) => createHash('sha256').update(plain(text)).digest().readUInt32LE(0);
const MOST_CONFUSED = 12;

/** An intent's name is on its button: asking for it would be no test. */
const mayBeTest = ({ voice }: Example) => voice !== 'name';

export interface Split {
  tests: Example[];
  /** Whether a lesson may hold it. */
  lesson(example: Example): boolean;
}

/** Splits what is to be learnt. A small intent that chance would leave without a test gives one line. */
export function split(examples: readonly Example[]): Split {
  const byIntent = Map.groupBy(examples.filter(mayBeTest), ({ intent }) => intent);
  const tests = [...byIntent.values()].flatMap((lines) => {
    const drawn = lines.filter(({ text }) => fateOf(text) % SHARE === 0);
    // All of a small intent may be drawn, too.
    if (drawn.length > 0 && drawn.length * 2 <= lines.length) return drawn;
    return [...lines].sort((a, b) => fateOf(a.text) - fateOf(b.text)).slice(0, Math.ceil(lines.length / SHARE));
  });
  const kept = new Set(tests.map(({ text }) => plain(text)));
  return { tests, lesson: (example) => !mayBeTest(example) || !kept.has(plain(example.text)) };
}

/** Whether a lesson for warm starts may hold it: nothing that is or will be a test. */
export const neverTest = (example: Example) => !mayBeTest(example) || fateOf(example.text) % SHARE !== 0;

/** Puts the same questions to both. */
export function compare(tests: readonly Example[], before: Model, after: Model): Omit<HeldOut, 'seconds'> {
  const answers = tests.map((test) => ({
    test,
    before: before.recognise(test.text).intent === test.intent,
    after: after.recognise(test.text).intent,
  }));
  const rate = (list: typeof answers, right: (answer: (typeof answers)[number]) => boolean) =>
    list.length === 0 ? 0 : list.filter(right).length / list.length;
  const rates = (list: typeof answers) => ({
    tests: list.length,
    before: rate(list, (answer) => answer.before),
    after: rate(list, ({ test, after: said }) => said === test.intent),
  });
  const byIntent = Map.groupBy(answers, ({ test }) => test.intent);
  const wrong = answers.filter(({ test, after: said }) => said !== test.intent);
  const pairs = [...Map.groupBy(wrong, ({ test, after: said }) => `${test.intent} ${said}`).values()];
  return {
    ...rates(answers),
    intents: [...byIntent].map(([intent, list]) => ({ intent, ...rates(list) })),
    confused: pairs
      .sort((a, b) => b.length - a.length)
      .slice(0, MOST_CONFUSED)
      .map((list) => {
        const [{ test, after: takenFor }] = list as [(typeof list)[number]];
        return { intent: test.intent, takenFor, count: list.length, example: test.text };
      }),
  };
}
