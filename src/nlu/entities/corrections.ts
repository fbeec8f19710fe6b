import { slipIn } from './corrections.same-breath.ts';
import { NAMED, namedIn } from './corrections.slots.ts';
import { alone, type Correction, named, pair, placed, tail } from './corrections.values.ts';
import { fold } from './fold.ts';
import { SURNAMES } from './people.ts';

export type { Correction } from './corrections.values.ts';

const SAID = '([^，,。;；!?\\n]{1,40}?)';
const GAP = '[，,、。 ]{0,2}';
const END = '(?:[，,。;；!?\\n]|才对|才是|的$|啊$|哦$|哈$|呀$|嘛$|$)';
const DIGITS = '([0-9零〇一二两三四五六七八九幺洞 ]{1,16})';
const TAIL = '([0-9零〇一二两三四五六七八九幺洞]{2,8}) ?';
const PLACES = '([一二两三四五六七八九十\\d]{1,2})';

/** What may go before «地址是72号» when that is all that is said: then it is a correction and no report. */
const ONLY =
  '^(?:好的?|嗯|对的?|是的?|不对|不是|确认|可以|行|哦|噢|啊|呃|额|那个|等等|等一下|不过|但是?|可是|只是|就是|我的|我家的?|我们的?|还有|[，,。;；!、 ])*';
const SURNAME = `(${SURNAMES})`;
const GIVEN = '([\\u4e00-\\u9fff]{2,4})';

const ENGLISH = '([^,.;!?\\n]{1,40}?)';
const STOP = '(?:[,.;!?\\n]|$)';

type Reader = (match: RegExpExecArray, source: string) => Correction | undefined;

