import { parseNumber } from '#nlu';
import type { Asking, Slot } from './slot.ts';

interface Options {
  asking?: Asking;
}

const number = (written = '0') => parseNumber(written) ?? 0;
const han = '[一二两三四五六七八九十百]{1,4}';

/** How a share of all is told, and how many per cent that is. */
const shares: readonly [RegExp, (first: string, second?: string) => number][] = [
  [/(\d{1,2}(?:\.\d)?)\s*(?:[%％]|个点)/, number],
  [new RegExp(`百分之(\\d{1,2}|${han})`), number],
  [/([一二三四五六七八九])成([一二三四五六七八九])?/, (tens, more) => number(tens) * 10 + (more ? number(more) : 0)],
  [new RegExp(`([二三四五六七八九十])分之(${han})`), (whole, part) => Math.round((number(part) / number(whole)) * 100)],
  [/(一半|半数|对半|half)/i, () => 50],
];

/** A share of all, in per cent: «5%», «三成», «一半», «三分之一». */
export function share({ asking = 'never' }: Options = {}): Slot<number> {
  return {
    asking,
    read: ({ text }) => {
      const [told, percent] = shares.find(([shape]) => shape.test(text)) ?? [];
      const [, first = '', second] = told?.exec(text) ?? [];
      return percent?.(first, second);
    },
  };
}

const daysOf: Readonly<Record<string, number>> = { 天: 1, 日: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30, 年: 365 };
const lasting =
  /(半|\d{1,3}|[一二两三四五六七八九十百]{1,4})(?:来|多)?个?(天|日|周|星期|礼拜|月|年)(?!前|号|\d|[份初底])/;

/** How many days something lasted: «十五天», «半个月», «两周». Days of the calendar («15日») are none. */
export function duration({ asking = 'never' }: Options = {}): Slot<number> {
  return {
    asking,
    read: ({ text }) => {
      const [, count = '', unit = ''] = lasting.exec(text) ?? /(\d{1,3}) (day|week)s?\b/i.exec(text) ?? [];
      const days = daysOf[unit] ?? (unit ? { day: 1, week: 7 }[unit] : undefined);
      const many = count === '半' ? 0.5 : parseNumber(count);
      return days && many && !/^\d+日$/.test(count + unit) ? Math.floor(days * many) : undefined;
    },
  };
}

const kilowatts = new RegExp(`(\\d+(?:\\.\\d+)?|${han}|半)\\s*(千瓦|瓦|k?w(?!h))`, 'i');
const hoursOf = new RegExp(`(\\d+(?:\\.\\d+)?|${han}|半)\\s*个?(?:半)?(?:小时|钟头|hours?)`, 'i');
/** «一晚上», «一整天»: so many hours, where nobody counts them. */
const spells: readonly [RegExp, number][] = [
  [/(?:一|整|通)(?:整)?(?:晚|夜|宿)/, 8],
  [/一整天|24小时|全天/, 24],
];

export interface Running {
  kw: number;
  hours: number;
  days: number;
  kwh: number;
}

/** What an appliance uses by its power and the hours a day it runs: «2000瓦，一天开10小时，一个月». */
export function appliance({ asking = 'never' }: Options = {}): Slot<Running> {
  return {
    asking,
    read: ({ text }) => {
      const [, power = '', unit = ''] = kilowatts.exec(text) ?? [];
      const counted = hoursOf.exec(text)?.[1];
      const hours = counted ? number(counted) : spells.find(([said]) => said.test(text))?.[1];
      const kw = unit && (power === '半' ? 0.5 : number(power)) * (/千瓦|k/i.test(unit) ? 1 : 0.001);
      if (!kw || !hours) return undefined;
      const days = /(?:一个|每个?|整)月|30天|a month/i.test(text) ? 30 : 1;
      return { kw, hours, days, kwh: Math.round(kw * hours * days * 100) / 100 };
    },
  };
}

const standards = ['0.80', '0.85', '0.90'];

/** A power factor and the standard it is held against, as far as they are told: «0.85，标准0.9»; another one later goes by the same standard. */
export function cosine(): Slot<{ factor?: string; standard?: string }> {
  return {
    asking: 'never',
    read: ({ text }, _asked, current) => {
      const told = /标准[^\d，,。]{0,3}(0\.\d{1,2})|standard \D{0,4}(0\.\d{1,2})/i.exec(text);
      const standard = Number(told?.[1] ?? told?.[2] ?? 0).toFixed(2);
      const found = [
        ...text.replace(told?.[0] ?? '', '').matchAll(/(?<![\d.])(0\.[5-9]\d?|1\.0+)(?![\d.]|\s*(?:元|块|%))/g),
      ].at(-1)?.[1];
      if (found === undefined) return undefined;
      return {
        factor: Number(found).toFixed(2),
        standard: standards.includes(standard) ? standard : current?.standard,
      };
    },
  };
}
