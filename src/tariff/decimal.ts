import { badRequest } from '#errors';

/** Exact decimals as whole numbers of 10⁻⁸: prices have at most eight places. */
export const one = 100_000_000n;
/** A product of two such numbers counts 10⁻¹⁶; so many of them are a cent. */
export const centOfProduct = 100_000_000_000_000n;

const shape = /^-?\d+(?:\.\d{1,8})?$/;
const zeros = '00000000';

/** `what` names the value in the fault, as the caller knows it. */
export function decimal(text: string, what: string): bigint {
  if (typeof text !== 'string' || !shape.test(text))
    throw badRequest(
      `${what} is ${JSON.stringify(text)}, which is no decimal number.`,
      'Give it as text with at most eight decimal places, like "0.588".',
      'NoDecimal',
    );
  const dot = text.indexOf('.');
  if (dot < 0) return BigInt(text) * one;
  const digits = text.slice(0, dot) + text.slice(dot + 1) + zeros.slice(text.length - dot - 1);
  // Way through a number is twice as fast, and exact below 2⁵³.
  return BigInt(digits.length <= 15 ? Number(digits) : digits);
}

/** The same, where less than nothing makes no sense. */
export function amount(text: string, what: string): bigint {
  const value = decimal(text, what);
  if (value < 0n) throw badRequest(`${what} is ${text}, below zero.`, 'Give zero or more.', 'BelowZero');
  return value;
}

/** Without zeros at the end: «60», «0.588». */
export function plain(value: bigint): string {
  if (value < 0n) return `-${plain(-value)}`;
  const whole = value / one;
  const rest = Number(value - whole * one);
  if (rest === 0) return String(whole);
  let places = 8;
  let digits = rest;
  for (; digits % 10 === 0; places--) digits /= 10;
  return `${whole}.${String(digits).padStart(places, '0')}`;
}

/** Cents as yuan: «75.70». */
export function yuan(cents: bigint): string {
  if (cents < 0n) return `-${yuan(-cents)}`;
  const digits = String(cents);
  return digits.length > 2 ? `${digits.slice(0, -2)}.${digits.slice(-2)}` : `0.${digits.padStart(2, '0')}`;
}

export const greater = (a: bigint, b: bigint): bigint => (b > a ? b : a);
export const lesser = (a: bigint, b: bigint): bigint => (b < a ? b : a);

/** Yuan in text, as cents. */
export const cents = (text: string): bigint => divided(decimal(text, 'An amount'), 1_000_000n);

/** Half up; below zero half away from zero, so that a refund is rounded like the charge it takes back. */
export function divided(value: bigint, by: bigint): bigint {
  if (value < 0n) return -divided(-value, by);
  return (2n * value + by) / (2n * by);
}

const floor = (value: bigint, by: bigint) => (value < 0n ? -((by - 1n - value) / by) : value / by);

/**
 * Cents of every part of one charge, so that they add up to the exact charge rounded once. Each is rounded half up; only where
 * these roundings together miss the charge by a cent, the part nearest to the half is rounded the other way.
 */
export function sharedCents(parts: readonly bigint[], cent: bigint): bigint[] {
  let sum = 0n;
  let missing = 0n;
  const rounded = parts.map((part) => {
    const value = floor(2n * part + cent, 2n * cent);
    sum += part;
    missing -= value;
    return value;
  });
  missing += floor(2n * sum + cent, 2n * cent);
  if (missing !== 0n) settle(parts, rounded, cent, missing);
  return rounded;
}

function settle(parts: readonly bigint[], rounded: bigint[], cent: bigint, missing: bigint) {
  const step = missing > 0n ? 1n : -1n;
  const lost = parts.map((part, at) => ({ at, error: step * (part - rounded[at]! * cent) }));
  lost.sort((a, b) => (a.error === b.error ? a.at - b.at : a.error > b.error ? -1 : 1));
  for (const { at } of lost.slice(0, Number(missing * step))) rounded[at] = rounded[at]! + step;
}
