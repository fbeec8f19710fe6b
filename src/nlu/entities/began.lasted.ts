import { clauseOf } from './choose.ts';
import { isTrouble } from './faults.composed.ts';
import { ANY_NUMBER } from './numerals.ts';
import { ELSE, FINISHED, TROUBLE } from './time.cues.ts';
import { agoOf, type Phrase } from './time.phrases.ts';
import type { Span } from './types.ts';

const UNIT =
  '(?:多|来)?(?:个)?(?:半)?(?:多)?(?:小时|钟头|分钟|天(?:一夜)?|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|周(?![一二三四五六日天末])|h(?![a-z])|个钟)';
const LENGTH = new RegExp(
  `(?:(?<![\\d:点第上下])${ANY_NUMBER}|半)${UNIT}|(?:一|整)(?:宿|夜|晚上|晚)(?=了)|(?<=了)(?:一|整)(?:宿|夜|晚上|晚)(?=$|[，。,])`,
  'g',
);
const DARK = /没(?:有)?电|停(?!车|产|业|工|播|课)|断(?!定)|黑|无电|失电|冇电|没得电|莫得电|跳闸|没来电|不来电/;
const ONGOING = /已|都|快|了|还|到现在|足足|整整|将近|差不多|有|将|啦/;
const OTHERWISE = /等|找|催|跑|拖|问|说|昨|前天|每|上周|上个?月|一天|一个?月|[0-9一二三四五六七八九十]号/;
/** «…，都一个礼拜了», «两天了，…»: nothing but the length in its clause. */
const NOTHING_BEFORE = /^(?:这|都|已经|已|快|有|得有|大概|差不多|将近|足足|整整|到现在|现在| )*$/;
const NOTHING_AFTER = /^(?:多)?(?:了|啦)$/;
const NEXT = 14;
/** «灯一闪一闪的，跟蹦迪似的，三天了»: what is told between may be a picture of it, not another matter. */
const BACK = 40;
const MOST_CLAUSES = 3;

/** «停了两个小时了», «灯闪了三天了»: counted back from now; finished, promised and waited lengths are none. */
export function readLasted(text: string): Phrase | undefined {
  if (/赔|损失|自来水|停水/.test(text)) return undefined;
  for (const match of text.matchAll(LENGTH)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const { before, after } = clauseOf(text, span, 16);
    if (/[期拜周]$/.test(match[0]) && !/^多?[了啦]/.test(after)) continue;
    if (/^(?:之|以)?前/.test(after) || FINISHED.test(before) || FINISHED.test(after.slice(0, 5))) continue;
    if (!isTroubledFor(before, after) && !isTroubledBeside(text, span, before, after)) continue;
    const phrase = backFrom(match[0]);
    if (phrase) return { ...span, ...phrase };
  }
  return undefined;
}

/** A whole night began on the evening before. */
function backFrom(length: string): Partial<Phrase> | undefined {
  if (/^[^天]*[宿夜晚]/.test(length)) return { date: { kind: 'offset', days: -1 }, part: 18, partWord: '昨晚' };
  const told = agoOf(length);
  return told.ago && told;
}

function isTroubledFor(before: string, after: string): boolean {
  if (ELSE.test(before) || OTHERWISE.test(before)) return false;
  if (DARK.test(before) || /^(?:多|了|来|都|还|仍|就|一直)*(?:没(?:有)?电|没来电|不来电|停电|断电|黑)/.test(after))
    return ONGOING.test(before) || /^(?:多)?(?:了|啦|还|仍|都|没)/.test(after);
  if (TROUBLE.test(before))
    return /^(?:多)?(?:了|啦)/.test(after) || /[响闪叫黑停]了(?:得有|足足|整整|快|将近)?$/.test(before);
  return ONGOING.test(before) && /^(?:多)?(?:了|啦)/.test(after) && TROUBLE.test(after.slice(0, NEXT));
}

function isTroubledBeside(text: string, { start, end }: Span, before: string, after: string): boolean {
  if (!NOTHING_BEFORE.test(before) || !NOTHING_AFTER.test(after)) return false;
  const past = /[^。！!；;]*[，,]$/.exec(
    text.slice(Math.max(0, start - before.length - BACK), start - before.length),
  )?.[0];
  const next = /^[，,]([^，。,]*)/.exec(text.slice(end + after.length, end + after.length + NEXT))?.[1];
  return tells(next ?? '') === true || toldLast((past ?? '').split(/[，,]/).slice(0, -1));
}

const toldLast = (clauses: readonly string[]) =>
  clauses
    .slice(-MOST_CLAUSES)
    .reverse()
    .map(tells)
    .find((told) => told !== undefined) === true;

/** Of trouble, of something else, or of neither. */
function tells(clause: string): boolean | undefined {
  if (ELSE.test(clause) || OTHERWISE.test(clause)) return false;
  return TROUBLE.test(clause) || isTrouble(clause) || undefined;
}
