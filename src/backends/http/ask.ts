import { setTimeout as wait } from 'node:timers/promises';
import { type Answered, type Asked, type VerbName, verbs } from '../verbs.ts';
import { answerOf } from './answer.ts';
import type { Breaker } from './breaker.ts';
import { callFor, type Settings } from './call.ts';
import { Fault } from './fault.ts';
import { send } from './send.ts';

export type Note = (fault: Fault, facts: Record<string, unknown>) => void;

/** The first attempts leave time for one more. */
const shareOfTime = 0.6;

/**
 * Tries until it is done, the attempts are used up or the time is over. Only where the system as a whole seems ill, and with full
 * jitter, so that the replicas do not all come back at the same moment.
 */
async function repeated<T>(
  attempts: number,
  settings: Settings,
  once: (milliseconds: number) => Promise<T>,
  note: Note,
) {
  const until = performance.now() + settings.timeout;
  for (let attempt = 1; ; attempt += 1) {
    const started = performance.now();
    const last = attempt >= attempts;
    try {
      return await once((until - started) * (last ? 1 : shareOfTime));
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      note(cause, { attempt, milliseconds: Math.round(performance.now() - started) });
      const pause = settings.random() * settings.pause * 2 ** (attempt - 1);
      if (last || !cause.outage || performance.now() + pause >= until) throw cause;
      await wait(pause);
    }
  }
}

async function watched<T>(breaker: Breaker, run: () => Promise<T>): Promise<T> {
  try {
    const answer = await run();
    breaker.succeeded();
    return answer;
  } catch (cause) {
    // A system that says «no such account», or something unreadable of one account, is alive.
    if (cause instanceof Fault && cause.outage) breaker.failed();
    else breaker.succeeded();
    throw cause;
  }
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
  if (!verb) throw new Fault('unmapped', 'not connected to the utility', false);
  const call = callFor(name, request, verb, settings);
  breaker.enter();
  const safe = !('writes' in verbs[name]) || verb.idempotency !== undefined;
  const attempts = safe && !breaker.onTrial ? settings.attempts : 1;
  const once = async (milliseconds: number) =>
    answerOf(name, request, await send(call, milliseconds, settings.maxBytes), verb, settings);
  return watched(breaker, () => repeated(attempts, settings, once, note));
}
