import { parseNumber } from './numerals.ts';
import { MOON_FEASTS } from './time.tables.ts';
import type { Span } from './types.ts';

/** A period as counted months (year × 12 + month − 1), so that spans and comparisons are plain arithmetic. */
export interface MonthsTold extends Span {
  from: number;
  to: number;
}

const MONTH = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]';
const DAY = '(?:3[01]|[12]\\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])';
const SPOKEN_YEAR = '二[零〇]二[零〇一二三四五六七八九]';
const NAMED = new RegExp(
  [
    // «十一月一号到二十号»: a stretch of days lies in its months.
    `(?<days>(?:(?<daysYear>(?<!\\d)(?:20)?\\d{2}|${SPOKEN_YEAR}|今|去)年的?)?(?<![\\d.零一二三四五六七八九十两第])(?<daysFrom>${MONTH})月${DAY}[号日]?(?:开始|起)?[ ]?(?:到|至|-|~)[ ]?(?:(?<daysTo>${MONTH})月)?${DAY}[号日](?!\\d))`,
    `(?<season>(?:(?<seasonYear>今年|去年|前年|20\\d{2}年?|(?<!\\d)\\d{2}年|${SPOKEN_YEAR}年?)(?:的)?)(?:整个)?(?<which>夏天|夏季|冬天|冬季|春天|春季|秋天|秋季|暑假|暑期|上半年|下半年|[一二三四1-4]季度|第[一二三四1-4]季度))`,
    '(?<part>(?<![去前])(?:上个季度|上季度|这个?季度|本季度|上半年|下半年|第?[一二三四]季度|这个?夏天|今夏|去夏|这个冬天|去冬|(?:这|刚过去的)?个?暑假))',
    '(?<feast>(?<feastYear>今年|去年)?(?:的)?(?<feastName>国庆|春节|过年|五一|端午|中秋|元旦)(?:长假|黄金周|假期|节)?(?:期间|那几天|那段时间|那阵子|放假|七天|那个?月|当月|的(?=电费|用电)))',
    '(?<digits>20\\d{2}[-./]?(?:1[0-2]|0[1-9])(?![\\d])(?!月|[-./]\\d)|20\\d{2}[-/.][1-9](?!\\d))',
    '(?<pair>(?<!十)(?<pairFrom>[一二三四五六七八])(?:、)?(?<pairTo>[二三四五六七八九])(?:两个?)?月份?)',
    `(?<head>(?<headYear>今年|去年|前年|(?<!\\d)20\\d{2}年|${SPOKEN_YEAR}年)的?(?:头|前)(?<headCount>[二两三四五六七八九十]|\\d{1,2})个月)`,
    '(?<recent>(?:最近|近|这|过去|过去的|前|上|之前)(?<count>[一二两三四五六七八九十俩\\d]{1,2}|半)(?<recentUnit>个多?月|年))',
    '(?<relative>大[上前]个?月|上上个?月|(?<!再)上个?月|这个?月|本月|当月|这月|前个月|(?<!再)上月)(?![底初末]|\\d{1,2}[日号]|[一二三十]{1,3}[号日])',
    `(?<month>(?:(?<year>(?:20)?\\d{2}|${SPOKEN_YEAR}|今|去|前|当|本)年(?:的|度)?)?(?<![\\d.零一二三四五六七八九十两第])(?<number>${MONTH})(?:月份?|(?=[、,，和跟与/ ]{1,2}(?:${MONTH})月)|(?= ?(?:到|至|-|~) ?(?:${MONTH})月))(?!\\d|[一二三四五六七八九十]{1,3}[号日]|[底初]|中旬|上旬|下旬|饼))`,
    `(?<whole>(?<wholeYear>今年|去年|前年|本年|(?<!\\d)20\\d{2}年|${SPOKEN_YEAR}年)(?:全年|一整年|整年|一年|度|以来|到现在|至今)?(?!同期|同月|同一|同季|底|初|末|春|夏|秋|冬|年))`,
  ].join('|'),
  'g',
);

