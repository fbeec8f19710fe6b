import type { PartCorrection } from './slot.ts';

const placeWords =
  /[路街道巷弄村镇乡组屯湾社区苑园城厂店栋幢楼座站桥场校院号室]|门口|旁边|附近|对面|隔壁|路口|中心|大厦|广场|公寓|花园|新村|小学|中学/;
const notPlaces =
  /^(我?(也|都)?(不知道|不清楚|不晓得|唔知|忘了|搞不清|说不清|晓不得)|随便|没有|什么|啥)|^(我家|家里|这里|这儿|小区里?)[。！!.\s]*$|[?？]|吗$|呢$/;

/** Whether free words given to «where is it?» may be a place that the reader of addresses did not know. */
export function looksLikePlace(text: string): boolean {
  const words = text.trim();
  return words.length >= 3 && words.length <= 60 && placeWords.test(words) && !notPlaces.test(words);
}

/**
 * Whether a crew would find it: a number or a name below the road or village. «西湖区», «文三路» alone would not do; «文三路199号»,
 * «翠苑三区», «小古城村3组», «文三路菜市场旁边» would.
 */
export function placeIsEnough(words: string): boolean {
  const below = words
    .replace(/^.*?(省|自治区)/, '')
    .replace(/^.{2,8}?市/, '')
    .replace(/^.{1,6}?((?<![小社园景校新])区|县)/, '');
  if (/\d|[一二三四五六七八九十]+(号|幢|栋|楼|组|队|单元|室|区)/.test(below)) return true;
  if (/(旁边?|附近|对面|隔壁|门口|路口|交叉口|后面|前面|里面)/.test(below)) return true;
  return /.{2,}(小区|新村|苑|园|花园|公寓|大厦|广场|厂|公司|店|学校|小学|中学|大学|医院|市场|村|屯|湾|社|队|工业区|商场|酒店|超市)/.test(
    below,
  );
}

const parts = [
  '省',
  '市',
  '[区县]',
  '(?:镇|乡|街道)',
  '(?:路|街|大道|巷|弄|胡同)',
  '号',
  '(?:幢|栋|号楼|座)',
  '单元',
  '(?:室|房)',
];
const partOf = (words: string) => parts.map((part) => new RegExp(part).test(words));

/** «西湖区文三路» then «199号2幢» is one place; «文三路200号» after «文三路199号2幢» is another, said anew. */
export function joinPlace(known: string, more: string): string {
  const have = partOf(known);
  const add = partOf(more);
  const lowestKnown = have.lastIndexOf(true);
  const highestNew = add.indexOf(true);
  if (highestNew > lowestKnown || (highestNew < 0 && more.length <= 12)) return known + more;
  return mendParts(known, more) ?? more;
}

const unit = /(\d+|[一二三四五六七八九十]+)\s*(号楼|幢|栋|座|单元|层|楼|室|房|号|组|队)/g;
const sameUnit: Record<string, string> = { 号楼: '幢', 栋: '幢', 座: '幢', 楼: '层', 房: '室', 队: '组' };
const unitKind = (word: string) => sameUnit[word] ?? word;

/** Replaces just the numbered parts that are named: «21栋» in «文三路199号12幢301室» changes the 12. */
function mendParts(known: string, more: string): string | undefined {
  const fresh = new Map([...more.matchAll(unit)].map((match) => [unitKind(match[2] as string), match[1] as string]));
  const rest = more.replaceAll(unit, '').replaceAll(/[，,。\s]/g, '');
  if (fresh.size === 0 || (rest.length > 1 && !known.includes(rest))) return undefined;
  let touched = 0;
  const mended = known.replaceAll(unit, (whole, number: string, word: string) => {
    const other = fresh.get(unitKind(word));
    if (other === undefined || other === number) return whole;
    touched += 1;
    return other + word;
  });
  return touched > 0 ? mended : undefined;
}

/** The place with what «不是12栋是21栋» or «是3单元» names replaced; undefined where it has no such part. */
export function replacePart(known: string, { wrong, right, part }: PartCorrection): string | undefined {
  if (part) return undefined;
  if (wrong && known.includes(wrong)) return known.replace(wrong, right);
  return mendParts(known, right);
}
