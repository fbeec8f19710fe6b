import { chains } from './address.scan.ts';
import { isDenied } from './choose.ts';
import { bounded, fold, foldAddress } from './fold.ts';
import { digitsOf, parseNumber } from './numerals.ts';
import type { ReadOptions } from './types.ts';

const HAN_DIGITS = '零〇一二三四五六七八九幺两';
const NUMBER = `(?:\\d{1,5}|[${HAN_DIGITS}十百]{1,5})`;

/** What may stand below the road, one kind a line; the word after the number tells which. */
const KINDS: readonly string[] = [
  `(?:第)?${NUMBER} ?(?:村民小组|村民组|生产队|组|社|队)`,
  `(?:第)?(?:${NUMBER}|[a-zA-Z]\\d{0,2}) ?(?:幢|栋|号楼|#楼|#|座)`,
  `(?:${NUMBER}|[a-zA-Z]) ?单元`,
  `(?:负|地下)?${NUMBER} ?(?:层|楼)`,
  `(?:${NUMBER}|[a-zA-Z]\\d{1,4}) ?(?:室|号房|房间|房)`,
  `${NUMBER}(?:-${NUMBER})? ?(?:弄|号院|号)`,
  '\\d{1,3}-\\d{1,2}-\\d{2,4}|\\d{1,2}-\\d{3,4}',
  `[a-zA-Z]?\\d{2,4}[a-zA-Z]?|[${HAN_DIGITS}]{3,4}`,
];
const PART = new RegExp(`(?:${KINDS.join('|')})(?:[东西南北中]户)?`, 'y');
const BETWEEN = /[\s,，、.。的-]*/y;

const LEAD =
  /^(?:\s|[,，。.:：、!]|是的|就是|就在|应该是|应该|大概|我们家|我们|我家|俺家|家|我|俺|住在|住|是|在|到|嗯|哦|噢|额|呃|啊|对|好的|好|那个|那|具体|详细|准确|地址|门牌号码|门牌号|门牌|房间号|房号|楼号|楼栋|楼层|单元号|单元(?=是)|号码|补充|还有|再|的|也)*/;
const TRAIL =
  /^(?:\s|[,，。.!~、]|的|哦|噢|啊|呀|吧|哈|呢|嘛|哒|啦|里面|里|这里|那里|那边|这边|谢谢|左右|上|没错|对)*$/;
const NO_DOOR = /^ ?[\d:年月日点时度元块个]/;
/** «幺三七零六五七八八幺二» has no doors in it. */
const SPOKEN_PHONE = new RegExp(`[${HAN_DIGITS}]{7,}`);
const LONGEST = 40;

/**
 * «5幢», «3组12号», «302», «三单元三零二»: the piece of an address below its road, when that is all the message says. Digits are
 * half-width and written out. Only a form that still wants the rest of an address should ask: «12号» alone may be anything.
 */
export function readAddressPart(text: string): string | undefined {
  const folded = foldAddress(text);
  if (folded.length > LONGEST || SPOKEN_PHONE.test(folded)) return undefined;
  const lead = LEAD.exec(folded)![0].length;
  const parts: string[] = [];
  let at = lead;
  for (let part = partAt(folded, at); part !== undefined; part = partAt(folded, at)) {
    parts.push(part);
    at = gapEnd(folded, at + part.length);
  }
  if (parts.length === 0 || !TRAIL.test(folded.slice(at))) return undefined;
  return parts.map(inDigits).join('');
}

function partAt(folded: string, at: number): string | undefined {
  PART.lastIndex = at;
  const part = PART.exec(folded)?.[0];
  // A longer number is a phone or an account, and a clock or a date is no door.
  return part === undefined || (/\d$/.test(part) && NO_DOOR.test(folded.slice(at + part.length))) ? undefined : part;
}

function gapEnd(folded: string, at: number): number {
  BETWEEN.lastIndex = at;
  return at + BETWEEN.exec(folded)![0].length;
}

const SPOKEN = new RegExp(`[${HAN_DIGITS}十百]+`, 'g');
const inDigits = (part: string) =>
  part.replace(/ |^第/g, '').replace(SPOKEN, (word) => digitsOf(word) || String(parseNumber(word) ?? word));

/**
 * Every stretch of address in the message, in the order told and in the customer's words; «住翠苑四区的，… 我家是5栋3单元202» has two.
 * A form may join a later one that begins below the road to the one before.
 */
export function readAddressParts(text: string, options: ReadOptions = {}): string[] {
  const read = bounded(text);
  const folded = fold(read);
  return chains(folded, options.gazetteer)
    .filter((one) => !isDenied(one, folded))
    .map((one) => read.slice(one.start, one.end));
}
