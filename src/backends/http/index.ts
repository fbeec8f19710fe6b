import { z } from 'zod';
import { SettingsError } from '#errors';
import type { Backend } from '../port.ts';
import { type Answering, portOver, type VerbName } from '../verbs.ts';
import { askOver } from './ask.ts';
import { type Breaker, openBreaker } from './breaker.ts';
import type { Settings } from './call.ts';
import { areaOf, Fault } from './fault.ts';
import { keepAnswers } from './kept.ts';
import type { Mapping } from './mapping.ts';

export { type Mapping, readMapping } from './mapping.ts';

interface Log {
  warn(facts: object, message: string): void;
}

export interface HttpBackendOptions {
  mapping: Mapping;
  /** Where the paths of the mapping begin, «https://gateway.example/api». */
  baseUrl: string;
  token?: string;
  clock: () => Date;
  log: Log;
  /** Milliseconds for one verb, all in all. */
  timeout?: number;
  attempts?: number;
  pause?: number;
  maxBytes?: number;
  /** Failures in a row of one area that open its circuit breaker, and for how many milliseconds. */
  failures?: number;
  openFor?: number;
  random?: () => number;
}

const usual = { timeout: 2500, attempts: 3, pause: 100, maxBytes: 4_000_000, random: Math.random };

/**
 * The utility's own systems over HTTP. Each verb answers within its time or rejects with BackendUnavailable; what may be told late is
 * answered from the last good answer meanwhile, marked `stale`.
 */
export function httpBackend({ log, failures = 5, openFor = 10_000, ...options }: HttpBackendOptions): Backend {
  if (!z.url({ protocol: /^https?$/ }).safeParse(options.baseUrl).success)
    throw new SettingsError([`«${options.baseUrl}» is no address. Give one like https://gateway.example/api.`]);
  const settings: Settings = { ...usual, ...options };
  const kept = keepAnswers(options.clock);
  const breakers = new Map<string, Breaker>();

  function breakerOf(name: VerbName): Breaker {
    const area = areaOf(name);
    const breaker = breakers.get(area) ?? openBreaker({ failures, openFor, clock: options.clock });
    breakers.set(area, breaker);
    return breaker;
  }

  const answer: Answering = async (name, request) => {
    const note = ({ kind, facts }: Fault, more: object) =>
      log.warn({ verb: name, fault: kind, ...facts, ...more }, 'The utility’s system did not answer as it should.');
    try {
      const fresh = await askOver(name, request, settings, breakerOf(name), note);
      kept.put(name, request, fresh);
      return fresh;
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      const old = kept.get(name, request);
      if (old !== undefined) return old;
      throw cause.forVerb(name);
    }
  };
  return portOver(false, answer);
}
