import type { OrderType } from '#wire';
import { conversation, type Next, type Turn } from './declare.ts';
import { about, applyNow, inform } from './inquiry.ts';
import { takeFromFile } from './on-file.ts';
import type { Slots } from './slot.ts';
import { address, isAsked, name, phone, photos, placeOf, yesNo } from './slots.ts';

/** What every application asks or answers. `another`: whether one more is wanted beside the one under way. */
const common = (also: readonly string[]) => ({
  place: address(),
  phone: phone(),
  name: name(),
  photos: photos(),
  go: applyNow(also),
  about: about(),
  another: yesNo(),
});
const says = ['guide', 'time', 'fee', 'later', 'under.way', 'under.way.kept', 'filed', 'filed.vague'] as const;

type Common = ReturnType<typeof common>;
export type Applied<S, Key extends string = string> = Turn<Common & S, Key>;

/** A text to tell before the next question, once. */
export type Note<Key extends string = string> =
  | { key: Key; facts?: Readonly<Record<string, string | number | undefined>> }
  | undefined;

interface Application<S extends Slots, Key extends string> {
  type?: OrderType;
  /** Asked beside place and phone; what they show goes to the order as facts. A slot `kind` may have guides of its own. */
  slots?: S;
  /** Kinds with a text `guide.<kind>`. */
  guides?: readonly string[];
  /** account: the place of an account, the only proved one is taken at once (and shown); site: anywhere. */
  at?: 'account' | 'site';
  /** Buttons under the offer to apply and under the receipt. */
  also?: readonly string[];
  /** Buttons under the receipt. */
  progress?: string;
  /** Further text keys that the hooks say. */
  says?: readonly Key[];
  /** What must be told in this case, each once. */
  notes?(turn: Applied<S, Key>): Promise<readonly Note<Key>[]> | readonly Note<Key>[];
  /** Before the guide: whether to go on at all. */
  before?(turn: Applied<S, Key>, upcoming: string): Promise<Next<string>> | Next<string>;
  needless?(turn: Applied<S, Key>): readonly (keyof S & string)[];
  /** Marks for staff. */
  marks?(turn: Applied<S, Key>): readonly (string | false | undefined)[];
}

/**
 * A business application (业务受理): who may ask, papers, steps and time limit are told first (`guide`), then what the order needs is
 * asked, shown for a yes and filed as an order. A mere question gets the guide, and an offer to apply.
 */
export function application<const S extends Slots, const Key extends string = never>(its: Application<S, Key>) {
  const { slots, says: more = [], guides = [], also = [], at = 'account' } = its;
  const all = { ...common(also), ...slots } as unknown as Common & S;
  const asksKind = slots?.kind !== undefined && isAsked(slots.kind);
  type Ask = Next<keyof (Common & S) & string>;
  return conversation({
    slots: all,
    says: [...says, ...guides.map((kind) => `guide.${kind}`), ...more] as string[],
    confirm: true,
    needless: (turn) => its.needless?.(turn as Applied<S, Key>) ?? [],
    async before(turn, upcoming): Promise<Ask> {
      const own = turn as unknown as Applied<S, Key>;
      const halted = declined(turn as never) ?? (await underWay(turn as never, its.type));
      if (halted) return halted as Ask;
      await takeFromFile(turn as never, at);
      const next = (await its.before?.(own, upcoming)) ?? inform(turn as never, { guides, asksKind });
      if (next) return next as Ask;
      for (const note of (await its.notes?.(own)) ?? []) once(turn as never, note);
      return undefined;
    },
    finish: (turn) => file(turn as never, its as never),
  });
}

type Any = Applied<unknown>;

function declined({ slots, say }: Any): 'done' | undefined {
  if (slots.go !== false) return undefined;
  say('later');
  return 'done';
}

/** The same business is under way in this conversation: no second order by mistake. */
async function underWay({ slots, memo, intent, question, workorders, say }: Any, type: OrderType = 'service') {
  if (slots.another === false) {
    say('under.way.kept');
    return 'done';
  }
  if (memo.looked && slots.another === undefined && memo.under) return { ask: 'another' };
  if (memo.looked || question) return undefined;
  memo.looked = true;
  const order = (await workorders.mine(type)).find((each) => each.intent === intent);
  if (!order) return undefined;
  memo.under = order.number;
  say('under.way', { number: order.number, place: order.address });
  return { ask: 'another' };
}

function once({ memo, say }: Any, note: Note): void {
  if (!note || memo[`note.${note.key}`]) return;
  memo[`note.${note.key}`] = true;
  say(note.key, note.facts);
}

async function file(turn: Any, { type = 'service', slots, marks, also = [], progress }: Application<Slots, string>) {
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
    marks: [
      !contact && 'no_phone',
      vague && 'address_incomplete',
      unproved && 'account_unproved',
      ...(marks?.(turn as never) ?? []),
    ].filter((mark) => typeof mark === 'string'),
    ...measures(told),
  });
  const buttons = [progress ?? 'go.service.progress', ...also].slice(0, 3);
  turn.say('filed', { number: filed.number, answerBy: filed.answerBy }, buttons);
  if (vague) turn.say('filed.vague');
}

/** Fields of an order that have columns of their own. */
const columns = ['place', 'phone', 'name', 'photos', 'capacity', 'household', 'startedAt'];

/** Own slots as the customer saw them in the summary. */
function factsOf(turn: Any, slots: Slots): Record<string, string> {
  const values = turn.slots as Record<string, unknown>;
  const shown = Object.entries(slots).flatMap(([slot, { show }]) => {
    const value = columns.includes(slot) ? undefined : values[slot];
    const words = value === undefined ? undefined : show?.(value, turn.word);
    return words ? [[turn.word(`slot.${slot}`).split('|')[0] ?? slot, words]] : [];
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
