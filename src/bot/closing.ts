import { settle } from './lost.ts';
import { formOn, type Scene, say, textsOf } from './scene.ts';
import { phrasesIn } from './understand.ts';

/** Words around a closing one that add nothing to it. */
const fillers = '[的了啊呀哦噢喔哈吧呢嘛啦呗嘞咯哟那就先也都暂我俺咱]';
const longest = 24;
/** «好了»: the power is back. */
const isNews = /^都?好了$/;

/** Answers a mere closing word in kind; said just before, in other words. */
export function close(scene: Scene): boolean {
  const intent = closingOf(scene);
  if (intent === undefined) return false;
  settle(scene);
  const again = scene.draft.state.lately.includes(textsOf(scene).say(intent, 'answer'));
  say(scene, again ? 'common' : intent, again ? 'closing.again' : 'answer');
  return true;
}

/**
 * The intent of a message that is nothing but words which close («好的», «不用了谢谢»: signs `closes`; `beside` may stand with
 * them). Where nothing is asked they want a kind word, whatever a classifier makes of them; the first such intent gives it.
 */
function closingOf(scene: Scene): string | undefined {
  const { parts, understood } = scene;
  const { heard, tap } = understood;
  const text = heard.text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]+/gu, '');
  if (formOn(scene) || tap || !text || text.length > longest || /[?？]/.test(heard.text)) return undefined;
  const closing = [...parts.intents].flatMap(([id, { signs }]) => {
    const { closes, beside = [] } = signs;
    return closes ? [{ id, closes, beside }] : [];
  });
  const words = closing.flatMap(({ closes, beside }) => [...closes, ...beside]);
  if (isNews.test(text) || !new RegExp(`^(?:${[...words, fillers].join('|')})+$`).test(text)) return undefined;
  return closing.find(({ closes }) => phrasesIn(text, { closes }).closes !== undefined)?.id;
}
