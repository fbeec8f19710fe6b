import { type Answered, type Asked, type VerbName, verbs } from '../verbs.ts';

const mark = (value: unknown, asOf: string): unknown => {
  if (Array.isArray(value)) return value.map((each) => mark(each, asOf));
  return { asOf, ...(value as object), stale: true };
};

/** The last good answers of what may be told late; an old answer is told as such, and none is told for longer than its verb allows. */
export function keepAnswers(clock: () => Date, most = 1000) {
  const answers = new Map<string, { answer: unknown; at: number }>();
  const keyOf = (name: VerbName, request: unknown) => `${name} ${JSON.stringify(request)}`;
  const keptFor = (name: VerbName): number => {
    const verb = verbs[name];
    return 'keep' in verb ? verb.keep : 0;
  };

  return {
    put<Name extends VerbName>(name: Name, request: Asked<Name>, answer: Answered<Name>): void {
      const key = keyOf(name, request);
      answers.delete(key);
      // That something does not exist is not kept: it may come into being.
      if (keptFor(name) === 0 || answer === undefined) return;
      answers.set(key, { answer, at: clock().getTime() });
      for (const oldest of answers.keys()) if (answers.size > most) answers.delete(oldest);
    },
    get<Name extends VerbName>(name: Name, request: Asked<Name>): Answered<Name> | undefined {
      const kept = answers.get(keyOf(name, request));
      if (!kept || clock().getTime() - kept.at > keptFor(name)) return undefined;
      if (name === 'directory.gazetteer') return kept.answer as Answered<Name>;
      return mark(kept.answer, new Date(kept.at).toISOString()) as Answered<Name>;
    },
  };
}
