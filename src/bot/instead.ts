import type { Dialog } from '#conversation';
import { decide } from './decide.ts';
import { clausesOf } from './halves.ts';
import { dialogOf, type Scene, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { intentNamed } from './understand.ts';

const ahead = '(?:那|哦|唉|嗯|算了吧?|还是|就|先|我|俺|咱们?|也|现在|不用|[，,\\s])*';
/** «算了», «先不销», «不办了», «不销户了»: the wish that the form is about is given up. */
const givesUp = new RegExp(
  `^${ahead}(?:(?:不想|不要|不打算|不)(?:办|销|装|换|改|开|移|校|验|过户|登|报|申|退|绑|弄|搞|迁|投诉|举报|查|约|增|减)[\\u4e00-\\u9fff]{0,3}?(?:了|啦)?|算了)(?:吧|啊|哈)?$`,
);
/** Before the other wish: «改办过户», «改成过户», «直接过户». */
const turn = /^(?:(?:那|就|还是|直接|干脆|不如|先|你|请|麻烦|改(?=办|查|报|申|装|问|投)|换(?=办|查|报))[，,\s]*)+/;

/**
 * «算了先不销 房子其实卖掉了 直接过户给买家好了»: the form is given up for another wish, which is answered by itself. What is left of the
 * message, from its first clause on that is a wish.
 */
export function wishInstead(scene: Scene, form: Form): string | undefined {
  const { heard, tap } = scene.understood;
  // «算了，还是留个电话吧，138…» gives nothing up.
  if (tap || heard.question || heard.entities.phone || (dialogOf(scene, form).tells && form.asking !== 'confirm'))
    return undefined;
  const clauses = clausesOf(heard.text).flatMap((clause) => clause.split(/(?<=\p{Script=Han})(?=\s)/u));
  const [first = '', ...others] = clauses.map((clause) => clause.trim());
  if (others.length === 0 || !givesUp.test(first.replaceAll(/[\p{P}\s]+$/gu, ''))) return undefined;
  if (choosesOtherwise(scene, form, dialogOf(scene, form))) return undefined;
  for (const at of others.keys()) {
    const rest = others.slice(at).join(' ').replace(turn, '');
    if (isWish(scene, rest)) return rest;
  }
  return undefined;
}

/** «算了，还是开户主名字吧» chooses otherwise within the form: a value of its own that its signs name. */
export const choosesOtherwise = ({ understood: { heard } }: Scene, form: Form, dialog: Dialog): boolean =>
  heard.text.trim().startsWith('算了') &&
  slotsOf(dialog).some(([name, slot]) => {
    const value = slot.read(heard, false, form.slots[name]);
    return typeof value === 'string' && value !== form.slots[name] && heard.signs.includes(value);
  });

function isWish({ parts }: Scene, text: string): boolean {
  const decision = decide(parts.classifier().recognise(text));
  const intent = intentNamed(parts.intents, text, 'begins') ?? (decision.kind === 'sure' ? decision.intent : '');
  return parts.dialogs.has(intent) && !/^(?:control|chat|none)/.test(intent);
}
