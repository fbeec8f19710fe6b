import { conversation, type Filed, type Next, type Turn } from './declare.ts';
import type { Slots, Values } from './slot.ts';
import { address, name, phone, photos, placeOf, yesNo } from './slots.ts';

/** What every application asks. `go`: whether a customer who only asked how it is done wants to apply now. */
const common = {
  place: address(),
  phone: phone(),
  name: name(),
  photos: photos(),
  go: yesNo({ buttons: ['button.apply', 'button.later'], passing: true }),
};
const says = ['guide', 'later', 'filed', 'filed.vague'] as const;

type Common = typeof common;
export type Applied<S> = Turn<Common & S, (typeof says)[number]>;

interface Application<S extends Slots> {
  /** Asked beside place and phone; what they show goes to the order as facts, capacity and household as fields. */
  slots?: S;
  /** Before each question, after the guide: what depends on the case. */
  before?(turn: Applied<S>, upcoming: string): Promise<Next<string>> | Next<string>;
  /** Further text keys that `before` says. */
  says?: readonly string[];
  /** Marks for staff, from what was told. */
  marks?(turn: Applied<S>): readonly string[];
}

/**
 * A business application (业务受理): who may ask, papers, steps and time limit are told first (`guide`), then what the order needs is
 * asked, shown for a yes and filed as a service order. A mere question gets the guide, and an offer to apply.
 */
export function application<const S extends Slots>({ slots, before, says: more = [], marks }: Application<S>) {
  const all = { ...common, ...slots } as Common & S;
  return conversation({
    slots: all,
    says: [...says, ...(more as never[])],
    confirm: true,
    async before(turn: Applied<S>, upcoming: string) {
      return ((await guide(turn)) ?? (await before?.(turn, upcoming))) as Next<keyof (Common & S) & string>;
    },
    async finish(turn: Applied<S>) {
      const told: Values<Common> = turn.slots;
      const filed = await turn.workorders.file({
        type: 'service',
        place: placeOf(told.place),
        phone: told.phone?.number,
        name: told.name,
        photos: told.photos,
        facts: factsOf(turn, slots ?? {}),
        marks: marks?.(turn),
        ...measures(turn.slots),
      });
      tell(turn, filed, common.place.enough?.(told.place ?? { source: 'said' }) === false);
    },
  });
}

function guide<S>({ memo, slots, question, say }: Applied<S>): Next<'go'> {
  if (slots.go === false) {
    say('later');
    return 'done';
  }
  if (memo.guided) return undefined;
  memo.guided = true;
  say('guide');
  return question && slots.go === undefined ? { ask: 'go' } : undefined;
}

function tell<S>({ say }: Applied<S>, { number, answerBy }: Filed, vague: boolean): void {
  say('filed', { number, answerBy }, ['go.service.progress']);
  if (vague) say('filed.vague');
}

/** Own slots as the customer saw them in the summary. */
function factsOf<S>(turn: Applied<S>, slots: Slots): Record<string, string> {
  const values = turn.slots as Record<string, unknown>;
  const shown = Object.entries(slots).flatMap(([slot, { show }]) => {
    const value = values[slot];
    const words = value === undefined ? undefined : show?.(value, turn.word);
    return words ? [[turn.word(`slot.${slot}`).split('|')[0] ?? slot, words]] : [];
  });
  return Object.fromEntries(shown);
}

/** Fields of an order that have columns of their own. */
function measures(slots: Record<string, unknown>) {
  const { capacity, household } = slots as { capacity?: { value: number; unit: 'kW' | 'kVA' }; household?: number };
  return { capacity, household };
}
