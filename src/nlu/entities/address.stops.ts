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

const NAMED =
  /[\u4e00-\u9fff]{1,10}?族乡|[\u4e00-\u9fff]{1,7}?(?:街道|镇|乡|村|社区|苏木|嘎查|(路(?=口)|(?:路|大街|大道|街|巷|胡同)(?!灯|口|过|上|边|面|人)))/y;
/** In a name only where nothing else goes before it: «在妙镇», «看丹街道», but «在城关镇», «看看解放路». */
const LEADS_TO_A_NAME = /^[在到从往去找查问看叫让把住要想报交修换停断烧和与跟给离带用]/;
const LEADS_TO_A_TOWN = /^[在到从往去和与跟给住]/;
export const NEVER_IN_A_NAME = /[的了吗呢啊呀吧哦嗯我你您她它们没是俺着被跟就很某]/;
export const IN_NAMES_TOO = /^(?:新开|两家|一家|老家|家里|全镇|全村|农村|老屋|本村|城里|镇上|那里|阿拉|希望|烧)$/;

/** How far the name goes that begins here, right behind a district or a town, where stop words are letters like others: «向城镇». */
export function nameEnd(text: string, from: number): number {
  const at = text[from] === ' ' ? from + 1 : from;
  NAMED.lastIndex = at;
  const match = NAMED.exec(text);
  if (!match) return at;
  const stem = match[0].replace(/(?:街道|社区|苏木|嘎查|大街|大道|胡同|.)$/, '');
  if (NEVER_IN_A_NAME.test(stem)) return at;
  const leads = /(?:街道|镇|乡|苏木)$/.test(match[0]) ? LEADS_TO_A_TOWN : LEADS_TO_A_NAME;
  if (leads.test(stem) && (match[1] !== undefined || stem.length > 2)) return at;
  const end = at + match[0].length;
  for (let here = at; here < end; ) {
    const { length, breaks } = stepAt(text, here);
    if (breaks && length > 1 && !IN_NAMES_TOO.test(text.slice(here, here + length))) return at;
    here += length;
  }
  return end;
}
