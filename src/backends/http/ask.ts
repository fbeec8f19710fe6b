import { setTimeout as wait } from 'node:timers/promises';
import { notFound } from '#errors';
import { type Answered, type Asked, type VerbName, verbs } from '../verbs.ts';
import type { Breaker } from './breaker.ts';
import { Fault } from './fault.ts';
import { readField, shows, valuesAt, writeField, writePath } from './fields.ts';
import type { Mapping, VerbMapping } from './mapping.ts';
import { type Call, type Reply, send } from './send.ts';

export interface Settings {
  mapping: Mapping;
  baseUrl: string;
  token?: string;
  clock: () => Date;
  /** Milliseconds for one verb, repeats and pauses and all. */
  timeout: number;
  attempts: number;
  /** The longest pause before the first repeat; doubled for each further one. */
  pause: number;
  maxBytes: number;
  random: () => number;
}

type Note = (fault: Fault, facts: Record<string, unknown>) => void;

function callFor(name: VerbName, request: object, verb: VerbMapping, settings: Settings): Call {
  const { mapping, baseUrl, token = '' } = settings;
  const { zone, auth } = mapping;
  const url = new URL(baseUrl.replace(/\/+$/, '') + writePath(request, verb.path, zone));
  for (const [key, field] of Object.entries(verb.query)) {
    const value = writeField(request, field, zone);
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  const headers: Record<string, string> = {};
  if (auth) headers[auth.header] = auth.value.replace('{token}', () => token);
  const key = keyOf(name, request);
  if (verb.idempotency && key) headers[verb.idempotency] = key;
  return { method: verb.method, url, headers, body: verb.body && writeField(request, verb.body, zone) };
}

function keyOf(name: VerbName, request: object): string | undefined {
  const verb = verbs[name];
  return 'writes' in verb ? String((request as Record<string, unknown>)[verb.writes]) : undefined;
}

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
    for (const found of valuesAt(answer, path))
      if (String(found) !== number) throw new Fault('account', 'answered with the wrong account', false, { path });
}

function answerOf<Name extends VerbName>(
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
  return checkedAnswer(name, dated(read, settings.clock), number);
}

/** An answer without a time is of now. */
const dated = (read: unknown, clock: () => Date) =>
  typeof read === 'object' && read !== null && !Array.isArray(read) ? { asOf: clock().toISOString(), ...read } : read;

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

/** Asks a verb of the utility's system: as often as is safe, within its time. @throws Fault */
export async function askOver<Name extends VerbName>(
  name: Name,
  request: Asked<Name>,
  settings: Settings,
  breaker: Breaker,
  note: Note,
): Promise<Answered<Name>> {
  const verb = settings.mapping.verbs[name];
  if (!verb) throw new Fault('shape', 'not connected: the mapping has no such verb', false);
  const call = callFor(name, request, verb, settings);
  breaker.enter();
  const repeatable = !breaker.onTrial && (!('writes' in verbs[name]) || verb.idempotency !== undefined);
  const until = performance.now() + settings.timeout;
  for (let attempt = 1; ; attempt += 1) {
    const started = performance.now();
    // The first attempts leave time for one more.
    const last = !repeatable || attempt >= settings.attempts;
    const time = (until - started) * (last ? 1 : 0.6);
    try {
      const reply = await send(call, time, settings.maxBytes);
      const answer = answerOf(name, request, reply, verb, settings);
      breaker.succeeded();
      return answer;
    } catch (cause) {
      const fault = cause instanceof Fault ? cause : undefined;
      if (fault) note(fault, { attempt, milliseconds: Math.round(performance.now() - started) });
      const pause = settings.random() * settings.pause * 2 ** (attempt - 1);
      if (fault?.outage && !last && performance.now() + pause < until) {
        await wait(pause);
        continue;
      }
      if (fault?.outage) breaker.failed();
      else breaker.succeeded();
      throw cause;
    }
  }
}