/** Between months that go together. */
export const GOES_ON =
  /^[ ]?(?:份)?(?:的)?[ ]?(?:和|跟|与|、|,|，|到|至|-|~|还有|及|\/|\+| )?[ ]?(?:今年|次年|明年|本)?$/;
const MOST = 24;

/** Every period that is spoken of, whether or not it is a bill's; `current` is the month of now. */
export function monthsTold(text: string, current: number): MonthsTold[] {
  const found: MonthsTold[] = [];
  for (const match of text.matchAll(NAMED)) {
    if (found.length >= MOST) break;
    const groups = match.groups!;
    const kind = Object.keys(READERS).find((name) => groups[name] !== undefined)!;
    const range = READERS[kind]!(groups, current, found.at(-1));
    if (!range || isMonthly(match[0], text, match.index)) continue;
    const end = match.index + match[0].length;
    const toNow = /^(?:份)?(?:起)?(?:一直)?(?:到|至)(?:现在|今天|今(?!年)|目前|这个月|本月)/.test(
      text.slice(end, end + 10),
    );
    found.push({ start: match.index, end, from: range[0], to: toNow ? current : range[1] });
  }
  return settleEnumeration(found, text);
}

/** «一月白给十度»: every month, not January. */
const isMonthly = (word: string, text: string, at: number) =>
  word === '一月' && !/^(?:份|到|至|、|和|-|~)/.test(text.slice(at + 2)) && !/[从、和]$/.test(text.slice(0, at));

/** «去年11月到1月» and «11、12月»: a month that runs backwards belongs to the next year, one without a year to its neighbour's. */
function settleEnumeration(found: MonthsTold[], text: string): MonthsTold[] {
  for (let index = found.length - 2; index >= 0; index--) {
    const one = found[index]!;
    const next = found[index + 1]!;
    if (GOES_ON.test(text.slice(one.end, next.start)) && one.from > next.to && one.to - next.to < 12) {
      if (/年/.test(text.slice(one.start, one.end))) continue;
      one.from -= 12;
      one.to -= 12;
    }
  }
  return found;
}

type Groups = Record<string, string | undefined>;
type Range = [from: number, to: number];
const SEASONS: readonly [RegExp, number, number][] = [
  [/夏|暑期/, 5, 7],
  [/暑假/, 6, 7],
  [/冬/, 11, 13],
  [/春(?!节)/, 2, 4],
  [/秋/, 8, 10],
  [/上半年/, 0, 5],
  [/下半年/, 6, 11],
  [/[一1]季/, 0, 2],
  [/[二2]季/, 3, 5],
  [/[三3]季/, 6, 8],
  [/[四4]季/, 9, 11],
];

