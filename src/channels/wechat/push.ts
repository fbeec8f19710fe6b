import { type Fields, readXml } from './xml.ts';

/** What WeChat posted: its fields, and in which notation the account wants to be answered. */
export interface Push {
  fields: Fields;
  notation: 'xml' | 'json';
}

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

/** Numbers as they were written: a MsgId has 64 bits, more than a number keeps. */
const asWritten: Reviver = (_key, value, { source }) => {
  if (typeof value === 'number') return source ?? String(value);
  return typeof value === 'boolean' || value === null ? String(value) : value;
};

/** XML or JSON, as the account is set; undefined for anything else. */
export function readPush(text: string): Push | undefined {
  if (!/^\s*\{/.test(text)) {
    const fields = readXml(text);
    return fields && { fields, notation: 'xml' };
  }
  try {
    return { fields: JSON.parse(text, asWritten as Parameters<typeof JSON.parse>[1]) as Fields, notation: 'json' };
  } catch {
    return undefined;
  }
}

/** A field that must be one plain text; undefined where it is absent or has a structure. */
export function textField(fields: Fields, name: string): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
