import { decide } from './decide.ts';
import { namesField } from './named.ts';
import { dialogOf, type Scene, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { intentNamed, understand } from './understand.ts';

/** Sighs and joints before a retraction, and marks after it. */
const sighs = /^(?:[哎呀哦啊噢喂诶唉额呃嗯]|[，,。.！!、~…\s]|那个|抱歉|对不起|不好意思|sorry|no,)+/i;
/** «不是投诉，是建议». */
const denied = /^不是[^，,\s是]{1,8}[，,\s]+(?=我?(?:是|要|想))/;
/** It names a wish: «我是要表扬…», «我要装的是光伏», «是建议», «改成投诉». */
const wishes =
  /^(?:(?:我|俺|咱|咱们|我们)?(?:本来|其实|就是|应该)?(?:是|就)?(?:要|想|打算|准备|来)|是|改成|换成|改|i want|i need|i meant)/i;

/**
 * Leaves the form for another wish where the customer takes back the one it was begun with, «不对，我弄反了，我是要表扬…»: the intent
 * that is meant. What follows the retraction is then the message; phone and place go along.
 */
export function turnsTo(scene: Scene, form: Form): string | undefined {
  const { draft, parts, understood, now } = scene;
  const rest = afterRetraction(scene);
  if (rest === undefined || (holdsMeasures(scene) && !intentNamed(parts.intents, rest, 'begins'))) return undefined;
  const meant = wishIn(scene, rest);
  if (!meant || meant === form.intent || !parts.dialogs.has(meant) || /^(control|chat|none)/.test(meant))
    return undefined;
  // «不对，我想改的是电话» is about the form's own.
  if (slotsOf(dialogOf(scene, form)).some(([name, { onFile }]) => onFile && namesField(scene, form, name)))
    return undefined;
  draft.state.forms.pop();
  draft.state.recent = { slots: { ...draft.state.recent?.slots, ...form.slots }, at: now.getTime() };
  const said = understood.said.slice(understood.said.length - rest.length);
  scene.understood = understand({ text: said }, draft.state, parts, understood.heard.photos);
  return meant;
}

/** A number, a place or a phone puts the form right that is on. */
const holdsMeasures = ({ understood: { heard } }: Scene): boolean =>
  Object.keys(heard.entities).some((kind) => !/^(faultKind|name|time|month)$/.test(kind));

/** What stands behind «不对», «弄反了», «说错了» (sign `retract` of control.cancel) at the head of the message. */
function afterRetraction({ parts, understood }: Scene): string | undefined {
  const { retract = [] } = parts.intents.get('control.cancel')?.signs ?? {};
  const ahead = (text: string) => text.replace(sighs, '');
  const whole = ahead(understood.heard.text);
  let rest = ahead(whole.replace(denied, ''));
  let taken = rest !== whole;
  for (let phrase = headOf(rest, retract); phrase; phrase = headOf(rest, retract)) {
    rest = ahead(rest.slice(phrase.length).replace(/^[了啦的]+/, ''));
    taken = true;
  }
  return taken && rest.length >= 3 && wishes.test(rest) ? rest : undefined;
}

/** The phrase it begins with, a subject before it included: «我弄反了». */
function headOf(text: string, retract: readonly string[]): string | undefined {
  const subject = /^(?:我|俺|刚才|刚刚|前面|是)*/.exec(text)?.[0] ?? '';
  const words = text.slice(subject.length).toLowerCase();
  const phrase = retract.find((each) => words.startsWith(each));
  return phrase === undefined ? undefined : subject + phrase;
}

function wishIn({ parts }: Scene, rest: string): string | undefined {
  const decision = decide(parts.classifier().recognise(rest));
  return intentNamed(parts.intents, rest, 'begins') ?? (decision.kind === 'sure' ? decision.intent : undefined);
}