const READERS: Record<string, (groups: Groups, current: number, last: MonthsTold | undefined) => Range | undefined> = {
  days: ({ daysYear, daysFrom, daysTo }, current, last) => {
    const from = monthTold(daysYear, parseNumber(daysFrom!)!, current, last)?.[0];
    const later = daysTo === undefined || from === undefined ? 0 : parseNumber(daysTo)! - 1 - (from % 12);
    if (from === undefined) return undefined;
    const to = from + (later < 0 ? later + 12 : later);
    // What is used by now has ended by now: the winter before.
    return daysYear === undefined && to > current ? [from - 12, to - 12] : [from, to];
  },
  season: ({ which, seasonYear }, current) => seasonOf(which!, yearStart(seasonYear, current), current),
  part: ({ part }, current) => {
    if (/季度/.test(part!) && /上|这|本/.test(part!)) return quarterOf(current, part!.startsWith('上') ? 1 : 0);
    const year = current - (current % 12);
    return seasonOf(part!, part!.startsWith('去') ? year - 12 : year, current);
  },
  feast: ({ feastName, feastYear }, current) => {
    const month = feastMonth(feastName!, Math.floor(yearStart(feastYear, current) / 12));
    const at = month > current && !feastYear ? feastMonth(feastName!, Math.floor(current / 12) - 1) : month;
    return [at, at];
  },
  head: ({ headYear, headCount }, current) => {
    const start = yearStart(headYear, current);
    return [start, start + (parseNumber(headCount!) ?? 1) - 1];
  },
  digits: ({ digits }) => {
    const month = Number(digits!.slice(4).replace(/\D/g, ''));
    return [Number(digits!.slice(0, 4)) * 12 + month - 1, Number(digits!.slice(0, 4)) * 12 + month - 1];
  },
  recent: ({ recent, count, recentUnit }, current) => {
    const number = count === '半' ? 0.5 : (parseNumber(count!) ?? 0);
    const months = recentUnit === '年' ? number * 12 : number;
    const to = /^(?:前|上|之前)/.test(recent!) ? current - 1 : current;
    return months < 1 || months > 24 ? undefined : [to - months + 1, to];
  },
  relative: ({ relative }, current) => {
    const back = relative!.startsWith('大')
      ? 3
      : relative!.startsWith('上上') || relative === '前个月'
        ? 2
        : relative!.startsWith('上')
          ? 1
          : 0;
    return [current - back, current - back];
  },
  month: ({ year, number }, current, last) => monthTold(year, parseNumber(number!)!, current, last),
  // «七八月份»
  pair: ({ pairFrom, pairTo }, current) => {
    const [from, to] = [parseNumber(pairFrom!) ?? 0, parseNumber(pairTo!) ?? 0];
    const start = current - (current % 12) - (current % 12 < from - 1 ? 12 : 0);
    return to === from + 1 ? [start + from - 1, start + to - 1] : undefined;
  },
  whole: ({ wholeYear }, current) => {
    const start = yearStart(wholeYear, current);
    return [start, start + 11];
  },
};

function monthTold(
  year: string | undefined,
  month: number,
  current: number,
  last: MonthsTold | undefined,
): Range | undefined {
  if (month < 1 || month > 12) return undefined;
  const start = yearStart(year, current);
  let at = start + month - 1;
  if (year === undefined) {
    if (at > current) at -= 12;
    // «去年11月到1月»: what follows a told year stays near it.
    if (last && last.to > at && last.to - at >= 12) at = last.to - (last.to % 12) + month - 1;
  }
  return [at, at];
}

function yearStart(word: string | undefined, current: number): number {
  const year = Math.floor(current / 12);
  if (word === undefined || /今|本|当|同/.test(word)) return year * 12;
  if (/去|前/.test(word)) return (year - (word.startsWith('去') ? 1 : 2)) * 12;
  const told = parseNumber(word.replace(/年.*$/, '')) ?? year;
  return (told < 100 ? told + 2000 : told) * 12;
}

/** A winter that would end ahead of now is the one before. */
function seasonOf(word: string, start: number, current: number): Range | undefined {
  const row = SEASONS.find(([pattern]) => pattern.test(word));
  if (!row) return undefined;
  const back = row[2] > 11 && start + row[2] > current ? 12 : 0;
  return [start + row[1] - back, start + row[2] - back];
}

function quarterOf(current: number, back: number): Range {
  const start = current - (current % 3) - back * 3;
  return [start, start + 2];
}

function feastMonth(name: string, year: number): number {
  const moon = MOON_FEASTS[year];
  const fixed: Record<string, number> = { 国庆: 10, 五一: 5, 元旦: 1 };
  const moving: Record<string, number> = { 春节: 0, 过年: 0, 端午: 1, 中秋: 2 };
  const month = fixed[name] ?? Number((moon?.[moving[name] ?? 0] ?? '02').slice(0, 2));
  return year * 12 + month - 1;
}
