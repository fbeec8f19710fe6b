import { foldAddress, readAddressParts } from '#nlu';
import type { PartCorrection } from './slot.ts';

const placeWords =
  /[路街道巷弄村镇乡组屯湾社区苑园城厂店栋幢楼站桥场校院号室]|(?<!插)座(?!机|位)|门口|(?<![我们家俺咱])那[里边儿]|旁边|附近|对面|隔壁|路口|中心|大厦|广场|公寓|花园|新村|小学|中学/;
const unknown =
  /^(我?(也|都)?(不知道|不清楚|不晓得|唔知|忘了|搞不清|说不清|晓不得)|随便|没有|什么|啥)|^(我家|家里|这里|这儿|小区里?)[。！!.\s]*$|[?？]|吗$|呢$/;
const numberOnly = /^(户号|尾号|后四位|电话)?[是:：]?\d+号?$/;

const latin = /[a-z]{3}/i;
/** Places in English or pinyin: «199 Wensan Road», «Jingzhou Xiaoqu, building 3», «next to the market». */
const englishPlace =
  /\b(?:road|rd|street|st|avenue|ave|lane|alley|building|bldg|block|room|apartment|apt|flat|unit|floor|district|county|town|village|community|estate|compound|plaza|tower|mansion|garden|hotel|school|hospital|university|market|mall|station|crossing|corner|intersection|gate|factory|shop|office|lu|jie|qu|xiaoqu|zhen|cun|hao|dong|hangzhou|next to|near|opposite|behind|beside|in front of|across from)\b/i;
