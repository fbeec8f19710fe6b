import { simplify as convert } from '../classifier/script.ts';

const HEAD = 1200;
const TAIL = 400;

/** The part that is read of a text of any length: the story opens a letter, place and phone close it. */
export const bounded = (text: string): string =>
  text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;

/**
 * One spelling for every way of typing, of the *same length*: an index into the folded text is an index into the message,
 * so that an address can be answered in the customer's own words.
 */
export function fold(text: string): string {
  table ??= buildTable();
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = table[text.charCodeAt(index)]!;
  return decode(units);
}

/** As `fold`, but capitals stay: how an address is compared, put on a grid and shown («Ａ座３幢», «西湖區» → «A座3幢», «西湖区»). */
export function foldAddress(text: string): string {
  const folded = fold(text);
  return text.replace(/[\s\S]/g, (own, at: number) => (isCapital(own) ? folded[at]!.toUpperCase() : folded[at]!));
}

const isCapital = (character: string) => /[A-ZＡ-Ｚ]/.test(character);

const PLANE = 0x10000;
const CHUNK = 4096;
const SPACES = '\u00a0\u200b\u200c\u200d\u2060\ufeff\ufe0f\u20e3\u3000\t\v\f';
/** What Chinese keyboards and voice boxes put for one and the same sign. */
const SAME: readonly [string, string][] = [
  ['—–−‐‑﹣ー', '-'],
  ['～∼〜', '~'],
  ['﹕', ':'],
  ['①②③④⑤⑥⑦⑧⑨', '123456789'],
  ['壹贰叁肆伍陆柒捌玖拾佰仟', '一二三四五六七八九十百千'],
  ['○Ｏ', '〇'],
  ['塊圓菸嘅喺佢冇嚟咗綫錶裏裡牀慿', '块元烟的在他冇来了线表里里床凭'],
  ['妳祢', '你'],
];
/** The full-width comma stays: a half-width one may stand inside a number. */
const FULL_WIDTH_COMMA = 0xff0c;

let table: Uint16Array | undefined;

function buildTable(): Uint16Array {
  const built = Uint16Array.from({ length: PLANE }, (_, code) => code);
  simplify(built);
  for (let code = 0xff01; code <= 0xff5e; code++) if (code !== FULL_WIDTH_COMMA) built[code] = code - 0xfee0;
  for (let code = 0; code < 0x20; code++) if (code !== 0x0a) built[code] = 0x20;
  for (const space of SPACES) built[space.charCodeAt(0)] = 0x20;
  for (const [from, to] of SAME) {
    for (let index = 0; index < from.length; index++) {
      built[from.charCodeAt(index)] = to.charCodeAt(to.length === 1 ? 0 : index);
    }
  }
  for (let code = 0; code < PLANE; code++) built[code] = lower(built[code]!);
  return built;
}

function simplify(built: Uint16Array): void {
  const characters = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, index) => String.fromCharCode(0x4e00 + index));
  convert(characters.join('\n'))
    .split('\n')
    .forEach((simple: string, index: number) => {
      if (simple.length === 1) built[0x4e00 + index] = simple.charCodeAt(0);
    });
}

const lower = (code: number) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);

function decode(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += String.fromCharCode(...units.subarray(at, at + CHUNK));
  return text;
}
