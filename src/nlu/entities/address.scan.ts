import { beginsWithDivision, divisionAt } from './address.divisions.ts';
import { extended } from './address.extend.ts';
import { countLength, figuresInName } from './address.figures.ts';
import { BARE_ROOM, ENOUGH, GENERIC, GOES_ON, type Kind, NUMBERED, SHAPES, SUFFIXES, TAIL } from './address.grammar.ts';
import { isNoName } from './address.names.ts';
import { HAN, nameEnd, stepAt } from './address.stops.ts';
import { NO_PLACE_BEFORE, UTILITY_OFFICE } from './address.words.ts';
import { listedAt } from './gazetteer.ts';
import type { Gazetteer, Span } from './types.ts';

export interface Chain extends Span {
  weight: number;
  /** What it opens with, and how near to the door it comes. */
  first: Kind;
  level: number;
  last: Kind;
}

interface Piece extends Span {
  kind: Kind;
  stem?: string;
}

const LONGEST_NAME = 14;

/** Chains of address pieces that stand together, heavy enough to be a place. */
export function chains(text: string, gazetteer?: Gazetteer): Chain[] {
  const found: Chain[] = [];
  let open: Piece[] = [];
  const close = () => {
    const chain = finish(open, text);
    if (chain) found.push(chain);
    open = [];
  };
  for (const piece of pieces(text, gazetteer)) {
    const last = open.at(-1);
    if (last && !joins(last, piece, text)) close();
    if (open.length > 0 || canBegin(piece)) open.push(piece);
  }
  close();
  return grown(found, text);
}

/** Each as far as its words go; what the rest of its name swallows is no address of its own. */
function grown(found: readonly Chain[], text: string): Chain[] {
  const all: Chain[] = [];
  for (const one of found) {
    const before = all.at(-1);
    if (before && (one.start < before.end || goesDeeper(before, one, text))) {
      if (one.end <= before.end) continue;
      absorb(before, one);
    } else all.push({ ...one });
    grow(all.at(-1)!, text);
  }
  return all;
}

/** «…东段15号，3栋，2单元»: what grew may be told on behind a comma as well. */
const goesDeeper = (chain: Chain, next: Chain, text: string) =>
  /^[ ,，、]{1,2}$/.test(text.slice(chain.end, next.start)) && SHAPES[next.first].level > SHAPES[chain.last].level;

function absorb(chain: Chain, next: Chain) {
  chain.end = next.end;
  chain.last = next.last;
  chain.weight += 1;
  chain.level = Math.max(chain.level, next.level);
}

function roomEnd({ end }: Chain, text: string, times: number): number | undefined {
  const room = times > 0 ? BARE_ROOM.exec(text.slice(end, end + 8)) : null;
  return room ? end + room[0].length : undefined;
}

function grow(chain: Chain, text: string) {
  for (let times = 0; times < 6; times++) {
    const end = extended(chain, text) ?? roomEnd(chain, text, times);
    if (end === undefined) return;
    chain.end = end;
    chain.last = 'number';
    chain.weight += 1;
    chain.level = Math.max(chain.level, SHAPES.number.level);
  }
}

/** A house number, a room, a tail or a nameless place never begins an address. */
const canBegin = ({ kind }: Piece) => !['number', 'room', 'tail', 'generic', 'floor', 'group'].includes(kind);

