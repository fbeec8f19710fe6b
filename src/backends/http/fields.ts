import { badRequest } from '#errors';
import { readDay, readMonth, readTime, writeDate } from './dates.ts';
import type { Conversion, Field, Sign } from './mapping.ts';

/** What lies at a dotted path; own properties only. */
export function valueAt(source: unknown, path: string | undefined): unknown {
  let value = source;
  for (const step of path?.split('.') ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value ?? undefined;
}

/** The same, with `*` for every element of a list. */
export function valuesAt(source: unknown, path: string): unknown[] {
  const [before, ...after] = path.split(/\.?\*\.?/);
  const value = valueAt(source, before || undefined);
  if (after.length === 0) return [value];
  return Array.isArray(value) ? value.flatMap((each) => valuesAt(each, after.join('.*.'))) : [undefined];
}

export function shows(sign: Sign | undefined, status: number, answer: unknown): boolean {
  if (!sign) return false;
  if (sign.status?.includes(status)) return true;
  if (sign.missing && status < 300 && valueAt(answer, sign.missing) === undefined) return true;
  const value = sign.from ? valueAt(answer, sign.from) : undefined;
  return value !== undefined && (sign.is ?? []).some((each) => String(each) === String(value));
}

type Convert = (value: unknown, conversion: Conversion, zone: string) => unknown;

/** Walks a field's description; `convert` turns the single values, in the direction that is wanted. */
function walk(source: unknown, field: Field, zone: string, convert: Convert): unknown {
  if (typeof field === 'string') return valueAt(source, field);
  if ('always' in field) return field.always;
  const value = valueAt(source, field.from);
  const { each, fields } = field;
  if (each) return Array.isArray(value) ? value.map((one) => walk(one, each, zone, convert)) : value;
  if (fields) return value === undefined ? undefined : walkAll(value, fields, zone, convert);
  return value === undefined ? field.default : convert(value, field, zone);
}

function walkAll(source: unknown, fields: Record<string, Field>, zone: string, convert: Convert) {
  const found: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = walk(source, field, zone, convert);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** Whole fen → yuan in text, without a float in between. */
function yuan(fen: string): string {
  const [, sign, digits] = /^(-?)(\d+)$/.exec(fen) ?? [];
  if (digits === undefined) return fen;
  const padded = digits.padStart(3, '0');
  return `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}`;
}

type Reader = (text: string, format: string | undefined, zone: string) => unknown;
const readers: Record<NonNullable<Conversion['as']>, Reader> = {
  text: (text) => text,
  decimal: (text) => text,
  number: (text) => (text === '' ? text : Number(text)),
  fen: yuan,
  day: (text, format = 'YYYY-MM-DD') => readDay(text, format),
  month: (text, format = 'YYYY-MM') => readMonth(text, format),
  time: (text, format, zone) => (format ? readTime(text, format, zone) : text),
};

const inwards: Convert = (value, { as, format, values }, zone) => {
  if (typeof value === 'object') return value;
  if (values) return values[String(value)];
  return as && isPlain(value) ? readers[as](String(value).trim(), format, zone) : value;
};

const outwards: Convert = (value, { as, format, values }, zone) => {
  if (values) return values[String(value)] ?? value;
  if (as === 'fen') return Math.round(Number(value) * 100);
  if (as === 'number') return Number(value);
  if (format && typeof value === 'string') return writeDate(value, format, zone);
  return as === 'text' || as === 'decimal' ? String(value) : value;
};

/** A utility's answer → ours. */
export const readField = (answer: unknown, field: Field, zone: string) => walk(answer, field, zone, inwards);

/** What is asked → as the utility wants it. */
export const writeField = (request: unknown, field: Field, zone: string) => walk(request, field, zone, outwards);

/** «/consumers/{number}/bills/{from|YYYYMM}» with the values of a request in it. */
export function writePath(request: unknown, path: string, zone: string): string {
  return path.replace(/\{([^}|]+)(?:\|([^}]+))?\}/g, (_, name: string, format?: string) => {
    const value = valueAt(request, name);
    const text = typeof value === 'string' && format ? writeDate(value, format, zone) : String(value ?? '');
    if (/^\.{0,2}$/.test(text)) throw badRequest(`«${text}» can't stand for ${name} in a path.`, 'Give a real value.');
    return encodeURIComponent(text);
  });
}
