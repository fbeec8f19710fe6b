import { ENOUGH, GENERIC, type Kind } from './address.grammar.ts';
import { IN_NAMES_TOO, NEVER_IN_A_NAME, stepAt } from './address.stops.ts';
import { SURNAMES } from './people.ts';
import type { Span } from './types.ts';

/** So much of an address told, and what follows in the clause is the rest of it, whatever its name ends with. */
const SOLID = 6;
const HOLDS_MORE = new Set<Kind>([
  'district',
  'town',
  'road',
  'village',
  'community',
  'listed',
  'number',
  'group',
  'place',
  'building',
  'generic',
  'tail',
]);
/** A name alone at the end of a clause follows only these: behind a district it may be anything. */
const HOLDS_A_NAME = new Set<Kind>(['road', 'village', 'community', 'group']);

const COUNT = '(?:\\d{1,4}|[一二三四五六七八九十百零〇]{1,4})';
/** Doors, in all ways of numbering them. */
const DOOR = `(?:[a-z]?\\d{1,3}-\\d{1,3}(?:-\\d{2,4})?(?:室|号)?(?![\\d-])|(?:第|附|负)?(?:${COUNT}|[a-z]\\d{0,4}) ?-? ?(?:号楼|号院|号铺|号(?!线|桩|杆|表|机)|栋|幢|座(?!机|位)|单元|门(?![口牌卫面店])|室|#|斋|舍(?![友监])|馆(?![长子])|组团|期|[园苑](?![区林])|区|排棚?|间|家|户|铺|层|楼(?!下|上|道)|弄|组(?!织|件|合)|社(?!区|会|保)|队(?!伍|员|长))|(?:车位|车库|商铺|铺位|档口|摊位)[a-z]?\\d{1,4}号?)(?:[东西南北中左右]户)?`;
const NUMBERED = new RegExp(`^ ?([\\u4e00-\\u9fff]{0,10}?) ?${DOOR}`);
const SURE_DOOR = /(?:号|栋|幢|单元|室|组团|楼|组|社)$/;
const NO_MORE_NUMBER = /^ ?(?:[点时月日年度块元千:.%]|[人台根])/;
const A_DATE =
  /^ ?(?:开始|起|停|没|断|晚|早|上午|下午|中午|凌晨|夜|多|左右|都|也|全|以前|之前|到|送|来电|那天|当天|通知|检修|交)/;
const PLACE_END =
  /(?:[田头下坑洞洲滩窝沟角脚坳坡梁洼峪营集堡窑城苑园府邸湾庭居里坊轩阁站店楼厂场铺房院馆所港墅寓郡座庄屯寨浜埭塘坝岭冲畈墩圩垸荡桥社巷胡同岛湖港湾谷]|民宿|客栈|农家乐|广场|天地|中心|国际|时代|公馆|大厦|[家家]园|基地|大棚|市场)$/;
/** Words of a report and no part of a name. */
const NO_NAME =
  /[风雨雪水浪]大|刮风|下[雨雪]|[停断跳坏烧漏修响亮黑灭灯闸压烟爆急快谢请求您查欠费钱装换表线缆]|(?<!水)电(?!子|信|力|机|影|视|建|商|大|厂|校)|火(?!车|炬|星|宫|神|石|焰)|整[个栋片条]|好[多几]|[啥咋怎谁]|什么|漆黑|昨|今[天早晚]|明天|凌晨|早上|晚上|上午|下午|半夜|突|经常|老是|全[部家村]|大家|家里|屋里|一片|进水|严重|危险|处理|抢修|报|投诉|小时|分钟|有人|没人|出现|发生|导致|情况|问题|怎么|为何|方便|左右|[这那某每]|租|以[东西南北内外]|开[店厂]|打工|干活|生意|用电|供电|上门|来修|需要|目前|现在|已经|三相|单相|[增扩]容|充电|光伏|过户|抽水|[浇灌]|养殖|涨价|缺|掉|倒|落|垂|[村居农渔牧]民|[农商大]户|(?:养殖|种植|个体)户|社员|职工|书记|主任|组长|会计|电工|群众|百姓|代表|[开卖做搞办][\u4e00-\u9fff]*[店厂场铺馆]|[厂店家村院楼屋房库]里$/;
const IN_A_NUMBERED =
  /[停断跳坏烧漏黑灭闸]|昨|今[天早晚]|明天|凌晨|早上|晚上|上午|下午|半夜|漆黑|每|从|自(?!强|由|立)|大前|前天|上周|户号|电话|手机|编号|号码|表号|工单/;
