import type { Named } from './corrections.slots.ts';
import { digitsOf, parseNumber } from './numerals.ts';
import { SURNAMES } from './people.ts';

export interface Correction {
  /** What was taken back, when it was said. */
  wrong?: string;
  right: string;
  /** Only some places of a number: «最后两位是12». */
  part?: { position: 'first' | 'middle' | 'last'; count: number };
  /** Which thing it is about, where the words name it. */
  slot?: Named;
}

/** Names are never corrected digit by digit. */
export const named = (wrong: string | undefined, right: string): Correction | undefined =>
  wrong === right ? undefined : { ...(wrong === undefined ? {} : { wrong }), right, slot: 'name' };

const FILLER = /^(?:的|我|我家|这个|那个|在|我们|咱|俺|电话|手机号?|号码|地址|户号|名字|时间|住)?(?:是|:)?/;
const clean = (said: string) =>
  said
    .replace(/(?:谢谢|麻烦|辛苦).*$/, '')
    .replace(/[了的啊哦呀哈嘛吧啦咯]+$/, '')
    .trim();
const withoutLead = (said: string) =>
  clean(said).replace(/^(?:电话|手机号码|手机号|手机|号码|地址|户号|名字|时间)(?:从|是|:)?/, '') || clean(said);

/** «不是我不想交，是没钱»: both sides must be things of one kind, with a number, a place or a name in them. */
export function pair(wrong: string, right: string): Correction | undefined {
  const [was, is] = [withoutLead(wrong), withoutLead(right)];
  if (was === '' || is === '' || was === is || FILLER.exec(is)?.[0] === is) return undefined;
  if (ONE_SURNAME.test(was) && ONE_SURNAME.test(is)) return named(was, is);
  if (SLOT.test(was) && isThing(is)) return { right: is };
  return isThing(was) && isThing(is) ? { wrong: was, right: is } : undefined;
}

export const alone = (right: string): Correction | undefined => {
  const is = withoutLead(right);
  return is !== '' && isThing(is) ? { right: is } : undefined;
};

/** «把地址改成…» names the slot, not a value. */
const SLOT = /^(?:这个|我的|我)?(?:电话|手机|手机号|号码|地址|户号|名字|时间|联系电话)$/;
const THING =
  /[\d一二三四五六七八九十两零幺]|[路街巷弄村镇区栋幢楼室号苑园厦里组]|[点天晚早午周]|先生|女士|^[\u4e00-\u9fff]{2,4}$/;
const ONE_SURNAME = new RegExp(`^(?:${SURNAMES})$`);
const NOT_THING =
  /这个|那个|这里|那里|哪|什么|多少|谁|没|不|怎么|为什么|因为|要|想|吗|呢|我说|你们|问题|意思|欠费|原因|没有|投诉|报修/;
const isThing = (said: string) => said.length <= 30 && THING.test(said) && !NOT_THING.test(said);

export function placed(position: 'first' | 'middle' | 'last', match: RegExpExecArray): Correction | undefined {
  const right = digitsOf(match[4]!.replaceAll(' ', ''));
  const count = match[2] ? parseNumber(match[2]) : right.length;
  if (right === '' || count !== right.length) return undefined;
  const wrong = digitsOf((match[1] ?? match[3] ?? '').replaceAll(' ', ''));
  return { ...(wrong === '' ? {} : { wrong }), right, part: { position, count } };
}

export function tail(right: string, wrong?: string): Correction | undefined {
  const digits = digitsOf(right.replaceAll(' ', ''));
  const was = wrong === undefined ? '' : digitsOf(wrong.replaceAll(' ', ''));
  if (digits === '') return undefined;
  return { ...(was === '' ? {} : { wrong: was }), right: digits, part: { position: 'last', count: digits.length } };
}
