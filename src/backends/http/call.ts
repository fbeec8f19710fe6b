import { type VerbName, verbs } from '../verbs.ts';
import { writeField, writePath } from './fields.ts';
import type { Mapping, VerbMapping } from './mapping.ts';
import type { Call } from './send.ts';

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

/** A verb and what is asked, as the utility's system wants it. */
export function callFor(name: VerbName, request: object, verb: VerbMapping, settings: Settings): Call {
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
