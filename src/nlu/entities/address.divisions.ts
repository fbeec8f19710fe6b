import { divisions } from '../data/divisions.ts';
import type { Kind } from './address.grammar.ts';
import type { Span } from './types.ts';

export interface Division extends Span {
  kind: Kind;
  /** What it is called for short; only a division has one. */
  stem?: string;
}

interface Entry {
  name: string;
  kind: Kind;
  stem: string;
  /** The short names of all that it lies in. */
  within: Set<string>;
  /** Below a city. */
  low: boolean;
  /** «徐州» for «徐州市»: it counts only where a place goes on behind it. */
  bare: boolean;
}

const PEOPLES =
  '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各';
/** «阜新蒙古族自治县» is «阜新县» to its people, «管城回族区» «管城区», «广西壮族自治区» «广西». */
const SHORTER = new RegExp(
  `(?<=[\\u4e00-\\u9fff]{2})(?:(?:${PEOPLES})族|维吾尔|哈萨克|蒙古|锡伯|塔吉克|柯尔克孜)*(?:自治(?=[县旗州])|自治区$|(?<=族)(?=区$))`,
);
const LEVEL_WORD = /(?:自治州|自治县|自治区|省|市|地区|盟|州|县|区|旗)$/;
/** They are the name of a part of any town. */
const ANYWHERE = /^(?:[城郊矿东西]|[老新]城)区$/;
/** «城东区», «新城区» may be the last words of another name. */
const PART_OF_A_NAME = /^(?:[城江河湖海山新老][东西南北中]|[东西南北中][城湖山]|新华|中山|和平|高新)区$/;

const byFirstTwo = new Map<string, Entry[]>();

function add(entry: Entry, above: readonly string[]) {
  const key = entry.name.slice(0, 2);
  const entries = byFirstTwo.get(key) ?? [];
  const known = entries.find(({ name }) => name === entry.name);
  for (const stem of above) (known ?? entry).within.add(stem);
  if (known || entry.name.length < 2) return;
  entries.push(entry);
  byFirstTwo.set(key, entries);
}

/** Under its full name, the shorter one and the bare one; its stem. */
function addDivision(name: string, above: readonly string[], low = false): string {
  const kind = low && !name.endsWith('市') ? 'district' : 'region';
  const shorter = name.replace(SHORTER, '');
  const stem = shorter.replace(LEVEL_WORD, '');
  for (const full of new Set([name, shorter])) {
    if (full !== stem || full === name) add({ name: full, kind, stem, within: new Set(), low, bare: false }, above);
  }
  if (!/开发|园区|管理/.test(name)) add({ name: stem, kind: 'area', stem, within: new Set(), low, bare: true }, above);
  return stem;
}

for (const row of divisions) {
  const [province = '', ...groups] = row.split('/');
  const top = addDivision(province, []);
  for (const group of groups) {
    const [city = '', ...counties] = group.split(' ');
    const above = city === '-' ? [top] : [top, addDivision(city, [top])];
    for (const county of counties) addDivision(county, above, true);
  }
}

// The longest name that fits is read.
for (const entries of byFirstTwo.values()) entries.sort((one, other) => other.name.length - one.name.length);

/** «杭州市场», «西湖区政府», «富阳县城»: another word begins here. */
const GOES_ON =
  /(?:市(?:场|民(?![权勤和乐丰])|政|面|里|中心|辖)|区(?:域(?!城)|别|间|里(?!河)|内|长|号|块|政府)|县(?:城(?!关|东|西|南|北|中|厢|郊|镇|街)|里|长(?![\u4e00-\u9fff]{1,4}[镇乡村街])|道|政府|公司))/y;
const BEHIND_BARE = /^(?: ?)(?=[\u4e00-\u9fff])/;
/** Behind a bare name it is the name of a road or of an estate: «南京路», «上海花园», «北京大学». */
const NAME_OF_MORE =
  /^(?:[东西南北中]?[一二三四五六七八九\d]?)(?:路|街|大道|大街|巷|弄|胡同|花园|公寓|大厦|广场|新村|小区|社区|城|大学|学院|饭店|银行|商会|村|镇|乡)/;

/** The province, city, district or county whose name begins here; `from` is where the name being read began. */
export function divisionAt(text: string, at: number, from: number, last?: Division): Division | undefined {
  const entry = entryAt(text, at);
  if (!entry) return undefined;
  const found = { kind: entry.kind, stem: entry.stem, start: at, end: at + entry.name.length };
  const below = last?.end === at && last.stem !== undefined && entry.within.has(last.stem);
  if (entry.bare) return bareDivision(text, entry, found, below, at === from);
  return isWhole(text, found.end) && mayBegin(entry.name, below, at === from) ? found : undefined;
}

function bareDivision(text: string, entry: Entry, found: Division, below: boolean, begins: boolean) {
  const down = goesDown(text, entry, found.end);
  if (!down && NAME_OF_MORE.test(text.slice(found.end, found.end + 4))) return undefined;
  // «新乡封丘»: a county behind its city needs no word for what it is.
  if (below) return { ...found, kind: entry.low ? ('district' as const) : ('area' as const) };
  return begins && down ? found : undefined;
}

function isWhole(text: string, end: number): boolean {
  GOES_ON.lastIndex = end - 1;
  return !GOES_ON.test(text);
}

/** In the middle of other words only a name that is nothing else. */
const mayBegin = (name: string, below: boolean, begins: boolean) =>
  below || (!ANYWHERE.test(name) && (begins || (name.length > 2 && !PART_OF_A_NAME.test(name))));

/** «合肥滨湖世纪城»: a name that begins with a city's is whole with it. */
export const beginsWithDivision = (text: string, at: number) => entryAt(text, at) !== undefined;

const entryAt = (text: string, at: number) =>
  byFirstTwo.get(text.slice(at, at + 2))?.find(({ name }) => text.startsWith(name, at));

/** A bare name is a division when one that is no road's follows, or a space parts it from the next. */
function goesDown(text: string, { stem }: Entry, end: number): boolean {
  const gap = BEHIND_BARE.exec(text.slice(end, end + 2));
  if (!gap) return false;
  if (gap[0] !== '') return true;
  const next = entryAt(text, end);
  if (!next?.within.has(stem)) return false;
  return !next.bare || !NAME_OF_MORE.test(text.slice(end + next.name.length, end + next.name.length + 4));
}
