import { AFFIRM, COURTESY, DECLINED, DENY } from './answers.words.ts';
import { fold } from './fold.ts';

const ENDING = new RegExp(`(?:${COURTESY.join('|')})+$`);
const POLITE = new RegExp(COURTESY.join('|'), 'y');
const DECLINES = new RegExp(`^(?:${DECLINED.join('|')})$`);
const LONGEST = 16;

/** A short answer to the question that was asked; anything with news in it is no mere yes or no. */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const bare = fold(text).replace(
    /(?:[\s,，。.!~、;:?…'’"”“()[\]]|(?![👌👍✅✔❌🆗🆖🙅])\p{Extended_Pictographic})+/gu,
    '',
  );
  // A question is no answer: «是吗», «对吗».
  if (bare === '' || bare.length > (/^[a-z]+$/.test(bare) ? LONGEST * 2 : LONGEST)) return undefined;
  if (!DENY.has(bare) && /[吗么]$|是不是|对不对/.test(bare)) return undefined;
  return (
    meaningOf(bare) ??
    meaningOf(bare.replace(ENDING, '')) ??
    meaningOf(bare.replace(/^(?:嗯+|啊|哦|噢|那|那就|额|呃|哎|唉|哎呀|喂|就)/, ''))
  );
}

function meaningOf(bare: string): 'yes' | 'no' | undefined {
  if (AFFIRM.has(bare)) return 'yes';
  if (DENY.has(bare) || DECLINES.test(bare)) return 'no';
  return byParts(bare);
}

/** «对对是的没错», «麻烦您了请尽快»: every part says the same, or is mere politeness. */
function byParts(bare: string): 'yes' | 'no' | undefined {
  const meanings = new Set<'yes' | 'no'>();
  for (let at = 0; at < bare.length; ) {
    const part = longestAt(bare, at);
    if (part) meanings.add(part.meaning);
    const length = part?.length ?? politeAt(bare, at);
    if (length === 0) return undefined;
    at += length;
  }
  return meanings.size === 1 ? [...meanings][0] : undefined;
}

function politeAt(bare: string, at: number): number {
  POLITE.lastIndex = at;
  return POLITE.exec(bare)?.[0].length ?? 0;
}

const LONG_ENOUGH = 2;
const SINGLE = /[对嗯好行是]/;

function longestAt(bare: string, at: number): { meaning: 'yes' | 'no'; length: number } | undefined {
  for (let length = Math.min(LONGEST, bare.length - at); length > 0; length--) {
    const word = bare.slice(at, at + length);
    if (length < LONG_ENOUGH && !SINGLE.test(word)) return undefined;
    if (AFFIRM.has(word)) return { meaning: 'yes', length };
    if (DENY.has(word)) return { meaning: 'no', length };
  }
  return undefined;
}
