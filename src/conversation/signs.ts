import type { Slot } from './slot.ts';

/** All of these signs that a message holds: what the customer wants to know of, several at once. */
export function signs<const Name extends string>(names: readonly Name[]): Slot<Name[]> {
  return {
    asking: 'never',
    read: (heard, _asked, current) => {
      const held = names.filter((name) => heard.signs.includes(name));
      const before = heard.opening ? [] : (current ?? []);
      return held.length > 0 ? [...new Set([...before, ...held])] : undefined;
    },
  };
}

/**
 * What the message wants on and what off, clause by clause: «停电的要，电费的不要». `topics` and `verbs` are signs. A clause that only
 * names goes with the verb before it; one that has only a verb speaks of those named before it.
 */
export function switches<const Name extends string>(
  topics: readonly Name[],
  { on, off }: { on: string; off: string },
): Slot<Partial<Record<Name, boolean>>> {
  const verbIn = (held: readonly string[]) => (held.includes(off) ? false : held.includes(on) || undefined);
  return {
    asking: 'never',
    read: ({ clauses, opening }, _asked, current) => {
      const wanted = clauses.reduce<Wanted<Name>>(
        (before, held) =>
          heed(
            before,
            topics.filter((topic) => held.includes(topic)),
            verbIn(held),
          ),
        { told: {}, open: [] },
      );
      const told = { ...each(wanted.open, true), ...wanted.told };
      return Object.keys(told).length > 0 ? { ...(opening ? {} : current), ...told } : undefined;
    },
  };
}

interface Wanted<Name extends string> {
  told: Partial<Record<Name, boolean>>;
  /** Named, and no verb yet. */
  open: Name[];
  verb?: boolean;
}

const each = <Name extends string>(names: readonly Name[], value: boolean) =>
  Object.fromEntries(names.map((name) => [name, value])) as Partial<Record<Name, boolean>>;

function heed<Name extends string>(before: Wanted<Name>, named: Name[], said?: boolean): Wanted<Name> {
  const { told, open } = before;
  const verb = said ?? before.verb;
  if (verb === undefined) return { told, open: [...open, ...named] };
  const meant = said === undefined || named.length > 0 ? named : open;
  const left = said === undefined || named.length === 0 ? {} : each(open, true);
  return { told: { ...told, ...left, ...each(meant, verb) }, open: [], verb };
}
