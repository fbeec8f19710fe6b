import type { Answered, Asked, VerbName } from '../verbs.ts';
import { Fault } from './fault.ts';

const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** The most outlets that anybody reads. */
const mostOutlets = 10;

function inside(texts: readonly string[], { from, to }: { from: string; to: string }): void {
  if (texts.some((text) => text < from || text > to))
    throw new Fault('shape', 'answered with another period', false, { faults: ['outside of what was asked'] });
}

type Arrangements = { [Name in VerbName]?: (answer: Answered<Name>, request: Asked<Name>) => Answered<Name> };

/** What the port promises of lists, whatever order a system sends them in; what was not asked for is refused. */
const arrangements: Arrangements = {
  'bills.months'(answer, request) {
    inside(
      answer.months.map(({ month }) => month),
      request,
    );
    return { ...answer, months: answer.months.toSorted((one, other) => byText(one.month, other.month)) };
  },
  'bills.daily'(answer, request) {
    inside(
      answer.days.map(({ day }) => day),
      request,
    );
    return { ...answer, days: answer.days.toSorted((one, other) => byText(one.day, other.day)) };
  },
  'bills.neighbours'(answer, { month }) {
    inside([answer.month], { from: month, to: month });
    return answer;
  },
  'bills.payments': (answer) => ({
    ...answer,
    payments: answer.payments.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at)),
  }),
  'directory.outlets': (answer) => answer.slice(0, mostOutlets),
};

export function arranged<Name extends VerbName>(
  name: Name,
  request: Asked<Name>,
  answer: Answered<Name>,
): Answered<Name> {
  return arrangements[name]?.(answer, request) ?? answer;
}
