/** How people name the parts of a day, and the hour that each begins at; longer words first. */
export const PARTS: readonly [hour: number, words: string][] = [
  [0, '凌晨|后半夜|下半夜|天没亮|天不亮|天还没亮|拂晓前|今晨|天蒙蒙亮'],
  [8, '上午|前晌|头晌|头午|上半天|上昼|晏昼前'],
  [12, '大中午|中午头|中午|正午|午间|晌午|中晌|晌午头|当午'],
  [13, '下午|后晌|下晌|午后|下昼|后半晌|下半天|过午'],
  [17, '傍晚|黄昏|擦黑|天擦黑|天刚黑|天快黑|傍黑|挨黑|落日'],
  [22, '大半夜|前半夜|三更半夜|深更半夜|半夜|夜里头|夜里|深夜|夜间|午夜|大夜里|半夜里|深宵'],
  [
    6,
    '大清早|一大早|大早上|清早|早上头|早上|早晨|清晨|一早|早起|早间|大早|朝早|天刚亮|天一亮|天亮|早(?=\\d|[一二三四五六七八九十]{1,3}点)',
  ],
  [
    18,
    '大晚上|晚上|晚间|夜晚|晚夕|夜黑里|夜黑|黑里|黑间|夜头|晚黑|入夜|后黑|晚边|晚(?=\\d|[一二三四五六七八九十]{1,3}点)',
  ],
];

/** Days told from today; a word with a part of the day in it carries both. */
export const DAYS: readonly [offset: number, hour: number | undefined, words: string][] = [
  [-3, undefined, '大前天|大前日'],
  [-2, 18, '前晚|前天晚'],
  [-2, undefined, '前天|前日|前儿个|前儿格|前儿|前个儿|前朝'],
  [-1, 22, '昨夜|昨儿夜里'],
  [-1, 18, '昨晚|昨儿晚|噚晚|寻晚|琴晚|昨黑'],
  [-1, 6, '昨早'],
  [
    -1,
    undefined,
    '昨天|昨日|昨儿个|昨儿格|昨个儿|昨儿|昨个|夜儿个|夜个|夜隔|昨朝|寻日|噚日|琴日|夜来|昨(?=下午|上午|中午|早|晚|夜|黑|凌晨|儿)',
  ],
  [0, 6, '今早|今朝早上头|今朝早上|今晨|今早上'],
  [0, 18, '今晚'],
  [0, 22, '今夜'],
  [0, undefined, '今天|今日|今儿个|今儿格|今个儿|今儿|今个|今朝|今(?=下午|上午|中午|早|晨|晚|夜|黑|凌晨)|本日'],
  [1, undefined, '大后天|后天|明天|明日|明儿|明早|明晚|明朝|听日|后日|次日|第二天|隔天'],
];

export const WEEKDAYS: Record<string, number> = {
  一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7, 末: 6,
  1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7,
}; // biome-ignore format: a table reads as a table

/** Feast days that move with the moon, as month and day: spring festival, dragon boat, mid-autumn. */
export const MOON_FEASTS: Record<number, readonly [spring: string, boat: string, autumn: string]> = {
  2023: ['01-22', '06-22', '09-29'],
  2024: ['02-10', '06-10', '09-17'],
  2025: ['01-29', '05-31', '10-06'],
  2026: ['02-17', '06-19', '09-25'],
  2027: ['02-06', '06-09', '09-15'],
  2028: ['01-26', '05-28', '10-03'],
  2029: ['02-13', '06-16', '09-22'],
  2030: ['02-03', '06-05', '09-12'],
};

const spring = (year: number) => MOON_FEASTS[year]?.[0];
/** Month and day of a feast in a year, where known. */
export const FEASTS: Record<string, (year: number) => string | undefined> = {
  国庆: () => '10-01',
  元旦: () => '01-01',
  五一: () => '05-01',
  端午: (year) => MOON_FEASTS[year]?.[1],
  中秋: (year) => MOON_FEASTS[year]?.[2],
  春节: spring,
  大年初一: spring,
  除夕: spring,
  大年三十: spring,
};
