import type { Facts, Texts } from '#texts';
import type { WorkOrder } from '#wire';
import type { OrderNews } from '#workorders';
import { firstCharacters } from '../web/clean.ts';
import { longest } from './robot.ts';

const longestFact = 80;

/** What means something in WeCom's markdown, and what it looks like without meaning it. */
const plain: Readonly<Record<string, string>> = {
  ...{ '<': '＜', '>': '＞', '@': '＠', '[': '［', ']': '］', '(': '（', ')': '）', '*': '＊', _: '＿', '`': '｀' },
  ...{ '#': '＃', '~': '～', '|': '｜', '\\': '＼', '!': '！', '&': '＆' },
};

/**
 * Words that came from outside, as nothing but words: they mention nobody, link nowhere, start no line of their own and turn no text
 * around.
 */
export function harmless(words: string): string {
  const line = words.replace(/\p{Cf}/gu, '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
  return firstCharacters(line.trim(), longestFact)
    .replace(/[<>@[\]()*_`#~|\\!&]/g, (sign) => plain[sign] ?? sign)
    .replaceAll('://', '：／／')
    .replace(/\.(?=[a-z])/gi, '．')
    .toWellFormed();
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  ...{ month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});

/** What is told of an order: no name and no phone, and nothing of what the customer said but the place. */
function factsOf(order: WorkOrder, texts: Texts, nameOf: (intent: string) => string): Facts {
  const kind = order.faultKind && texts.find('common', `kind.${order.faultKind}`);
  const { grid, claimedBy, number, arriveBy, answerBy } = order;
  return {
    what: harmless([nameOf(order.intent), kind].filter(Boolean).join(' · ')),
    place: order.address && harmless(order.address),
    grid: grid && harmless(grid),
    holder: claimedBy && harmless(claimedBy),
    promise: arriveBy ? clock.format(new Date(arriveBy)) : answerBy,
    number,
  };
}

/** One piece of news, alone and as a line among others. */
export interface Told {
  whole: string;
  line: string;
  /** Comes first where not all can be shown. */
  pressing: boolean;
}

export function toldOf(
  event: OrderNews['event'],
  order: WorkOrder,
  texts: Texts,
  nameOf: (intent: string) => string,
): Told {
  const key = event === 'filed' && order.urgent ? 'urgent' : event;
  const facts = factsOf(order, texts, nameOf);
  const say = (name: string) => texts.say('common', `wecom.${name}`, facts);
  return { whole: say(key), line: say(`line.${key}`), pressing: key !== 'filed' };
}

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** As many of these in one message as it holds, the pressing ones first; `shown` is how many that are. */
export function digest(told: readonly Told[], texts: Texts): { content: string; shown: number } {
  const head = texts.say('common', 'wecom.digest', { count: told.length });
  const more = (left: number) => (left > 0 ? [texts.say('common', 'wecom.more', { more: left })] : []);
  const lines = [...told].sort((a, b) => Number(b.pressing) - Number(a.pressing)).map(({ line }) => line);
  const written = (shown: number) => [head, ...lines.slice(0, shown), ...more(lines.length - shown)].join('\n');
  let shown = lines.length;
  while (shown > 0 && bytes(written(shown)) > longest) shown -= 1;
  return { content: written(shown), shown };
}