/** A space to park in: «车位B-132», «B区088号车位», behind a floor too. */
const SPACE =
  /^[ ,，、的]{0,2}(?:(?:停?车位|泊位|车库)(?:号码?)?(?:是|为|:)?(?:[a-z]区)?[a-z]{0,2}-?\d{1,4}号?|(?:[a-z]区)?[a-z]{0,2}-?\d{1,4}号?(?:停?车位|泊位))/;
/** «祖庙附近»: a landmark of any name. */
const BY_A_LANDMARK = /^[\u4e00-\u9fff]{1,8}?(?:斜?对面|附近|隔壁|旁边?|门口|后面|前面|院内|院里)/;
const LANDMARK = /(?:隔壁|斜?对面|对过|旁边?|附近|后面|前面|后头|前头|边上|那|这)/;
const PERSON = new RegExp(`^(?:(?:${SURNAMES})[\\u4e00-\\u9fff]{1,2}|(?:小|老|阿)(?:${SURNAMES}))$`);
const CLAUSE_ENDS =
  /^(?:的?(?=$|[，,。;；!！?？\n、()（）~…:：])| {0,2}(?:1[3-9]\d|0\d{2,3}-?\d{7}|联系|电话|手机|户号|我叫|我姓|想|要|[停没断跳缺掉漏冒昨今]|着火|变压器|电[线杆缆压表]|整[个栋]|全[部村]|一直|突然|前天|从|已经|又)|的(?:住户|用户|业主|租客|客户))/;

interface Told extends Span {
  weight: number;
  last: Kind;
}

/** Where the address really ends: «…五四西路夏都府邸5号楼», «…花林村张家浜12号», «…施茶村美社». */
export function extended(told: Told, text: string): number | undefined {
  const { end } = told;
  const space = SPACE.exec(text.slice(end, end + 20))?.[0];
  if (space && told.weight >= ENOUGH) return end + space.length;
  if (told.weight < ENOUGH || !HOLDS_MORE.has(told.last)) return undefined;
  const landmark = BY_A_LANDMARK.exec(text.slice(end, end + 14))?.[0];
  if (landmark && !NO_NAME.test(landmark) && isName(landmark.replace(LANDMARK, ''))) return end + landmark.length;
  const solid = told.weight >= SOLID;
  return numberedEnd(text, end, solid) ?? (solid ? namedEnd(text, told) : genericEnd(text, told));
}

function numberedEnd(text: string, from: number, solid: boolean): number | undefined {
  const rest = text.slice(from, from + 26);
  const match = NUMBERED.exec(rest);
  if (!match) return undefined;
  const stem = match[1]!;
  const after = rest.slice(match[0].length);
  if (stem === '' && /号$/.test(match[0]) && (rest.startsWith(' ') || A_DATE.test(after))) return undefined;
  if (!solid && (stem.length < 2 || !SURE_DOOR.test(match[0]) || NO_NAME.test(stem))) return undefined;
  if (NO_MORE_NUMBER.test(after) || IN_A_NUMBERED.test(stem) || !isName(stem.replace(LANDMARK, ''))) return undefined;
  return from + match[0].length;
}

/** «…118号民宿»: right behind its number. */
function genericEnd(text: string, { end, last }: Told): number | undefined {
  const place = last === 'number' ? GENERIC.exec(text.slice(end, end + 14))?.[0] : undefined;
  const after = place === undefined ? end : end + place.length;
  return after > end && CLAUSE_ENDS.test(text.slice(after, after + 14)) ? after : undefined;
}

function namedEnd(text: string, { end, last }: Told): number | undefined {
  // «…东街11号 老坛子鱼馆»: apart from the number only what is surely a place.
  const from = text[end] === ' ' ? end + 1 : end;
  const run = /^[\u4e00-\u9fff]{2,10}/.exec(text.slice(from, from + 12))?.[0] ?? '';
  for (let length = run.length; length > 1; length--) {
    const name = run.slice(0, length);
    if (!CLAUSE_ENDS.test(text.slice(from + length, from + length + 14))) continue;
    if (PERSON.test(name) && !PLACE_END.test(name)) continue;
    if (NO_NAME.test(name) || !isName(name)) continue;
    if (PLACE_END.test(name) || (from === end && HOLDS_A_NAME.has(last))) return from + length;
  }
  return undefined;
}

/** No word of a sentence in it; single letters that are stop words elsewhere stand in names. */
function isName(words: string): boolean {
  if (NEVER_IN_A_NAME.test(words)) return false;
  for (let at = 0; at < words.length; ) {
    const { length, breaks } = stepAt(words, at);
    if (breaks && length > 1 && !IN_NAMES_TOO.test(words.slice(at, at + length))) return false;
    at += length;
  }
  return true;
}
