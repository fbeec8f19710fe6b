import type { Entities } from '#nlu';

/** «杭州市西湖区文三路199号2幢1单元301室» → «西湖区文三路***»: enough to recognise one's own, too little for a stranger. */
export function maskAddress(words = ''): string {
  const known = /^(?:.*?[市省])?(.{2,9}?[区县])?(.{2,8}?(?:路|街|道|巷|镇|乡|村))?/.exec(words);
  return `${known?.[1] ?? ''}${known?.[2] ?? ''}***`;
}

/** A phone keeps three and four digits, an account number its last four. */
export function maskDigits(digits = ''): string {
  if (digits.length <= 4) return digits;
  return digits.length === 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-4)}`;
}

/** When the trouble began, no finer than it was told. */
export function showTime({ start, grain }: NonNullable<Entities['time']>): string {
  const [date = '', clock = ''] = start.split('T');
  const [, month, day] = date.split('-').map(Number);
  return grain === 'day' ? `${month}月${day}日` : `${month}月${day}日 ${clock.slice(0, 5)}`;
}

/** An instant as «11月24日 18:30» in China's one time zone. */
export function localTime(iso: string | undefined): string | undefined {
  if (!iso) return undefined;
  const local = new Date(Date.parse(iso) + 8 * 3_600_000).toISOString();
  return `${Number(local.slice(5, 7))}月${Number(local.slice(8, 10))}日 ${local.slice(11, 16)}`;
}
