import type { OrderType } from '#wire';
import { conversation, type Next, type Turn } from './declare.ts';
import { file } from './filing.ts';
import { about, applyNow, inform, isMere } from './inquiry.ts';
import { takeFromFile } from './on-file.ts';
import { maskPlace } from './show.ts';
import type { Slots } from './slot.ts';
import { address, isAsked, name, phone, photos, yesNo } from './slots.ts';

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
const says = [
  'guide',
  'time',
  'fee',
  'lacking',
  'owner',
  'later',
  'under.way',
  'under.way.kept',
  'filed',
  'filed.vague',
] as const;

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
  // What kind of business it is comes first: the guide depends on it.
  const first = slots?.kind ? { kind: slots.kind } : {};
  const all = { ...first, ...common(also), ...slots } as unknown as Common & S;
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
      const remark = async () => remarkOn(turn as never, (await its.notes?.(own)) ?? []);
      // A question is answered before anything else; otherwise the guide comes first.
      // What a note has answered needs no guide once more.
      if (turn.question && (await remark()) && turn.memo.guide !== undefined) own.slots.about = undefined;
      const next = (await its.before?.(own, upcoming)) ?? inform(turn as never, { guides, asksKind });
      if (next) return next as Ask;
      await remark();
      return undefined;
    },
    finish: (turn) => file(turn as never, { ...its, marks: its.marks?.(turn as unknown as Applied<S, Key>) }),
  });
}

type Any = Applied<unknown>;

function declined({ slots, say }: Any): 'done' | undefined {
  if (slots.go !== false) return undefined;
  say('later');
  return 'done';
}

/** The same business is under way in this conversation: no second order by mistake. */
async function underWay(turn: Any, type: OrderType = 'service') {
  const { slots, memo, intent, workorders, say } = turn;
  if (slots.another === false) {
    say('under.way.kept');
    return 'done';
  }
  if (slots.another || memo.under === '') return undefined;
  if (memo.under === undefined) {
    const order = (await workorders.mine(type)).find((each) => each.intent === intent);
    memo.under = order?.number ?? '';
    if (!order || isMere(turn)) return undefined;
    say('under.way', { number: order.number, place: maskPlace(order) });
  }
  return { ask: 'another' };
}

/** Tells each note once; whether there was one to tell. */
function remarkOn({ memo, say }: Any, notes: readonly Note[]): boolean {
  const fresh = notes.filter((note): note is NonNullable<Note> => note !== undefined && !memo[`note.${note.key}`]);
  for (const { key, facts } of fresh) {
    memo[`note.${key}`] = true;
    say(key, facts);
  }
  return fresh.length > 0;
}
