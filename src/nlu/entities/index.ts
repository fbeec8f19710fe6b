import { readAccount } from './accounts.ts';
import { readAddress } from './address.ts';
import { readAmount } from './amount.ts';
import { readBegan } from './began.ts';
import { readCapacity } from './capacity.ts';
import { type Now, parseNow } from './civil.ts';
import { digitRuns } from './digit-runs.ts';
import { readEnergy } from './energy.ts';
import { readEnglishAddress } from './english/address.ts';
import { readFaultKind } from './faults.ts';
import { bounded, fold } from './fold.ts';
import { readMonth } from './months.ts';
import { readHousehold, readName } from './people.ts';
import { readPhone } from './phones.ts';
import { withLoneSurnames } from './surnames.ts';
import type { Entities, ReadOptions } from './types.ts';

export { normaliseAddress } from './address.normalise.ts';
export { readAddressPart, readAddressParts } from './address.parts.ts';
export { readYesNo } from './answers.ts';
export { withoutSlips } from './corrections.same-breath.ts';
export { type Correction, readCorrection } from './corrections.ts';
export { readDangers } from './dangers.ts';
export { readDays } from './days.ts';
export { lengthOf } from './english/phrases.ts';
export { foldAddress } from './fold.ts';
export { readMonthAnswer } from './months.ts';
export { parseNumber } from './numerals.ts';
export { readTimeAnswer } from './time.answer.ts';
export type {
  Capacity,
  Danger,
  DangerKind,
  Entities,
  FaultKind,
  Gazetteer,
  Moment,
  Period,
  ReadOptions,
} from './types.ts';

/**
 * What the message says of phones, places, times and quantities; every key is absent when it is not really there. Pure: the
 * clock is `now` (a Date is read as Chinese time, ISO 8601 with its own offset), nothing is asked of the world, nothing thrown.
 */
export function readEntities(message: string, now: Date | string, options: ReadOptions = {}): Entities {
  const text = bounded(message);
  const folded = fold(text);
  const runs = digitRuns(withLoneSurnames(text, folded));
  return present({
    phone: readPhone(folded, runs),
    accountNumber: readAccount(folded, runs),
    address: readAddress(text, folded, options.gazetteer) ?? readEnglishAddress(text),
    ...readTimes(folded, parseNow(now)),
    amount: readAmount(folded),
    energy: readEnergy(folded),
    capacity: readCapacity(folded),
    name: readName(text, folded),
    faultKind: readFaultKind(folded),
    household: readHousehold(folded),
  });
}

const readTimes = (folded: string, now: Now | undefined): Entities =>
  now ? { time: readBegan(folded, now), month: readMonth(folded, now) } : {};

const present = (entities: Entities): Entities =>
  Object.fromEntries(Object.entries(entities).filter(([, value]) => value !== undefined));
