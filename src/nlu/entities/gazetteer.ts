import type { Kind } from './address.grammar.ts';
import type { Gazetteer, Span } from './types.ts';

interface Listed {
  name: string;
  kind: Kind;
}

/** The utility's own list of names knows better than any ending. */
export function listedAt(text: string, at: number, gazetteer?: Gazetteer): (Span & { kind: Kind }) | undefined {
  if (!gazetteer) return undefined;
  const name = namesOf(gazetteer)
    .get(text[at]!)
    ?.find((one) => text.startsWith(one.name, at));
  return name && { kind: name.kind, start: at, end: at + name.name.length };
}

const prepared = new WeakMap<Gazetteer, Map<string, Listed[]>>();

function namesOf(gazetteer: Gazetteer): Map<string, Listed[]> {
  const known = prepared.get(gazetteer);
  if (known) return known;
  const names = new Map<string, Listed[]>();
  const add = (kind: Kind) => (name: string) => {
    if (name.length < 2) return;
    names.set(
      name[0]!,
      [...(names.get(name[0]!) ?? []), { name, kind }].sort((one, other) => other.name.length - one.name.length),
    );
  };
  gazetteer.districts.forEach(add('district'));
  gazetteer.roads.forEach(add('road'));
  gazetteer.communities.forEach(add('community'));
  gazetteer.villages.forEach(add('village'));
  prepared.set(gazetteer, names);
  return names;
}
