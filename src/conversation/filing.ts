import type { OrderType } from '#wire';
import type { Turn } from './declare.ts';
import type { Slot, Slots } from './slot.ts';
import { address, type PhoneValue, type PlaceValue, placeOf } from './slots.ts';

/** Any turn whose form has what every application asks. */
type Told = Turn<
  { place: Slot<PlaceValue>; phone: Slot<PhoneValue>; name: Slot<string>; photos: Slot<string[]> },
  string
>;

interface Filing {
  type?: OrderType;
  slots?: Slots;
  marks?: readonly (string | false | undefined)[];
  /** Buttons under the receipt, after that of its progress. */
  also?: readonly string[];
  progress?: string;
}

/** Files what was told as an order, and tells its number. */
export async function file(
  turn: Told,
  { type = 'service', slots, marks = [], also = [], progress }: Filing,
): Promise<void> {
  const told = turn.slots;
  const { place, phone: contact } = told;
  const vague = place !== undefined && address().enough?.(place) === false;
  const unproved = place?.accountNumber !== undefined && !turn.bound.includes(place.accountNumber);
  const filed = await turn.workorders.file({
    type,
    place: placeOf(place),
    phone: contact?.number,
    name: told.name,
    photos: told.photos,
    facts: factsOf(turn, slots ?? {}),
    marks: [!contact && 'no_phone', vague && 'address_incomplete', unproved && 'account_unproved', ...marks].filter(
      (mark) => typeof mark === 'string',
    ),
    ...measures(told),
  });
  const buttons = [progress ?? 'go.service.progress', ...also].slice(0, 3);
  turn.say('filed', { number: filed.number, answerBy: filed.answerBy }, buttons);
  if (vague) turn.say('filed.vague');
}

/** Fields of an order that have columns of their own. */
const columns = ['place', 'phone', 'name', 'photos', 'capacity', 'household', 'startedAt'];

/** Own slots as the customer saw them in the summary, in the language of the staff. */
function factsOf(turn: Told, slots: Slots): Record<string, string> {
  const values = turn.slots as Record<string, unknown>;
  const shown = Object.entries(slots).flatMap(([slot, { show }]) => {
    const value = columns.includes(slot) ? undefined : values[slot];
    const words = value === undefined ? undefined : show?.(value, turn.staffWord);
    return words ? [[turn.staffWord(`slot.${slot}`).split('|')[0] ?? slot, words]] : [];
  });
  return Object.fromEntries(shown);
}

function measures(slots: Record<string, unknown>) {
  const { capacity, household, startedAt } = slots as {
    capacity?: { value: number; unit: 'kW' | 'kVA' };
    household?: number;
    startedAt?: { start: string; grain: 'minute' | 'hour' | 'day' | 'part' };
  };
  return { capacity, household, startedAt: startedAt?.start, startedGrain: startedAt?.grain };
}