const NEAR =
  /^(?:[ \-,，、·/]{0,2}| {3,4}|的|里的?|里面的?|那边的?|这边的?|上的?|小区|，就是|那个|内|这里的|,? ?门牌号?是?|房号是?|[(（])$/;
const ACROSS = /^ ?(?:和|与|跟|、|\/|-) ?$/;

function joins(last: Piece, next: Piece, text: string): boolean {
  const between = text.slice(last.end, next.start);
  if (between === '') return true;
  if (last.kind === 'road' && next.kind === 'road' && ACROSS.test(between))
    return TAIL.test(text.slice(next.end, next.end + 6));
  if (!NEAR.test(between)) return false;
  if (/[,，、]/.test(between)) return goesDown(last, next, text);
  return next.kind !== 'tail' || between.trim().length < 2;
}

/** Behind a comma what lies nearer to the door; «…3组，砖厂想报装…» is who applies. */
const goesDown = (last: Piece, next: Piece, text: string) =>
  SHAPES[next.kind].level > SHAPES[last.kind].level &&
  next.kind !== 'bare' &&
  !(next.kind === 'place' && /^(?:想|要|准备|打算|需要?|申请|计划)/.test(text.slice(next.end, next.end + 2)));

function finish(open: Piece[], text: string): Chain | undefined {
  const kept = [...open];
  while (kept.length > 0 && (kept.at(-1)!.kind === 'bare' || (kept.at(-1)!.kind === 'generic' && kept.length === 1)))
    kept.pop();
  const first = kept[0];
  const last = kept.at(-1);
  if (!first || !last) return undefined;
  const kinds = new Set(kept.map((piece) => piece.kind));
  const weight = [...kinds].reduce((sum, kind) => sum + SHAPES[kind].weight, 0) + (kept.length - kinds.size) * 0.5;
  if (weight < ENOUGH || UTILITY_OFFICE.test(text.slice(last.end, last.end + 10))) return undefined;
  if (NO_PLACE_BEFORE.test(text.slice(Math.max(0, first.start - 8), first.start))) return undefined;
  const level = Math.max(...kept.map(({ kind }) => SHAPES[kind].level));
  return { start: first.start, end: last.end, weight, first: first.kind, level, last: last.kind };
}

/** All pieces, left to right. */
function* pieces(text: string, gazetteer?: Gazetteer): Generator<Piece> {
  let nameFrom = 0;
  let nameTo = 0;
  let last: Piece | undefined;
  for (let at = 0; at < text.length; ) {
    const piece =
      listedAt(text, at, gazetteer) ??
      divisionAt(text, at, nameFrom, last) ??
      numberedAt(text, at, last) ??
      suffixedAt(text, at, nameFrom, last) ??
      attachedAt(text, at, last);
    if (piece) {
      if (piece.start > nameFrom && piece.kind === 'building') yield* bareName(text, nameFrom, piece.start);
      yield piece;
      last = piece;
      at = nameFrom = piece.end;
      nameTo = HOLDS_NAME.has(piece.kind) ? nameEnd(text, at) : at;
      continue;
    }
    const step = at < nameTo ? A_CHARACTER : nameStep(text, at, nameFrom);
    if (step.breaks) nameFrom = at + step.length;
    at += step.length;
  }
}

const A_CHARACTER = { length: 1, breaks: false };

function nameStep(text: string, at: number, nameFrom: number): { length: number; breaks: boolean } {
  const figures = figuresInName(text, at, nameFrom);
  if (figures > 0) return { length: figures, breaks: false };
  const counted = countLength(text, at);
  return counted > 0 ? { length: counted, breaks: true } : stepAt(text, at);
}
/** What is told in order, from the province down: a name goes on behind it, though a stop word stands in it. */
const HOLDS_NAME = new Set<Kind>(['area', 'region', 'district', 'town', 'village', 'listed']);

/** Behind a district or a town these make a name of anything. */
const SURELY_NAMED = /^(?:街道|村|屯|新村)$/;

/** A group is named only right behind its village. */
const longestOf = (kind: Kind, behind: boolean) => (kind === 'group' && !behind ? 0 : LONGEST_NAME);

function suffixedAt(text: string, at: number, nameFrom: number, last?: Piece): Piece | undefined {
  if (!SUFFIX_STARTS.has(text[at]!)) return undefined;
  const rest = text.slice(at, at + 12);
  const length = at - nameFrom;
  const behind = isBehind(last, nameFrom);
  for (const [kind, least, most, pattern] of SUFFIXES) {
    if (length < least || length > longestOf(kind, behind)) continue;
    const suffix = pattern.exec(rest)?.[0];
    if (suffix === undefined || endsLater(kind, suffix, rest, length)) continue;
    const start = nameStart(text, at, nameFrom, behind || most);
    if (start === undefined) continue;
    const sure = behind && length > 1 && SURELY_NAMED.test(suffix);
    if (sure || !isNoName(text.slice(start, at), suffix, kind)) return { kind, start, end: at + suffix.length };
  }
  return undefined;
}

/** «后现代SOHO东区»: a name with letters in it is none without its beginning. */
function nameStart(text: string, at: number, nameFrom: number, most: true | number): number | undefined {
  if (most === true || at - nameFrom <= most || beginsWithDivision(text, nameFrom)) return nameFrom;
  return /[a-z\d]/.test(text.slice(at - most, at)) ? undefined : at - most;
}

const isBehind = (last: Piece | undefined, from: number) => last?.end === from && HOLDS_NAME.has(last.kind);

const endsLater = (kind: Kind, suffix: string, rest: string, length: number) =>
  length < LONGEST_NAME && GOES_ON[kind]?.test(rest.slice(suffix.length)) === true;

/** Every character that any ending begins with; a few more do no harm. */
const SUFFIX_STARTS = new Set(SUFFIXES.flatMap(([, , , pattern]) => pattern.source.match(/[\u4e00-\u9fff]/g) ?? []));

function numberedAt(text: string, at: number, last: Piece | undefined): Piece | undefined {
  if (
    !/[\da-z一二三四五六七八九十百零〇两幺第负地#]/.test(text[at]!) ||
    /[\d.a-z]/.test(/[\da-z]/.test(text[at]!) ? (text[at - 1] ?? '') : '')
  )
    return undefined;
  const rest = text.slice(at, at + 20);
  for (const [kind, pattern] of NUMBERED) {
    const match = pattern.exec(rest);
    if (match && belongs(kind, at, last, text, match[0])) return { kind, start: at, end: at + match[0].length };
  }
  return bareRoomAt(text, at, last);
}

const HOLDS_NUMBER = new Set<Kind>([
  'road',
  'village',
  'community',
  'listed',
  'town',
  'group',
  'number',
  'bare',
  'place',
  'generic',
  'district',
  'unit',
  'floor',
  'building',
]);
const HOLDS_ROOM = new Set<Kind>([
  'building',
  'unit',
  'floor',
  'community',
  'number',
  'room',
  'listed',
  'group',
  'place',
  'generic',
  'village',
]);

const HOLDERS: Partial<Record<Kind, ReadonlySet<Kind>>> = { number: HOLDS_NUMBER, room: HOLDS_ROOM };

/** «20号» is a day unless a road or a village stands before it; «301室» belongs to a building. */
function belongs(kind: Kind, at: number, last: Piece | undefined, text: string, word: string): boolean {
  if (/^(?:[48]00-|\d{3}-\d{3}-\d{4}$)/.test(word)) return false;
  if (kind === 'building' && isCount(text, at, word, last)) return false;
  // «400-820-8820» is a phone: bare numbers need a name before them.
  if (/^\d+-\d+-\d+$/.test(word) && !HAN.test(text[at - 1] ?? '') && last?.end !== at) return false;
  if (/段$/.test(word)) return last?.kind === 'road' && last.end === at;
  if (kind === 'village') return last?.end === at && HOLDS_NAME.has(last.kind);
  const holders = HOLDERS[kind];
  if (holders) return last !== undefined && holders.has(last.kind) && isBeside(last, at, text);
  if (kind === 'group') return !/[，,。]$/.test(text.slice(0, at).slice(-1)) || last?.end === at;
  return true;
}

/** «三栋老楼», «一栋»: how many, not which. */
function isCount(text: string, at: number, word: string, last: Piece | undefined): boolean {
  if (!/^[一二两三四五六七八九十几]{1,2}[栋幢座]$/.test(word)) return false;
  if (
    /^(?:自建|老楼|楼房|小?别墅|商住|新楼|房|厂房|宿舍|居民|高层|公寓|楼(?![\d一二三四五六七八九十]))/.test(
      text.slice(at + word.length),
    )
  )
    return true;
  if (/[\d一二三四五六七八九十]/.test(text[at + word.length] ?? '')) return false;
  return (
    word.startsWith('一') ||
    !(
      last?.end === at ||
      /[\u4e00-\u9fff]/.test(text[at - 1] ?? '') === false ||
      /[园苑区村城湾府庭里寓庄]$/.test(text.slice(0, at))
    )
  );
}

const isBeside = (last: Piece, at: number, text: string) => /^[ ,，、的\-:：]{0,2}$/.test(text.slice(last.end, at));

function bareRoomAt(text: string, at: number, last: Piece | undefined): Piece | undefined {
  const inShop = last?.kind === 'generic' && /(?:铺|门面|车库)$/.test(text.slice(last.start, last.end));
  if (!last || (!inShop && !['building', 'unit', 'number', 'floor', 'community'].includes(last.kind))) return undefined;
  if (last.kind === 'community' && last.end !== at) return undefined;
  if (!/^[ ,，-]{0,2}$/.test(text.slice(last.end, at))) return undefined;
  const match = BARE_ROOM.exec(text.slice(at, at + 8));
  return match ? { kind: 'room', start: at, end: at + match[0].length } : undefined;
}

/** What only lives beside an address: a nameless place, a landmark. */
function attachedAt(text: string, at: number, last: Piece | undefined): Piece | undefined {
  if (!last || at - last.end > 4 || !/^ *$/.test(text.slice(last.end, at))) return undefined;
  if (['bare', 'region'].includes(last.kind)) return undefined;
  const rest = text.slice(at, at + 14);
  const tail = goesOn(TAIL.exec(rest), rest);
  const generic = goesOn(GENERIC.exec(rest), rest);
  if (generic && generic[0].length >= (tail?.[0].length ?? 0))
    return { kind: 'generic', start: at, end: at + generic[0].length };
  return tail ? { kind: 'tail', start: at, end: at + tail[0].length } : undefined;
}

const goesOn = (piece: RegExpExecArray | null, rest: string) =>
  piece && GOES_ON.generic!.test(rest.slice(piece[0].length)) ? null : piece;

const ESTATE_NAME = /^[\u4e00-\u9fff]{1,8}$|^[\u4e00-\u9fff]{2,}[a-z\d]{1,4}[\u4e00-\u9fff]*$/;

/** «碧桂园12栋», «翠苑 3幢»: the words before a building name its estate. */
function* bareName(text: string, from: number, to: number): Generator<Piece> {
  const name = text.slice(from, to);
  const trimmed = name.trimEnd();
  if (trimmed.length < 2 || trimmed.length > 10 || !ESTATE_NAME.test(trimmed)) return;
  if (
    /^(?:小区|社区|家属|单元|楼栋|老楼|前面|后面|旁边|对面|楼上|楼下|全楼|房号|具体|业主群|一共|总共|其他)/.test(
      trimmed,
    )
  )
    return;
  yield { kind: 'bare', start: from, end: from + trimmed.length };
}
