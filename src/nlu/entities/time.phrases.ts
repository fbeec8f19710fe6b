import { ANY_NUMBER, parseNumber } from './numerals.ts';
import { DAYS, PARTS, WEEKDAYS } from './time.tables.ts';
import type { Span } from './types.ts';

/** What was said of a moment, not yet set against the clock. */
export interface Phrase extends Span {
  date?: DateTold;
  /** The hour that the named part of the day begins at. */
  part?: number;
  /** «半夜», «凌晨»: their small hours belong to the next calendar day of «昨». */
  partWord?: string;
  hour?: number;
  minute?: number;
  /** «20:15» needs no guess between morning and evening. */
  exact24?: boolean;
  ago?: { minutes: number; grain: 'minute' | 'hour' | 'day' };
  just?: boolean;
  /** «25号», which may as well be a house: no month, and 号 where a careful writer puts 日. */
  bareNumber?: boolean;
}

export type DateTold =
  | { kind: 'offset'; days: number }
  | { kind: 'feast'; name: string }
  | { kind: 'week'; weeks: number | undefined; weekday: number }
  | { kind: 'date'; year?: number | undefined; month?: number | undefined; day: number; lastMonth?: boolean };

const HAN_HOUR = '二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]';
const HAN_MINUTE = '[一二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]';
/** «三点建议», «走了三点六»: points, not hours. */
const NOT_AN_HOUR =
  '(?!建议|意见|想法|要求|问题|希望|不满|诉求|原因|疑问|声明|说明|几(?!就|钟|开始|停|冇|跳|断|没|左右|的时候)|一线|[二三四五六七八九](?![十点刻分])|一(?![十点刻分直下会样起切家]))';
/** «一点» is a little of something more often than one o'clock. */
const A_LITTLE =
  /^(?:儿|点|都|也|不|没|用|就(?:白屏|黑屏|闪退|卡|报错|弹|没反应|退)|钱|动静|小|东西|亮|光|电(?!就|都停|都断|停|跳)|征兆|预兆|办法|消息|音|声|准备|通知|招呼|风声|面子|心意|事|辛苦|反应|道理|耐心|本钱|吃|水|力|感觉|上门|[，,。]|$)/;

/** A look-ahead is no part of the word. */
const splitWords = (row: string) => row.replaceAll(/\(\?=[^)]*\)/g, '').split('|');

const words = (rows: readonly (readonly [...unknown[], string])[]) =>
  rows
    .flatMap((row) => (row.at(-1) as string).split(/\|(?![^(]*\))/))
    .sort((one, other) => splitWords(other)[0]!.length - splitWords(one)[0]!.length)
    .join('|');

