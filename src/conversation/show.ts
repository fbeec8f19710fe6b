import type { Entities } from '#nlu';

/** «杭州市西湖区文三路199号2幢1单元301室» → «西湖区文三路***»: enough to recognise one's own, too little for a stranger. */
export function maskAddress(words = ''): string {
  const known = /^(?:.*?[市省])?(.{2,9}?[区县])?(.{2,8}?(?:路|街|道|巷|镇|乡|村))?/.exec(words);
  return `${known?.[1] ?? ''}${known?.[2] ?? ''}***`;
}

/** The place of an order: one that came from the file is masked as the file's is. */
export const maskPlace = ({ address, accountNumber }: { address?: string; accountNumber?: string }) =>
  accountNumber && address ? maskAddress(address) : address;

/** A phone keeps three and four digits, an account number its last four. */
export function maskDigits(digits = ''): string {
  if (digits.length <= 4) return digits;
  return digits.length === 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-4)}`;
}

/** When the trouble began, no finer than it was told. */
export function showTime({ start, grain }: NonNullable<Entities['time']>): string {
  return grain === 'day' ? showDay(start) : `${showDay(start)} ${start.slice(11, 16)}`;
}

/** An instant as «11月24日 18:30» in China's one time zone. */
export function localTime(iso: string | undefined): string | undefined {
  if (!iso) return undefined;
  const local = inChina(new Date(iso));
  return `${showDay(local)} ${local.slice(11, 16)}`;
}

/** China has one time zone. */
const inChina = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString();

/** The time of day in China, «21:05». */
export const localClock = (at: Date): string => inChina(at).slice(11, 16);

/** The day of an instant in China, «2026-11-24». */
export const localDay = (at: Date): string => inChina(at).slice(0, 10);

/** The month of an instant in China, «2026-11»; `offset` months later. */
export const localMonth = (at: Date, offset = 0): string => monthAfter(localDay(at).slice(0, 7), offset);

/** «2026-11-24», or the day of a longer ISO text, as «11月24日». */
export const showDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** «2026-10» as «10月», of another year than now's as «2025年10月». */
export function showMonth(month: string, now: Date): string {
  const [year, number] = [month.slice(0, 4), Number(month.slice(5))];
  return year === localDay(now).slice(0, 4) ? `${number}月` : `${year}年${number}月`;
}

/** «2026年9月–2026年10月», for whoever has no «now» beside it. */
export const showMonths = ({ from, to }: { from: string; to: string }): string =>
  [...new Set([from, to])].map((month) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`).join('–');

/** So many months later, or earlier: «2026-10», -12. */
export function monthAfter(month: string, offset: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + offset;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** So many days later, or earlier. */
export const dayAfter = (day: string, offset: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);

/** «张伟» → «*伟»: enough for its bearer. */
export const maskName = (name = ''): string => (name.length < 2 ? '*' : `*${name.slice(1)}`);

const blocks = '▁▂▃▄▅▆▇█';

/** Values as a line of bars for channels without pictures; a gap where one is missing. */
export function bars(values: readonly (number | undefined)[]): string {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  return values
    .map((value) => (value === undefined ? '·' : blocks[Math.min(7, Math.floor((value / most) * 8))]))
    .join('');
}
