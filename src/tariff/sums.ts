import { decimal, divided, one } from './decimal.ts';

const places = (text: string) => (text.split('.')[1] ?? '').length;

function written(value: bigint, keep: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = String(value < 0n ? -value : value).padStart(9, '0');
  const fraction = digits.slice(-8).slice(0, keep);
  return sign + digits.slice(0, -8) + (keep > 0 ? `.${fraction}` : '');
}

/** Decimals in text added exactly; as many places as the finest of them has. */
export function sum(values: readonly string[]): string {
  const total = values.reduce((all, each) => all + decimal(each, 'A number to be added'), 0n);
  return written(total, Math.max(0, ...values.map(places)));
}

/** `from` less `what`, exactly. */
export const difference = (from: string, what: string): string =>
  sum([from, what.startsWith('-') ? what.slice(1) : `-${what}`]);

/** Below zero where the first is the smaller, as a sort wants it. */
export function order(first: string, second: string): number {
  const gap = decimal(first, 'A number') - decimal(second, 'A number');
  return gap < 0n ? -1 : gap > 0n ? 1 : 0;
}

/** How many per cent `part` is of `whole`, a whole number. */
export const percent = (part: string, whole: string): string | undefined => {
  const share = ratio(part, whole, 4);
  return share && written(divided(decimal(share, 'A share') * 100n, one) * one, 0);
};

/** `part` over `whole`, rounded half up to so many places; undefined where `whole` is zero. */
export function ratio(part: string, whole: string, keep = 2): string | undefined {
  const by = decimal(whole, 'A number to divide by');
  if (by === 0n) return undefined;
  const step = 10n ** BigInt(8 - keep);
  return written(divided((decimal(part, 'A number') * one) / step, by) * step, keep);
}