/** The pieces, one named group each; the order decides where two could begin at the same place. */
const PIECE = new RegExp(
  [
    `(?<ago>(?:${ANY_NUMBER}|半|十几|几)(?:多)?(?:(?:个)?(?:半)?(?:多)?(?:小时|钟头|分钟|天|日|周|星期|礼拜|h)|个(?:半|多)?月)(?:多)?(?:之前|以前|前))`,
    `(?<full>(?:(?<year>20\\d{2}|二[零〇]二[零〇一二三四五六七八九]|今|去)年)?(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九正])月(?:份)?(?<day>3[01]|[12]\\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号|(?!\\d|个|份|月)))`,
    '(?<iso>(?<![\\d.])20\\d{2}[-./]\\d{1,2}[-./]\\d{1,2}(?!\\d))',
    '(?<slash>(?<![\\d.:/-])(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\\d|0?[1-9])(?![\\d.%:/-]|元|块|度|千|k|万|米|公里|倍))',
    '(?<monthday>(?:上个?月|这个月|本月|当月)(?:3[01]|[12]\\d|[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号))',
    '(?<lone>(?<![\\d月.-]|[第路街村弄巷园苑坊组区站桩栋楼座厦城庄屯道尾单元编工户房车班]|[道路街][东西南北中]|(?<![家屋村])里)(?:3[01]|[12]\\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|(?<!十)[一二三四五六七八九])(?:日|号)(?=上午|下午|中午|晚|早|凌晨|半夜|夜|傍晚|那天|当天|就|停(?!车)|没|断|开始|起|突然|忽然|跳|黑|大概|左右|下(?:完|了|过|暴|大|雨|雪)|打(?:完|了|过)?雷|刮|[,，。]|$|\\d{1,2}[点:时]|[一二三四五六七八九十]{1,3}点))',
    '(?<week>(?<which>上上个?|上个?|这个?|本|下个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天末1-7])(?![期年个\\d]))',
    `(?<offset>${words(DAYS)})`,
    '(?<feast>(?:国庆|元旦|五一|端午|中秋|春节|除夕|大年三十|大年初一)(?:节)?(?!期间|放假|长假|假期|前|后|黄金|的)(?:那天|当天|那日|那(?=晚)|当(?=晚))?)',
    '(?<just>刚(?=停(?!车)|断[了的电]|没电|跳|黑了)|才(?=停的?电|断的?电|没电)|刚刚才|刚才|刚刚|方才|头先|啱啱|将才|才将|适才|刚先)',
    `(?<part>${words(PARTS)})`,
    '(?<colon>(?<![\\d:.])(?:2[0-3]|[01]?\\d) ?: ?[0-5]\\d(?![\\d]))',
    `(?<clock>(?:差(?<less>一刻|(?:\\d{1,2}|[一二三四五六七八九十]{1,3})分)钟?|(?<![\\d.第零一二两三四五六七八九十百])(?:(?<![有差大小多少高低好贵快慢近远]|(?<![昨今前])[早晚])|(?!一点)))(?:(?<approx>[一二三四五六七八九](?=[二三四五六七八九]点|十[一二]?点)))?(?<hour>2[0-4]|1\\d|0?\\d|${HAN_HOUR})(?<sep>点钟|点|时(?![间候段刻常不]))${NOT_AN_HOUR}(?:(?<half>半)|(?<quarter>[一三])刻|(?:过)?(?<minute>[0-5]?\\d|${HAN_MINUTE}|[一二三四五六七八九](?=分))(?:分(?!时)|(?![\\d.个元块度年月号]))?)?)`,
  ].join('|'),
  'g',
);

const GLUE =
  /^(?:的|[，,、 ])?(?:时候)?(?:(?:大概|大约|差不多|约莫|约|好像|应该|估计|可能)(?:是在|是|在)?|是在|是|在|就|也就|吃完饭)?(?:的|[，,、 ])?$/;

/** Every moment that the message speaks of, pieces beside each other taken together. */
export function timePhrases(text: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const match of text.matchAll(PIECE)) {
    const piece = pieceOf(match);
    const last = phrases.at(-1);
    const joined = last !== undefined && fits(last, piece) && GLUE.test(text.slice(last.end, piece.start));
    if (joined) Object.assign(last, piece, { start: last.start });
    else if (!isLittle(piece, match[0], text)) phrases.push(piece);
  }
  return phrases;
}

const isLittle = (piece: Phrase, word: string, text: string) =>
  /^[一1]点$/.test(word) && A_LITTLE.test(text.slice(piece.end, piece.end + 3));

const rank = (phrase: Phrase) => (phrase.hour !== undefined ? 2 : phrase.part !== undefined ? 1 : 0);

/** A date, then a part of the day, then the hour; «昨晚半夜» sharpens, never goes back. */
function fits(last: Phrase, next: Phrase): boolean {
  if (last.ago || next.ago || last.just || next.just || next.date) return false;
  if (last.hour !== undefined) return false;
  return rank(next) > rank(last) || (rank(next) === 1 && last.date?.kind === 'offset');
}

function pieceOf(match: RegExpExecArray): Phrase {
  const told = match.groups!;
  const span = { start: match.index, end: match.index + match[0].length };
  const kind = Object.keys(READERS).find((name) => told[name] !== undefined)!;
  return { ...span, ...READERS[kind]!(told[kind]!, told) };
}

type Told = Record<string, string | undefined>;

