import type { Span } from './types.ts';

const DENIED_BEFORE =
  /(?:不是|并非|而不是|别打|别写|写成|打成|输成|记成|听成|错成|登成|错写|误写|不要打)(?:了|的|是)?[^，。,]{0,2}$/;
const DENIED_AFTER =
  /^[^\d，。,]{0,4}(?:不对|错了|打错|写错|说错|是错的|停机|不用了|作废|已注销|换了|那是(?:旧|错|以前|原来))|^[，,\s]{0,2}(?:哦|啊|哎|噢|不|额)?[，,\s]{0,2}(?:不对|不是(?![^，。]{0,3}[\d一二三四五六七八九十a-z])|错了|打错|写错|说错|输错|更正|纠正)/;
const TURNED =
  /不对|不是|错了|错啦|打错|写错|说错|输错|应该是|应是|更正|纠正|改成|改为|换成|哦不|口误|记错|看错|搞错|是说|不不|[啊噢]不|[，,\s]不[，,]?\s?(?:应该)?是/;

/** The one value that counts: what the customer took back falls away, and after a correction the last one stands. */
export function choose<T extends Span>(found: readonly T[], text: string): T | undefined {
  if (found.length < 2) return found[0];
  const standing = found.filter((one) => !isDenied(one, text));
  const last = standing.at(-1);
  if (standing.length < 2 || last === undefined) return last ?? found.at(-1);
  const before = standing.at(-2)!;
  return TURNED.test(text.slice(before.end, last.start)) && last.start - before.end < 24 ? last : standing[0];
}

/** Taken back by the words beside it: «不是12栋», «138…打错了». */
export const isDenied = (one: Span, text: string) =>
  DENIED_BEFORE.test(text.slice(Math.max(0, one.start - 8), one.start)) ||
  DENIED_AFTER.test(text.slice(one.end, one.end + 12));

/** The words beside a stretch, as far as `width` characters. */
export const beside = (text: string, span: Span, width: number) => ({
  before: text.slice(Math.max(0, span.start - width), span.start),
  after: text.slice(span.end, span.end + width),
});

const PAUSE = /[，。；;！!？?\n…]|,(?!\d)/;

/** What stands in the same clause before and after, at most `width` characters: run-on messages have no end. */
export function clauseOf(text: string, span: Span, width: number) {
  const { before, after } = beside(text, span, width);
  return { before: before.split(PAUSE).at(-1)!, after: after.split(PAUSE)[0]! };
}