const englishUnknown =
  /^(?:i )?(?:don'?t|do not|no|not)\b|^(?:my|at|the)? ?(?:home|here|place|house|apartment|flat)\W*$|\?/i;
const englishEnough =
  /\b(?:next to|near|opposite|behind|beside|in front of|across from|crossing|corner|intersection)\b|\b(?!the |my |our )\w+ (?:village|estate|compound|community|plaza|tower|mansion|garden|hotel|school|hospital|university|market|mall|station|factory|xiaoqu|cun)\b/i;

/** In English what stands around an address tells where it is: «corner of Gudun Road», «opposite the school on Wensan Road». */
export const tellsAround = (text: string): boolean =>
  isLatin(text) &&
  /\b(?:near|opposite|behind|beside|next to|in front of|across from|corner|crossing|intersection|between)\b/i.test(
    text,
  ) &&
  looksLikePlace(text) &&
  !/\d{7}/.test(text);

/** «古荡», «三里亭»: a name and nothing that is said of anything. */
const bareName =
  /^(?!.*[我你他快赶修来给话啊吧呢嗯好哦行是对有没不要了的怎么办申请确认提交取第个])[\u4e00-\u9fff]{2,4}$/;

/** What happened there, and whom it befell: no part of a name. */
const befell = /(?:全|都|又|也|还|一直)*(?:没有?电|停电|断电|跳闸|停|黑|不亮|坏|烧)(?:掉|漆漆)?了?(?:没有?|的)?/g;
const anywhere =
  /^(?:我们?|咱们?|俺们?|整|全|这|那|一|各|每|[个条片栋幢层家])*(?:楼|厂|店|村|小区|单元|屋|社区|巷子|院)(?:里面?|子|上|这边|那边)?[，,。！!]*$/;

/** Whether free words given to «where is it?» may be a place that the reader of addresses did not know. */
export function looksLikePlace(text: string): boolean {
  const words = foldAddress(text.trim()).replaceAll(befell, '');
  if (isLatin(words)) return words.length <= 120 && englishPlace.test(words) && !englishUnknown.test(words);
  if (words.length < 2 || words.length > 60 || unknown.test(words) || numberOnly.test(words)) return false;
  if (anywhere.test(words)) return false;
  return placeWords.test(words) || bareName.test(words);
}

/**
 * Whether a crew would find it: a number or a name below the road or village. «西湖区», «文三路», «3幢» alone would not do;
 * «文三路199号», «翠苑三区», «小古城村3组», «文三路菜市场旁边» would.
 */
export function placeIsEnough(address: string): boolean {
  const words = foldAddress(address);
  if (isLatin(words)) return (/\d/.test(words) && englishPlace.test(words)) || englishEnough.test(words);
  const below = words
    .replace(/^.*?(省|自治区)/, '')
    .replace(/^.{2,8}?市/, '')
    .replace(/^.{1,6}?((?<![小社园景校新东南西北一二三四五六七八九十\d])区|县)/, '');
  const { head, parts } = takeApart(below);
  if (parts.length > 0) return head.length >= 2;
  if (/(旁边?|附近|对面|隔壁|门口|路口|交叉口|后面|前面|里面)/.test(below)) return true;
  return /.{2,}(小区|新村|苑|园|花园|公寓|大厦|广场|厂|公司|店|学校|小学|中学|大学|医院|市场|村|屯|湾|社|队|工业区|商场|酒店|超市|菜场|夜市|步行街|集市|公园|码头|加油站|祠堂|水库|养殖场|[一二三四五六七八九]区)/.test(
    below,
  );
}

const office = /(?:国网|供电|电力)?(?:营业厅|营业网点|服务网点|网点|供电所|大厅|服务厅|公司)/g;
const notArea =
  /[你我他哪这那么啥谁多几]|附近|周边|最近|周[末六日]|星期|银行|充电|供电|营业|国网|代收|请问|帮|查|找|想|要|去|到|一下/;

/** The area before what is looked for there: «徐汇区营业厅», «萧山有没有营业厅». */
export function areaIn(text: string): string | undefined {
  const [named] = readAddressParts(text.replaceAll(office, ' '));
  const before = /^(?:请问|在)?([\u4e00-\u9fff]{2,8}?)(?:附近|周边|市区|城区)?(?:有没有|有|的|哪里|哪儿|哪有)/.exec(
    text,
  )?.[1];
  return named ?? (before && !notArea.test(before) ? before : undefined);
}
/** English or pinyin, with no Chinese address in it. */
const isLatin = (words: string) => latin.test(words) && (words.match(/[\u4e00-\u9fff]/g)?.length ?? 0) < 4;

interface Part {
  number: string;
  unit: string;
  rank: number;
}

/** From the road down: what stands before what in an address. */
const ranks: Record<string, number> = {
  弄: 0,
  组: 1,
  队: 1,
  号: 2,
  号楼: 3,
  幢: 3,
  栋: 3,
  座: 3,
  单元: 4,
  层: 5,
  楼: 5,
  室: 6,
  房: 6,
};
const room = 6;
const numbered =
  /(\d+|[一二三四五六七八九十百]+|[a-z](?=座))\s*(号楼|幢|栋|座|单元|层|楼|室|房|号|组|队|弄)|(\d{2,4})(?=$|[^\d路街道区村])/gi;

/** «文三路199号12幢301» → «文三路» and its numbered parts; a bare number at the end is the room. */
function takeApart(words: string): { head: string; parts: Part[]; tail: string } {
  const found = [...words.matchAll(numbered)];
  const parts = found.map((match) => {
    const unit = match[2] ?? '';
    return { number: match[1] ?? match[3] ?? '', unit, rank: ranks[unit] ?? room };
  });
  const first = found[0];
  const last = found.at(-1);
  return {
    head: words.slice(0, first?.index ?? words.length),
    parts,
    tail: last ? words.slice(last.index + last[0].length) : '',
  };
}

const clean = (head: string) =>
  head.replace(/^(是|在|地址|门牌|应该|改成|不对|其实|[，,。：:\s])+/, '').replaceAll(/[，,。\s]/g, '');

/** A road, village or estate of its own: said after another, it is another place. */
const ownPlace = /路|街|道|村|区|苑|园|弄|巷|镇/;

const namedTail = /[\u4e00-\u9fff]{2,}(?:苑|园|小区|公寓|大厦|大楼|广场|新村|[府庭湾城里])$/;

const districtIn = (words: string) =>
  /^(?:.{2,4}省)?(?:.{2,4}?市)?(.{1,6}?(?:(?<![小社园景校新东南西北一二三四五六七八九十\d])区|县))/.exec(words)?.[1];

/**
 * What is known of a place and what was just said of it, as one: «西湖区文三路» then «199号2幢»; «3单元» into «5幢201»; a road after a
 * road or a district after another is another place, said anew. A bare «3幢» never replaces a road.
 */
export function joinPlace(known: string, more: string): string {
  const [have, add] = [foldAddress(known), foldAddress(more)];
  if (add.includes(have)) return more;
  if (have.includes(add)) return known;
  if (isLatin(have) && (isLatin(add) || /^[\w #-]+$/.test(add))) return joinLatin(known, more);
  const [was, is] = [districtIn(have), districtIn(add)];
  if (was && is && was !== is) return more;
  if (is === add && !was) return more + known;
  const before = takeApart(have);
  const after = takeApart(add);
  const head = clean(after.head);
  if (!head || before.head.includes(head) || before.tail.endsWith(head)) return joinDoor(known, before, after.parts);
  if (before.head === '') return more + known;
  return before.parts.length > 0 && ownPlace.test(head) ? more : known + more;
}

/** «黄龙路1号黄龙雅苑» then «3幢102»: behind the name, where no number of the road's is meant. */
function joinDoor(known: string, { head, parts, tail }: ReturnType<typeof takeApart>, said: Part[]): string {
  const behind = namedTail.test(tail) && !said.some(({ rank }) => parts.some((part) => part.rank === rank));
  return behind ? known + written(said) : head + written(merge(parts, said)) + tail;
}

const ownRoad = /\d.*\b(?:road|rd|street|st|avenue|ave|lane|lu|jie)\b/i;

/** English goes from the small to the large; a road with its number after another is another place. */
const joinLatin = (known: string, more: string): string =>
  ownRoad.test(known) && ownRoad.test(more) ? more : `${more}, ${known}`;

/** Each named part replaces the one of its rank, or takes its place between the others; several buildings all those that were known. */
function merge(known: Part[], said: Part[]): Part[] {
  const ranked = said.map(({ rank }) => rank);
  if (new Set(ranked).size < said.length) return [...known.filter(({ rank }) => rank < Math.min(...ranked)), ...said];
  const parts = [...known];
  for (const part of said) {
    const at = parts.findIndex(({ rank }) => rank === part.rank);
    const unit = part.unit || (parts[at]?.unit ?? '');
    parts.splice(at < 0 ? parts.length : at, at < 0 ? 0 : 1, { ...part, unit });
  }
  return parts.sort((a, b) => a.rank - b.rank);
}

const building = 3;

/** «3栋4栋5栋»: more homes than one. */
export const isSeveral = (address = ''): boolean =>
  takeApart(foldAddress(address)).parts.filter(({ rank }) => rank === building).length > 1;

const written = (parts: Part[]) => parts.map(({ number, unit }) => number + unit).join('');

/** «不是50，是80千瓦», «不是五口是六口人»: a measure is no part of an address. */
const measured = /(\d|[一二两三四五六七八九十百])\s*(千瓦|千伏安|k[wv]|[那这]?台|口|个?人|元|块|度|点|月|日|天)/i;

/** «3幢102»: parts below a road or an estate and nothing else. */
export function isDoor(words: string): boolean {
  const { head, parts } = takeApart(foldAddress(words));
  return parts.length > 0 && !clean(head);
}

/** The place with what «不是12栋是21栋» or «是3单元» names replaced; undefined where it has no such part. */
export function replacePart(known: string, { wrong, right, part }: PartCorrection): string | undefined {
  if (part || measured.test(right)) return undefined;
  const words = foldAddress(known);
  const at = wrong ? words.toLowerCase().indexOf(foldAddress(wrong).toLowerCase()) : -1;
  if (wrong && at >= 0) {
    const [before, after] = [words.slice(0, at), words.slice(at + wrong.length)];
    // «是5幢601，不是3幢»: the room is told anew too.
    if (takeApart(foldAddress(right)).parts.length > 1 && isDoor(right)) return joinPlace(before + after, right);
    return before + onwards(foldAddress(right), after);
  }
  if (ownPlace.test(clean(takeApart(foldAddress(right)).head)) && readAddressParts(right).length > 0)
    return moved(words, foldAddress(right));
  if (!isDoor(right)) return undefined;
  const joined = joinPlace(known, right);
  return joined === known ? undefined : joined;
}

/** What stood behind the part that was wrong still does, but for numbers that the right one brings itself. */
function onwards(right: string, behind: string): string {
  const { head, parts, tail } = takeApart(behind);
  const deepest = Math.max(-1, ...takeApart(right).parts.map(({ rank }) => rank));
  if (head || deepest < 0) return right + behind;
  return right + written(parts.filter(({ rank }) => rank > deepest)) + tail;
}

const divisions =
  /^(?:.{2,4}省)?(?:.{2,4}?市)?(?:.{1,6}?(?:(?<![小社园景校新东南西北一二三四五六七八九十\d])区|县))?(?:.{1,6}?(?:街道|镇|乡))?/;

/** «文二路88号3幢» put right as «文二西路88号»: of the same town and district where it names no other, the house of it stays. */
function moved(known: string, right: string): string {
  const own = districtIn(right) !== undefined || /^.{1,8}?(?:街道|镇|乡)/.test(right);
  const area = own ? '' : (divisions.exec(known)?.[0] ?? '');
  const [was, is] = [takeApart(known.slice(area.length)), takeApart(right)];
  const deepest = Math.max(-1, ...is.parts.map(({ rank }) => rank));
  const same = was.parts.some(({ rank }) => rank === deepest);
  return area + right + (same ? written(was.parts.filter(({ rank }) => rank > deepest)) : '');
}
