import { notFound } from '#errors';
import { type Answered, type Asked, neededBy, type VerbName, verbs } from '../verbs.ts';
import { arranged } from './arrange.ts';
import type { Settings } from './call.ts';
import { Fault } from './fault.ts';
import { readField, shows, valuesAt } from './fields.ts';
import type { VerbMapping } from './mapping.ts';
import type { Reply } from './send.ts';

const transient = (status: number) => status >= 500 || status === 429 || status === 408;

/** Refuses what is no answer to the question, before anybody reads it. */
function refuse(reply: Reply, verb: VerbMapping, { mapping }: Settings): void {
  const { status, answer } = reply;
  if (status >= 300) throw new Fault('status', `answered with status ${status}`, transient(status), { status });
  const success = verb.success ?? mapping.success;
  if (success && !shows(success, status, answer))
    throw new Fault('refused', 'answered that it could not do it', true, { status });
}

function ofThatAccount(answer: unknown, verb: VerbMapping, number: string): void {
  for (const path of verb.account ?? [])
    for (const found of valuesAt(answer, path)) {
      if (found === undefined)
        throw new Fault('shape', 'did not say of which account it is', false, { faults: [`${path}: nothing there`] });
      if (String(found) !== number) throw new Fault('account', 'answered with the wrong account', false, { path });
    }
}

/** What the utility's system said, as ours and checked. @throws Fault where it is no answer to the question. */
export function answerOf<Name extends VerbName>(
  name: Name,
  request: Asked<Name>,
  reply: Reply,
  verb: VerbMapping,
  settings: Settings,
): Answered<Name> {
  const shape = verbs[name].answer;
  const number = 'writes' in verbs[name] ? undefined : (request as { number?: string }).number;
  if (shows(verb.repeated, reply.status, reply.answer)) return undefined as Answered<Name>;
  if (shows(verb.absent, reply.status, reply.answer)) {
    if (shape.safeParse(undefined).success) return undefined as Answered<Name>;
    throw notFound('There is no account of that number.', 'Look it up with accounts.find first.');
  }
  refuse(reply, verb, settings);
  if (number) ofThatAccount(reply.answer, verb, number);
  const read = verb.answer && readField(reply.answer, verb.answer, settings.mapping.zone);
  const timed = neededBy(name).includes('asOf') ? dated(read, settings.clock) : read;
  return arranged(name, request, checkedAnswer(name, timed, number));
}

/** An answer without a time is of now. */
const dated = (read: unknown, clock: () => Date) =>
  typeof read === 'object' && read !== null ? { asOf: clock().toISOString(), ...read } : read;

function checkedAnswer<Name extends VerbName>(name: Name, read: unknown, number: string | undefined): Answered<Name> {
  const parsed = read === undefined && !('writes' in verbs[name]) ? undefined : verbs[name].answer.safeParse(read);
  if (!parsed?.success) {
    // Paths and rules, never values: these may be names, phones or money.
    const faults = parsed?.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
    throw new Fault('shape', 'answered with what can not be read', false, { faults: faults ?? ['nothing there'] });
  }
  const { number: found = number } = (parsed.data ?? {}) as { number?: string };
  if (found !== number) throw new Fault('account', 'answered with the wrong account', false);
  return parsed.data as Answered<Name>;
}
