import { BackendUnavailable } from '#errors';
import type { VerbName } from '../verbs.ts';

export type FaultKind =
  | 'unreachable'
  | 'slow'
  | 'status'
  | 'refused'
  | 'unreadable'
  | 'shape'
  | 'account'
  | 'open'
  | 'unmapped';

const mends: Record<FaultKind, string> = {
  unreachable: 'See whether the system runs and the address in the settings is right.',
  slow: 'See why the system is slow, or allow it more time.',
  status: 'See the log of the system; for 401 and 403, the token.',
  refused: 'See the log of the system, and `success` in the mapping.',
  unreadable: 'See what stands before the system: the answer was no JSON.',
  shape: 'Correct the mapping of this verb in the mapping file: the log names the fields.',
  account: 'Have the system examined at once: it mixes up accounts.',
  unmapped: 'Add the verb to the mapping file, where the utility has it.',
  open: 'Nothing: it is tried again by itself.',
};

/** Why a call came to nothing. `outage`: the system as a whole seems ill, so trying again or later may help. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly outage: boolean;
  readonly facts: Record<string, unknown>;

  constructor(kind: FaultKind, message: string, outage: boolean, facts: Record<string, unknown> = {}) {
    super(message);
    this.kind = kind;
    this.outage = outage;
    this.facts = facts;
  }

  /** As callers of the port know it. */
  forVerb(name: VerbName): BackendUnavailable {
    return new BackendUnavailable(areaOf(name), `${name}: ${this.message}`, mends[this.kind]);
  }
}

export const areaOf = (name: VerbName): string => name.slice(0, name.indexOf('.'));