/** The first that fits; numbers by place before whole phrases. */
const SAYINGS: readonly [RegExp, Reader][] = [
  [
    new RegExp(
      `(?:尾号|末尾|最后几位|后几位|尾数)(?:是)?(?:不是|错了${GAP}不是)${DIGITS}${GAP}(?:而)?(?:应该)?(?:是|系)${DIGITS}`,
    ),
    (match) => tail(match[2]!, match[1]),
  ],
  [
    new RegExp(
      `(?:不是${DIGITS}${GAP})?(?:最后|末尾|末|后|后面|结尾|尾)${PLACES}(?:位|个数|个数字|个字)(?:数)?(?:字)?(?:不是${DIGITS}${GAP}(?:而)?)?(?:应该|要)?(?:是|改成|改为|换成|系|为|:|错了${GAP}(?:应该)?是)${DIGITS}`,
    ),
    (match) => placed('last', match),
  ],
  [
    new RegExp(
      `(?:不是${DIGITS}${GAP})?(?:前|开头|前面|头)${PLACES}(?:位|个数|个数字)(?:数)?(?:字)?(?:不是${DIGITS}${GAP}(?:而)?)?(?:应该|要)?(?:是|改成|改为|换成|系|为|:)${DIGITS}`,
    ),
    (match) => placed('first', match),
  ],
  [
    new RegExp(
      `(?:不是${DIGITS}${GAP})?(?:中间)${PLACES}?(?:位|个数|个数字)?(?:数)?(?:字)?(?:不是${DIGITS}${GAP}(?:而)?)?(?:应该|要)?(?:是|改成|改为|换成|系|为|:)${DIGITS}`,
    ),
    (match) => placed('middle', match),
  ],
  [
    new RegExp(`(?:电话|手机号?|号码|户号)的?(?:最后|末尾|结尾|后面)(?:面|应该)?(?:是|改成|改为|系)${DIGITS}${END}`),
    (match) => tail(match[1]!),
  ],
  [
    new RegExp(
      `(?:尾号|尾数|末尾|最后|后面)(?:几位)?(?:(?:写|打|说|输|报|填|记|搞|弄)?错(?:了|啦)?${GAP})?(?:应该|其实)?(?:是|改成|改为|系)${TAIL}(?:${GAP}(?:而)?不是${TAIL})?${END}`,
    ),
    (match) => tail(match[1]!, match[2]),
  ],
  [new RegExp(`(?:尾号|尾数|末尾)(?:应该)?(?:是|改成|改为|系)${DIGITS}`), (match) => tail(match[1]!)],
  [
    new RegExp(`不(?:是)?姓${SURNAME}${GAP}(?:而)?(?:是|我)?姓?${SURNAME}${END}`),
    (match) => named(match[1], match[2]!),
  ],
  [new RegExp(`姓${SURNAME}${GAP}(?:而)?不(?:是)?姓${SURNAME}${END}`), (match) => named(match[2], match[1]!)],
  [new RegExp(`${ONLY}应该(?:是)?姓${SURNAME}${END}`), (match) => named(undefined, match[1]!)],
  [new RegExp(`不(?:是)?叫${GIVEN}${GAP}(?:我|是)?叫${GIVEN}${END}`), (match) => named(match[1], match[2]!)],
  [
    new RegExp(
      `(?:不是|唔系|唔係|弗是|勿是|并非)${SAID}${GAP}(?:而)?(?:应该|应|就|其实|才|我)?(?:是|系|係)${SAID}${END}`,
    ),
    (match) => pair(match[1]!, match[2]!),
  ],
  [
    new RegExp(`(?:应该|其实|就)?(?:是)${SAID}${GAP}(?:而|可)?(?:不是|唔系|并非)${SAID}${END}`),
    (match) => pair(match[2]!, match[1]!),
  ],
  [
    new RegExp(`(?:把|将)?${SAID}(?:改成|改为|换成|更正为|改到|修改为|变更为|更改为)${SAID}${END}`),
    (match) => pair(match[1]!, match[2]!),
  ],
  [
    new RegExp(
      `(?:写成|打成|说成|输成|记成|听成|弄成)(?:了)?${SAID}(?:了)?${GAP}(?:应该|其实|实际)?(?:是|要改成|系)${SAID}${END}`,
    ),
    (match) => pair(match[1]!, match[2]!),
  ],
  [
    new RegExp(
      `(?:打错|写错|说错|输错|记错|搞错|弄错|填错|报错|(?<!没)错|不对|不对不对|更正|纠正|口误|更正一下|哦不|噢不)(?:了|啦|咯|的|一下|掉了)?${GAP}(?:电话|手机号?|号码|地址|户号|名字|时间)?(?:应该|应|其实|准确|正确|就)?(?:的)?(?:是|为|系|改成|改为|:|：)\\s*${SAID}${END}`,
    ),
    (match) => alone(match[1]!),
  ],
  [
    new RegExp(
      `${ONLY}${NAMED}(?:应该|其实|准确|正确|就)?(?:的)?(?:是|为|系|改成|改为|改到|改|换成|换|:)\\s*${SAID}(?:才对|才是|[的啊哦哈呀嘛。!])*$`,
    ),
    (match) => alone(match[1]!),
  ],
  [
    new RegExp(
      `${NAMED}(?:没写全|没说全|没写完整?|少写了?|写少了|不全|不完整|写漏了?|漏写?了?)${GAP}(?:应该|还有)?(?:是)?${SAID}${END}`,
    ),
    (match) => alone(match[1]!),
  ],
  [
    new RegExp(
      `^${GAP}(?:不|哦|啊|嗯)?${GAP}(?:应该是|应是|正确的是|准确的是|改成|改为|换成|更正为|其实是|重新说)\\s*${SAID}${END}`,
    ),
    (match) => alone(match[1]!),
  ],
  [
    new RegExp(
      `(?:打错|写错|说错|输错|记错|搞错|弄错|填错|报错|(?<!没)错|不对)(?:了|啦|咯)${GAP}(\\d[\\d -]{2,20})${END}`,
    ),
    (match) => alone(match[1]!),
  ],
  [
    new RegExp(`\\b(?:it'?s )?not (?:the )?${ENGLISH},? but (?:the )?${ENGLISH}${STOP}`),
    (match) => pair(match[1]!, match[2]!),
  ],
  [
    new RegExp(`\\b(?:it is|it'?s|should be|i meant?) (?:the )?${ENGLISH},? (?:and )?not (?:the )?${ENGLISH}${STOP}`),
    (match) => pair(match[2]!, match[1]!),
  ],
  [
    new RegExp(`\\b(?:change|correct) (?:the |my )?${ENGLISH} (?:in)?to (?:the )?${ENGLISH}${STOP}`),
    (match) => english(match[1]!, match[2]!),
  ],
  [new RegExp(`\\bshould (?:have been|be|read) (?:the )?${ENGLISH}${STOP}`), (match) => alone(match[1]!)],
];

/** «change the phone to 139…» names what is corrected, «change building 2 to building 3» its value. */
const english = (wrong: string, right: string) => (/\d/.test(wrong) ? pair(wrong, right) : alone(right));

/** What the customer takes back and what holds instead, in their own words; undefined when nothing is corrected. */
export function readCorrection(text: string): Correction | undefined {
  const folded = fold(text);
  if (folded.length > 200) return undefined;
  for (const [pattern, read] of SAYINGS) {
    const match = pattern.exec(folded);
    const correction = match && read(match, folded);
    if (match && correction) return { ...inOwnWords(correction, text, folded), ...about(match, correction, folded) };
  }
  const slip = slipIn(folded);
  return slip && inOwnWords(slip, text, folded);
}

const NAME_BEFORE = 10;

/** The words up to what is right name what is corrected. */
function about(match: RegExpExecArray, { right, slot }: Correction, folded: string): Pick<Correction, 'slot'> {
  const end = match.index + Math.max(0, match[0].lastIndexOf(right));
  const told = slot ?? namedIn(folded.slice(Math.max(0, match.index - NAME_BEFORE), end));
  return told === undefined ? {} : { slot: told };
}

/** Folding keeps every index, so the words are found again where they stood. */
function inOwnWords(correction: Correction, text: string, folded: string): Correction {
  if (correction.part) return correction;
  const own = (said: string) => {
    const at = folded.indexOf(said);
    return at < 0 ? said : text.slice(at, at + said.length);
  };
  return { ...(correction.wrong === undefined ? {} : { wrong: own(correction.wrong) }), right: own(correction.right) };
}
