import { GUARDED, STOP_WORDS } from './address.words.ts';

export const HAN = /[\u4e00-\u9fff]/;
/** By first character: one look at a character decides whether any pattern need be tried. */
const STOPS = byFirst(STOP_WORDS);
const GUARDS = byFirst(GUARDED.split('|'));

/** How far a name may run on: stop words and everything that is not Han break it. */
export function stepAt(text: string, at: number): { length: number; breaks: boolean } {
  if (!HAN.test(text[at]!)) return { length: 1, breaks: true };
  if (matchAt(GUARDS, text, at)) return { length: 1, breaks: false };
  const stop = matchAt(STOPS, text, at);
  if (stop && !isGuardedBefore(text, at)) return { length: stop[0].length, breaks: true };
  return { length: 1, breaks: false };
}

function byFirst(words: readonly string[]): Map<string, RegExp> {
  const groups = new Map<string, string[]>();
  for (const word of words) {
    const firsts = word.startsWith('(') ? (/^\(\?:([^)]*)\)/.exec(word)?.[1] ?? '').split('|') : [word];
    for (const first of firsts) groups.set(first[0]!, [...(groups.get(first[0]!) ?? []), word]);
  }
  return new Map(Array.from(groups, ([first, group]) => [first, new RegExp(group.join('|'), 'y')]));
}

function matchAt(patterns: Map<string, RegExp>, text: string, at: number): RegExpExecArray | null {
  const pattern = patterns.get(text[at] ?? '');
  if (!pattern) return null;
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** «和» in «永和»: the guard began a character earlier. */
function isGuardedBefore(text: string, at: number): boolean {
  for (let back = 1; back <= 2 && at - back >= 0; back++) {
    const guarded = matchAt(GUARDS, text, at - back);
    if (guarded && guarded[0].length > back) return true;
  }
  return false;
}