const READERS: Record<string, (word: string, told: Told) => Partial<Phrase>> = {
  ago: (word) => agoOf(word),
  full: (_, told) => ({
    date: { kind: 'date', year: yearTold(told.year), month: monthTold(told.month!), day: parseNumber(told.day!)! },
  }),
  iso: (word) => {
    const [year, month, day] = word.split(/[-./]/).map(Number);
    return { date: { kind: 'date', year, month, day: day! } };
  },
  slash: (word) => {
    const [month, day] = word.split(/[./]/).map(Number);
    return { date: { kind: 'date', month, day: day! } };
  },
  monthday: (word) => ({
    date: { kind: 'date', day: parseNumber(/月(.+)[日号]/.exec(word)![1]!)!, lastMonth: word.startsWith('上') },
  }),
  lone: (word) => ({
    date: { kind: 'date', day: parseNumber(word.slice(0, -1))! },
    ...(word.endsWith('号') ? { bareNumber: true } : {}),
  }),
  week: (_, told) => ({ date: { kind: 'week', weeks: weeksTold(told.which), weekday: WEEKDAYS[told.weekday!]! } }),
  offset: (word) => {
    const [days, part] = DAYS.find((row) => splitWords(row[2]).includes(word))!;
    return { date: { kind: 'offset', days }, ...(part === undefined ? {} : { part, partWord: word }) };
  },
  feast: (word) => ({ date: { kind: 'feast', name: word.slice(0, word.startsWith('大年') ? 4 : 2) } }),
  just: () => ({ just: true }),
  part: (word) => ({ part: PARTS.find((row) => splitWords(row[1]).includes(word))![0], partWord: word }),
  colon: (word) => {
    const [hour, minute] = word.split(':').map(Number);
    return { hour: hour!, minute: minute!, exact24: true };
  },
  clock: (_, told) => ({
    hour: parseNumber(told.approx ?? told.hour!)! - (told.less ? 1 : 0),
    ...minuteTold(told),
    ...(told.sep === '时' ? { exact24: true } : {}),
  }),
};

function minuteTold(told: Told): Partial<Phrase> {
  if (told.less) return { minute: 60 - (told.less === '一刻' ? 15 : parseNumber(told.less.slice(0, -1))!) };
  if (told.half) return { minute: 30 };
  if (told.quarter) return { minute: told.quarter === '三' ? 45 : 15 };
  return told.minute === undefined ? {} : { minute: parseNumber(told.minute.replace(/^零/, ''))! };
}

const monthTold = (word: string) => (word === '正' ? 99 : parseNumber(word)!);

/** Relative years are told by small negatives. */
function yearTold(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  return word === '今' ? 0 : word === '去' ? -1 : parseNumber(word);
}

function weeksTold(which: string | undefined): number | undefined {
  if (which === undefined) return undefined;
  return which.startsWith('上上') ? -2 : which.startsWith('上') ? -1 : which.startsWith('下') ? 1 : 0;
}

const UNITS: readonly [RegExp, number, 'minute' | 'hour' | 'day'][] = [
  [/小时|钟头|h$|个钟|小时/, 60, 'hour'],
  [/分钟/, 1, 'minute'],
  [/周|星期|礼拜/, 7 * 1440, 'day'],
  [/天|日/, 1440, 'day'],
  [/月/, 30 * 1440, 'day'],
];

/** Also for durations: «两个半小时», «半个钟头», «一个多小时»; nothing for «十几», «几». */
export function agoOf(word: string): Partial<Phrase> {
  const row = UNITS.find(([pattern]) => pattern.test(word));
  const number = /^[半]/.test(word) ? 0.5 : parseNumber(new RegExp(`^${ANY_NUMBER}`).exec(firstOfTwo(word))?.[0] ?? '');
  if (!row || number === undefined || /几/.test(word)) return {};
  const amount = number + (/^.+半/.test(word) && !word.startsWith('半') ? 0.5 : 0);
  const minutes = Math.round(amount * row[1]);
  return { ago: { minutes, grain: row[2] === 'hour' && amount < 1 ? 'minute' : row[2] } };
}

/** «两三个小时» begins at two. */
const firstOfTwo = (word: string) =>
  word.replace(/^([一二两三四五六七八])[二三四五六七八九](?=个|小|天|分|钟|h)/, '$1');
