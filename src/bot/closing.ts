import { settle } from './lost.ts';
import { dialogOf, formOn, type Scene, say, textsOf } from './scene.ts';
import type { Form } from './state.ts';
import { phrasesIn } from './understand.ts';
import { urgentNumber } from './urgent-number.ts';

/** Words around a closing one that add nothing to it. */
const fillers = '[的了啊呀哦噢喔哈吧呢嘛啦呗嘞咯哟那就先也都暂我俺咱]';
const longest = 24;
/** «好了»: the power is back. */
const isNews = /^都?好了$/;

/** Answers a mere closing word in kind; said just before, in other words. */
export function close(scene: Scene): boolean {
  const intent = closingOf(scene);
  const number = intent === 'control.affirm' || pressesYes(scene) ? urgentNumber(scene) : undefined;
  if (intent === undefined && number === undefined) return false;
  settle(scene);
  if (intent === undefined || number !== undefined) {
    say(scene, 'common', 'closing.urgent', { number });
    return true;
  }
  const again = scene.draft.state.lately.includes(textsOf(scene).say(intent, 'answer'));
  say(scene, again ? 'common' : intent, again ? 'closing.again' : 'answer');
  return true;
}

/** «谢谢师傅» where a story is asked for is none of it: thanked back, and the question put again. */
export function thanksInstead(scene: Scene, form: Form): boolean {
  const { heard, tap } = scene.understood;
  const asked = form.asking === undefined ? undefined : dialogOf(scene, form).slots[form.asking];
  const text = bareWords(heard.text);
  const { closing, only } = closersOf(scene.parts.intents);
  const [thanks] = closing.filter(({ id, closes }) => id.startsWith('chat.') && phrasesIn(text, { closes }).closes);
  if (!asked?.loose || tap || thanks === undefined || text.length > longest || !only.test(text)) return false;
  say(scene, thanks.id, 'answer');
  return true;
}

const bareWords = (text: string) => text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]+/gu, '');

/** «对，快点» where nothing is asked. */
function pressesYes(scene: Scene): boolean {
  const { half, tap } = scene.understood;
  return !formOn(scene) && !tap && half?.yesNo === 'yes' && half.rest.length <= 4;
}

/**
 * The intent of a message that is nothing but words which close («好的», «不用了谢谢»: signs `closes`; `beside` may stand with
 * them). Where nothing is asked they want a kind word, whatever a classifier makes of them; the first such intent gives it.
 */
function closingOf(scene: Scene): string | undefined {
  const { parts, understood } = scene;
  const { heard, tap } = understood;
  const text = bareWords(heard.text);
  if (formOn(scene) || tap || !text || text.length > longest || /[?？]/.test(heard.text)) return undefined;
  const { closing, only } = closersOf(parts.intents);
  if (isNews.test(text) || !only.test(text)) return undefined;
  return closing.find(({ closes }) => phrasesIn(text, { closes }).closes !== undefined)?.id;
}

interface Closers {
  closing: { id: string; closes: readonly string[] }[];
  /** Matches what holds nothing else. */
  only: RegExp;
}

const made = new WeakMap<Scene['parts']['intents'], Closers>();

/** Put together once for the intents that are in force, not for every message. */
function closersOf(intents: Scene['parts']['intents']): Closers {
  const known = made.get(intents);
  if (known) return known;
  const closing = [...intents].flatMap(([id, { signs }]) => (signs.closes ? [{ id, closes: signs.closes }] : []));
  const words = closing.flatMap(({ id, closes }) => [...closes, ...(intents.get(id)?.signs.beside ?? [])]);
  const closers = { closing, only: new RegExp(`^(?:${[...words, fillers].join('|')})+$`) };
  made.set(intents, closers);
  return closers;
}
