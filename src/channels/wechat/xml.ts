/** What WeChat sends, as strings: `<a>007</a>` stays «007». Several elements of one name are an array. */
export type Field = string | Fields | Field[];
export interface Fields {
  [name: string]: Field;
}

const deepest = 8;
const most = 1000;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Open {
  name: string;
  text: string;
  children: Fields;
  /** How many elements it holds; it then holds no words. */
  count: number;
}

const opened = (name: string): Open => ({ name, text: '', children: Object.create(null), count: 0 });

/** One token each: CDATA, a tag, words. Nothing else is in the language: no document type, entities, comments or attributes. */
const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.-]*)\s*(\/?)>|([^<]+)/y;

/**
 * Reads the few constructs of XML that WeChat uses, and refuses the rest: undefined. A document type or an entity of its own, which
 * is how XML readers are attacked, is not read at all.
 */
export function readXml(source: string): Fields | undefined {
  const text = source.replace(/^\uFEFF?\s*(<\?xml[^?<>]*\?>)?\s*/, '').trimEnd();
  const root = opened('');
  const path = [root];
  let elements = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found || ++elements > most || !take(path, found)) return undefined;
  }
  const content = root.children.xml;
  return path.length === 1 && root.count === 1 && typeof content === 'object' && !Array.isArray(content)
    ? content
    : undefined;
}

/** Takes one token in; false where it does not fit. */
function take(path: Open[], [, verbatim, slash, name, empty, words]: RegExpExecArray): boolean {
  const here = path.at(-1) as Open;
  if (name === undefined) return addWords(here, verbatim ?? decoded(words ?? ''), path.length);
  if (slash) return empty === '' && here.name === name && path.length > 1 && close(path);
  if (path.length > deepest || here.text.trim()) return false;
  path.push(opened(name));
  return empty ? close(path) : true;
}

function addWords(here: Open, words: string | undefined, depth: number): boolean {
  if (words === undefined) return false;
  if ((depth === 1 || here.count > 0) && words.trim()) return false;
  here.text += words;
  return true;
}

function close(path: Open[]): boolean {
  const { name, text, children, count } = path.pop() as Open;
  const parent = path.at(-1) as Open;
  const value = count > 0 ? children : text;
  const before = parent.children[name];
  if (before === undefined) parent.children[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else parent.children[name] = [before, value];
  parent.count += 1;
  return true;
}

/** Undefined where an entity is none of XML's own five or not a character. */
function decoded(words: string): string | undefined {
  if (!words.includes('&')) return words;
  let right = true;
  const text = words.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));|&/g, (_, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    const character =
      point === undefined ? (Object.hasOwn(named, name ?? '') ? named[name] : undefined) : fromPoint(point);
    right &&= character !== undefined;
    return character ?? '';
  });
  return right ? text : undefined;
}

const fromPoint = (point: number) =>
  point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : undefined;

/** A text as CDATA; the one sequence that would end it is cut in two. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
