const DIGITS: Record<string, number> = {
  零: 0, 〇: 0, 洞: 0, 一: 1, 幺: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 拐: 7, 八: 8, 九: 9, 勾: 9,
}; // biome-ignore format: a table reads as a table
const SCALES: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** Sources of patterns, for readers that compose their own. */
export const HAN_NUMBER = '[零〇一二两俩三仨四五六七八九十百千万廿]';
export const ANY_NUMBER = `(?:\\d{1,6}(?:\\.\\d{1,2})?|${HAN_NUMBER}{1,7})`;

/** «三百二», «1.5万», «2千8», «1,280.5», «一三八», «零点五», «廿三»; undefined when it is no number. */
export function parseNumber(written: string): number | undefined {
  const text = written.replaceAll(/[,\s]/g, '').replaceAll('廿', '二十');
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const [whole = '', fraction] = text.split('点');
  if (fraction === undefined) return parseWhole(whole);
  const before = parseWhole(whole);
  const after = digitsOf(fraction);
  return before === undefined || after === '' ? undefined : Number(`${before}.${after}`);
}

/** The digits that are spoken one by one; empty when there is anything else. */
export function digitsOf(spoken: string): string {
  let digits = '';
  for (const character of spoken) {
    const digit = /\d/.test(character) ? Number(character) : DIGITS[character];
    if (digit === undefined) return '';
    digits += digit;
  }
  return digits;
}

interface Sum {
  total: number;
  section: number;
  digit: number | undefined;
  scale: number;
}

function parseWhole(text: string): number | undefined {
  if (text === '') return undefined;
  const spoken = digitsOf(text);
  if (spoken !== '') return Number(spoken);
  const sum: Sum = { total: 0, section: 0, digit: undefined, scale: 1 };
  for (const [part] of text.matchAll(/\d+(?:\.\d+)?|[^\d]/g)) {
    const digit = /\d/.test(part) ? Number(part) : DIGITS[part];
    if (digit !== undefined) {
      sum.digit = digit;
      if (digit === 0) sum.scale = 1;
    } else if (!scaleUp(sum, SCALES[part])) return undefined;
  }
  return sum.total + sum.section + lastDigit(sum);
}

function scaleUp(sum: Sum, scale: number | undefined): boolean {
  if (scale === undefined) return false;
  if (scale >= 10_000) {
    sum.total += (sum.section + (sum.digit ?? 0) || 1) * scale;
    sum.section = 0;
  } else sum.section += (sum.digit ?? 1) * scale;
  sum.digit = undefined;
  sum.scale = scale;
  return true;
}

/** «三百二» is 320: a digit left over counts in tenths of the scale before it. */
const lastDigit = (sum: Sum) =>
  sum.digit === undefined ? 0 : sum.digit < 10 && sum.scale > 10 ? (sum.digit * sum.scale) / 10 : sum.digit;
