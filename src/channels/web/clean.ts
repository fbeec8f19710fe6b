import { z } from 'zod';

/** Text as it may be stored and shown anywhere: well-formed, without control characters but newline and tab. */
export function cleanText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .toWellFormed();
}

/** The first `max` characters, never half of one. */
export function firstCharacters(text: string, max: number): string {
  return text.length <= max ? text : Array.from(text).slice(0, max).join('');
}

export const countCharacters = (text: string) => Array.from(text).length;

/** A short text of the client's: cleaned, and refused where it is longer than any honest one. */
export const shortText = (max: number) => z.string().max(max).transform(cleanText);

type Json = z.infer<ReturnType<typeof z.json>>;

/** A button's payload: any JSON of reasonable size, its texts cleaned. */
export const Payload = z
  .json()
  .refine((value) => JSON.stringify(value).length <= 16_384, 'is longer than 16 KB')
  .transform(cleanJson);

function cleanJson(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, inner]) => [cleanText(key), cleanJson(inner)]));
}
