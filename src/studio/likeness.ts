/** From this share of common character pairs on, two lines of different intents are one line too many. */
const ALIKE_FROM = 0.8;
/** Shorter lines share most of their pairs by chance: «修电» and «修电视». */
const SHORTEST = 4;

const DROPPED = /[\p{P}\p{S}\p{C}\p{M}\s]/gu;

/** Two ways of typing one line are one line: width, case, blanks, punctuation and emoji don't count, unless that is all there is. */
export function plain(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase();
  return folded.replace(DROPPED, '') || folded.trim();
}

function pairsOf(characters: readonly string[]): Set<number> {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  return new Set(codes.map((code, i) => (codes[i - 1] ?? 2) * 2 ** 21 + code));
}

export interface Owned {
  text: string;
  intent: string;
}

interface Entry extends Owned {
  pairs: number;
}

/** All lines of all intents: is there one like this already? */
export class Lines {
  private readonly byPlain = new Map<string, Entry>();
  private readonly byPair = new Map<number, Set<Entry>>();

  add(text: string, intent: string): void {
    const key = plain(text);
    const characters = [...key];
    const pairs = characters.length < SHORTEST ? new Set<number>() : pairsOf(characters);
    const entry = { text, intent, pairs: pairs.size };
    this.byPlain.set(key, entry);
    for (const pair of pairs) {
      const entries = this.byPair.get(pair);
      if (entries) entries.add(entry);
      else this.byPair.set(pair, new Set([entry]));
    }
  }

  remove(text: string): void {
    const key = plain(text);
    const entry = this.byPlain.get(key);
    if (!entry) return;
    this.byPlain.delete(key);
    for (const pair of pairsOf([...key])) this.byPair.get(pair)?.delete(entry);
  }

  same(text: string): Owned | undefined {
    return this.byPlain.get(plain(text));
  }

  /** The line of another intent that is most like this one, if it is too much so. */
  alike(text: string, intent: string): Owned | undefined {
    const characters = [...plain(text)];
    if (characters.length < SHORTEST) return undefined;
    const pairs = pairsOf(characters);
    const common = new Map<Entry, number>();
    for (const pair of pairs)
      for (const entry of this.byPair.get(pair) ?? [])
        if (entry.intent !== intent) common.set(entry, (common.get(entry) ?? 0) + 1);
    let best: { entry?: Entry; likeness: number } = { likeness: ALIKE_FROM };
    for (const [entry, shared] of common) {
      const likeness = (2 * shared) / (pairs.size + entry.pairs);
      if (likeness >= best.likeness) best = { entry, likeness };
    }
    return best.entry;
  }
}
