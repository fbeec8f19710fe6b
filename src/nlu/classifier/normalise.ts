/**
 * One spelling for every way of typing: what two customers mean alike should look alike before anything is counted.
 * The readers of entities must not use this (it masks digits and drops courtesy); it serves the classifier alone.
 */

/** Longer messages are read at both ends: the story opens a letter, the request closes it. */
const HEAD = 180;
const TAIL = 240;

const INVISIBLE = /[\p{C}\p{Mn}]/gu;
const PUNCTUATION = /[\p{P}\p{Zl}\p{Zp}~^`|<>=+$￥¥]+/gu;
const COURTESY =
  /请问一下|请问|您好|你好|麻烦(?:您|你|帮我|帮忙)?|劳驾|拜托(?:了|您|你)?|谢谢(?:您|你|了|啦)?|多谢|辛苦(?:了|您|你)?|不好意思|打扰(?:了|一下)?/g;
const HESITATION =
  /[嗯呃唉欸噢喔哦哎]+|那个那个|就是说|怎么说呢|^(?:那个|就是|我?想?问一下|我想问)|[啊呀哈呢吧嘛啦]+$|(?:好吗|好不好|行吗|行不行|可以吗)$/g;

/** The parts that are kept of a text of any length, well-formed. */
export function bounded(text: string): string {
  const kept = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} ${text.slice(-TAIL)}`;
  return kept.toWellFormed().replaceAll('\ufffd', '');
}

/** A number's length tells an amount from an account; its digits only tell one customer from another. */
function masked(digits: string): string {
  if (/^1[3-9]\d{9}$/.test(digits)) return '☎';
  if (digits.length < 3) return digits;
  return digits.length < 5 ? '▪' : digits.length < 10 ? '▫' : '■';
}

/** Without `pattern`, unless that is all there was: «谢谢» alone is a message too. */
const without = (text: string, pattern: RegExp) => {
  const rest = text.replace(pattern, '');
  return rest.trim() === '' ? text : rest;
};

/** What one pass takes away may bring two ends together that the next one would take away too; a few passes settle it. */
const passes = 8;

/** Read twice, a text is read the same. `simplify` turns traditional script into simplified. */
export function normalise(text: string, simplify: (text: string) => string): string {
  let read = once(text, simplify);
  for (let pass = 1; pass < passes; pass += 1) {
    const again = once(read, simplify);
    if (again === read) return read;
    read = again;
  }
  return read;
}

function once(text: string, simplify: (text: string) => string): string {
  const plain = simplify(bounded(bounded(text).normalize('NFKC')).toLowerCase())
    .replace(INVISIBLE, '')
    .replace(PUNCTUATION, ' ')
    .replace(/\d+(?:\.\d+)?/g, masked)
    .replace(/(.)\1{2,}/gu, '$1$1');
  const kept = without(without(plain, COURTESY), HESITATION);
  return kept
    .replace(/\s+/g, ' ')
    .replace(/(?<![a-z0-9]) | (?![a-z0-9])/g, '')
    .trim();
}
