import { type Dialog, isAsked, pausesIn } from '#conversation';
import { dialogThat } from './dialogs.ts';
import { refuse } from './form.ts';
import { clausesOf } from './halves.ts';
import { namesField } from './named.ts';
import { type Scene, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { signsIn } from './understand.ts';

/** «不留», «电话就算了吧», «没有手机»: short, and it declines. */
const declines =
  /^(那|我|俺|就|先|这个)*(不|没|别|莫|唔|免|无可奉告|跳过|略)|不给|不留|不便|不想|没有|算了|不用|记不|忘了|忘记|隐私|微信联系|匿名/;

/** «确认提交» at a question that need not be answered: the form goes on without it. */
const goesOn = /确认|确定|提交|就这样|confirm|submit|that'?s (all|it)|go ahead/i;
const declinesInEnglish =
  /^(no\b|none|skip|not |don'?t|do not|i('d| would) (rather|prefer)|i (don'?t|do not|can'?t|forgot|have no)|rather not|prefer not|anonymous|n\/a|without)/i;

const declinesIt = (text: string) =>
  (text.length <= 16 && declines.test(text) && !/不对|没问题/.test(text)) ||
  (text.length <= 40 && declinesInEnglish.test(text));

/** The field that is asked for need not be given: «不留», «不知道». */
export function takeRefusal(scene: Scene, form: Form, dialog: Dialog): boolean {
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (name === undefined || slot?.asking !== 'refusable') return false;
  const { yesNo, text } = scene.understood.heard;
  const [first = ''] = clausesOf(text);
  // «没户号» declines no phone; «不知道，你们什么时候能查清» declines, whatever it asks besides.
  const declined = !asks.test(first) && declinesIt(first) && !namesOther(scene, form, dialog, first);
  const refused = yesNo === 'no' || (yesNo === 'yes' && goesOn.test(text)) || declined;
  if (refused) refuse(form, name);
  return refused;
}

const unwilling =
  /^(?:那|我|就|还是|先|这个|联系|电话|手机|号码?|都|也|真的?|最好)*(?:别|甭|不用|不要|不想|不愿意?|不肯|不能|不敢|不太想|不方便|不便|不)(?:再)?(?:留|给|填|写|登记|透露|说)/;
const mereReason = /怕|担心|上次|上回|以前|之前|因为|不然|免得|隐私|骚扰|广告|报复|推销|泄露|安全|打电话/;

/** «别留了吧，怕他报复», «手机号不想留 上次留了天天打广告»: declined, and why; the reason is no part of the story. */
export function declinesForReason(scene: Scene, form: Form, dialog: Dialog): boolean {
  const { asking } = form;
  const { heard, tap } = scene.understood;
  if (tap || asking === undefined || heard.entities.phone || heard.question) return false;
  const { onFile, asking: how } = dialog.slots[asking] ?? {};
  if (onFile !== 'phone' || how !== 'refusable') return false;
  const [first = '', ...others] = pausesIn(heard.text).filter(Boolean);
  if (others.length === 0 || !unwilling.test(first) || !others.every((clause) => mereReason.test(clause))) return false;
  refuse(form, asking);
  return true;
}

/** «电话没有，喊我就行，我叫老杨»: the field that is asked for, declined beside other news. */
export function refuseToo(scene: Scene, form: Form, dialog: Dialog): void {
  const { asking } = form;
  if (asking === undefined || dialog.slots[asking]?.asking !== 'refusable' || form.slots[asking] !== undefined) return;
  const clauses = clausesOf(scene.understood.heard.text);
  const [first = ''] = clauses;
  const beside = scene.understood.heard.question && !asks.test(first) && declinesIt(first);
  const declined = beside && clauses.length > 1 && !namesOther(scene, form, dialog, first);
  if (declined || clauses.some((clause) => declinesIt(clause) && namesField(scene, form, asking, clause)))
    refuse(form, asking);
}

const asks = /[?？吗呢]|什么|多久|怎么/;

/** Whether it calls another field by name than the one that is asked for. */
function namesOther(scene: Scene, form: Form, dialog: Dialog, clause: string): boolean {
  const named = (name: string) => namesField(scene, form, name, clause);
  if (form.asking === undefined || named(form.asking)) return false;
  const { parts } = scene;
  const { lacks = [] } = parts.intents.get(dialogThat(parts.dialogs, 'binds') ?? '')?.signs ?? {};
  if (dialog.slots[form.asking]?.onFile === 'phone' && signsIn(clause, { lacks }).length > 0) return true;
  return slotsOf(dialog).some(([name, slot]) => name !== form.asking && isAsked(slot) && named(name));
}
