import { SUFFIXES } from './address.grammar.ts';
import { HAN, stepAt } from './address.stops.ts';

const [, , , ESTATE] = SUFFIXES.find(([kind]) => kind === 'community')!;
const VILLAGE_OR_ROAD = /^村(?![民里上口长委头子尾部])|^(?:路|街|支路)(?=\d|口|[与和])/;
const FIGURES = /\d{1,4}|[a-z]{1,4}(?:\d{1,2}(?!\d|号楼|栋|幢|座|单元))?/y;
/** Names that begin with letters; any other word of letters before 小区 is an app or a brand. */
const LETTERS_FIRST = /(?:soho|moma|loft|mini|cbd|tod|k2)(?=[\u4e00-\u9fff])/y;
const DOOR = /^ ?\d{1,3}(?:栋|幢|号楼|座|单元)/;
/** What is counted is no name: «12点小区», «3户家园». */
const COUNTED =
  /^(?:[个点时分秒天周月年日块元毛角度瓦伏安户台次遍回位名岁条只张米平匹万千百吨斤口人层楼栋幢单门室组队相路根处档倍股把份]|家(?![园苑])|号(?!公馆|公寓|花园|院|小区)|kv|kw)/;
const LONGEST_REST = 6;
const SHORTEST_START = 2;

/** How long the figures are that a name goes on with: «阳光100国际新城», «曹杨5村», «万科17英里6栋»; 0 where they are none of it. */
export function figuresInName(text: string, at: number, nameFrom: number): number {
  const pattern = at - nameFrom >= SHORTEST_START ? FIGURES : at === nameFrom ? LETTERS_FIRST : undefined;
  if (!pattern) return 0;
  pattern.lastIndex = at;
  const length = pattern.exec(text)?.[0].length ?? 0;
  return length > 0 && goesOn(text, at + length) ? length : 0;
}

/** An ending of estates or a door closes the name before any word of a sentence does. */
function goesOn(text: string, from: number): boolean {
  const rest = text.slice(from, from + 2 * LONGEST_REST);
  if (VILLAGE_OR_ROAD.test(rest)) return true;
  if (COUNTED.test(rest)) return false;
  for (let length = 0; length <= LONGEST_REST; length++) {
    const tail = rest.slice(length);
    if (ESTATE.test(tail) || DOOR.test(tail)) return true;
    if (!HAN.test(tail[0] ?? '') || stepAt(text, from + length).breaks) return false;
  }
  return false;
}

const COUNT =
  /(?:\d+(?:\.\d+)?|[一二两三四五六七八九十几半]{1,3}) ?个?(?:小时|钟头|分钟)|\d+(?:\.\d+)? ?(?:个月|[点时分秒天年块元度瓦伏]|千瓦|kw|%)/y;

/** «2小时», «12点»: how much there is of something begins no name, nor does its unit. */
export function countLength(text: string, at: number): number {
  COUNT.lastIndex = at;
  return COUNT.exec(text)?.[0].length ?? 0;
}
