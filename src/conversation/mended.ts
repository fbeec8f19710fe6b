import { parseNumber } from '#nlu';
import type { Heard, PartCorrection } from './slot.ts';

const number = '(\\d{1,6}(?:\\.\\d+)?|[一二两三四五六七八九十百]{1,4})';
/** What a number may be of that is no bare one. */
const otherThing = '(?!\\s*(?:号|幢|栋|单元|室|楼|层|弄|组|位|月|日|点|天|年|岁|次|个月|%|\\d|[a-z]))';
/** Words by which somebody takes a number back or says where it shall go. */
const mends =
  /^(?:不对|不是|不|错|搞错|写错|说错|弄错|数错|算错|打错|应该|改|换|还是|其实|就|减|降|增|加|升|扩|提|调)|(?:[减降增加升扩提调改]|缩小|放大)[容小大高低]?[到至成为]|错了/;
const denied = /(?:不是|不要|别|没有|而非)[^，。,；;]{0,3}$/;
const glue = '(?:[，,。！!\\s是到至成为应该改换还就要按各共一减降增加升扩提调报]|其实|总共|吧|的)*';

/** A number as it was said; undefined where it is none. */
const numberOf = (said: string): number | undefined => (/^\d/.test(said) ? Number(said) : parseNumber(said));

/**
 * The number that holds now, where one of this kind (`unit`: the pattern of its unit) was told before: «数错了，是6口», «不对，减到200». With
 * its unit it may stand anywhere, bare only where the message is a correction and nothing else.
 */
export function mendedNumber({ text, question, entities }: Heard, unit: string): number | undefined {
  if (question || text.length > 40) return undefined;
  const told = [...text.matchAll(new RegExp(`${number}\\s*(?:${unit})`, 'gi'))].filter(
    (match) => !denied.test(text.slice(0, match.index)),
  );
  const last = told.at(-1)?.[1];
  if (last) return numberOf(last);
  if (text.length > 16 || entities.phone || entities.accountNumber || entities.address || !mends.test(text))
    return undefined;
  const bare = [...text.matchAll(new RegExp(`${number}${otherThing}`, 'gi'))].filter(
    (match) => !denied.test(text.slice(0, match.index)),
  );
  const found = bare.at(-1)?.[1];
  return found ? numberOf(found) : undefined;
}

/** The number of a correction that is about a measure: «不是400是200», «是6口»; undefined where it names another thing. */
export function correctedNumber(
  { wrong, right, part }: PartCorrection,
  unit: string,
  current: number,
): number | undefined {
  const is = new RegExp(`^${glue}${number}\\s*(${unit})?${glue}$`, 'i').exec(right);
  if (part || !is?.[1]) return undefined;
  const was = wrong === undefined ? undefined : new RegExp(number).exec(wrong)?.[1];
  if (wrong !== undefined && !is[2] && (was === undefined || numberOf(was) !== current)) return undefined;
  return numberOf(is[1]);
}

/** Words with the part replaced that a correction takes back: «不是126是163», «是4号窗口不是3号». */
export function mendedWords(said: string, { wrong, right, part }: PartCorrection): string | undefined {
  const at = wrong ? said.indexOf(wrong) : -1;
  if (part || !wrong || at < 0) return undefined;
  const rest = said.slice(at + wrong.length);
  // What the right words say of what follows stands there already.
  const twice = [...right].findIndex((_, from) => from > 0 && rest.startsWith(right.slice(from)));
  return said.slice(0, at) + right + (twice > 0 ? rest.slice(right.length - twice) : rest);
}
