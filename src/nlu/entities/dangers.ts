import { LOOKALIKES, SIGNS } from './dangers.signs.ts';
import * as english from './english/dangers.ts';
import { bounded, fold } from './fold.ts';
import type { Danger } from './types.ts';

const PATTERNS = SIGNS.map(
  ([kind, lines]) => [kind, new RegExp([...lines, ...english.SIGNS[kind]].join('|'), 'g')] as const,
);
const LOOKS_LIKE = new RegExp([...LOOKALIKES, ...english.LOOKALIKES].join('|'), 'g');

const DENIED =
  /(?:没有?|没见|没看到|没闻到|没发现|并没有?|也没|未见?|无|不是|不会|没人|没有人|不(?:怕|用))(?:什么|再|人|发生|见|看到|闻到|任何|在|有)?$/;
/** «怕着火», «担心哪天漏电»: feared, not seen; «恐怕着火了» and «怕是着火了» are seen. */
const FEARED =
  /(?<!恐)(?:怕|担心|生怕|害怕|唯恐|以免|免得|防止|避免|预防)(?:它|他|她|会|要|再|又|哪天|以后|将来|万一|家里|引起|发生|老|孩子|老人|小孩)*$/;
/** It has come about. */
const COME_TRUE = /^了(?!怎么办|咋办|咋整)/;
const SPARED = /^(?:都没|也没|倒没|没有)/;
const REACH = 20;
/** «没有断» inside the sign itself: it may reach from the wire to the verb. */
const DENIED_INSIDE = /(?:没有?|未|不会|不)(?:被)?(?:断|掉|着火|冒|倒|进水|淹|麻|困|关|人)/;

/** Every sign of danger in the message, each kind once; «没有冒烟» is none, nor is «会不会着火»: asked, not seen. */
export function readDangers(message: string): Danger[] {
  const text = bounded(message);
  const folded = fold(text).replace(LOOKS_LIKE, (words) => '\u0001'.repeat(words.length));
  return PATTERNS.flatMap(([kind, pattern]) => {
    const sign = signOf(folded, pattern);
    return sign ? [{ kind, words: text.slice(sign.index, sign.index + sign[0].length) }] : [];
  });
}

function signOf(folded: string, pattern: RegExp): RegExpExecArray | undefined {
  for (const match of folded.matchAll(pattern)) {
    const before = folded.slice(Math.max(0, match.index - REACH), match.index);
    const after = folded.slice(match.index + match[0].length, match.index + match[0].length + 3);
    if (
      !DENIED.test(before.slice(-7)) &&
      !english.DENIED.test(before) &&
      !SPARED.test(after) &&
      !DENIED_INSIDE.test(match[0]) &&
      !(FEARED.test(before) && !COME_TRUE.test(after))
    )
      return match;
  }
  return undefined;
}
