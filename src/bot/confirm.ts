import { type Dialog, type Heard, isAsked } from '#conversation';
import { simplify } from '#nlu';
import { asksArrival } from './after.ts';
import { sureFrom } from './decide.ts';
import { namesField } from './named.ts';
import { agreesTo } from './on-file.ts';
import { dialogOf, type Scene, slotsOf } from './scene.ts';
import { type Form, tell } from './state.ts';
import { asksUs, signsIn } from './understand.ts';

/** How many letters beside a wish, a place, a name and digits tell the crew something. */
const tellingFrom = 6;

/** What is told around a value belongs to the order as well: «隔壁井也没电，在村东头，电话135…». A story is kept by its own slot. */
export function keepWords(scene: Scene, form: Form, dialog: Dialog): void {
  const { heard, tap, said, correction } = scene.understood;
  if (tap || heard.opening || correction) return;
  if (heard.question) keepStatements(scene, form);
  if (heard.question || slotsOf(dialog).some(([, { loose }]) => loose)) return;
  // «哦不对，下午三点吧» puts right, and «明天上午十点» stands in its own field.
  const values = Object.values(form.slots).some((value) => value === heard.rest || value === heard.text);
  if (values || /^(哦|啊|噢|呀)?(不对|不是|错了)/.test(heard.text)) return;
  if (dialog.confirm && !dialog.sealed && heard.rest.replaceAll(pressing, '').length >= tellingFrom) tell(form, said);
}

/** Half of a question: «测出来要是真不准 多收的退不退». */
const supposes = /要是|如果|假如|万一|的话$|\bif\b/i;

/** What stands beside a question is no question: «冰箱是2019年买的5600 能赔全款吗» tells of the fridge. */
export function keepStatements(scene: Scene, form: Form): void {
  const { heard, said } = scene.understood;
  const dialog = dialogOf(scene, form);
  if (!dialog.confirm || heard.opening || heard.tapped || heard.yesNo) return;
  const [story] = slotsOf(dialog).find(([, { loose }]) => loose) ?? [];
  const { address = '', name = '' } = heard.entities;
  for (const clause of said.split(/[，。！？,!?；;、\s]+/)) {
    const news = clause
      .replace(address, '')
      .replace(name, '')
      .replaceAll(/\d{7,}/g, '')
      .replaceAll(pressing, '');
    if (news.length < tellingFrom || supposes.test(clause) || asksUs(simplify(clause))) continue;
    const before = story === undefined ? undefined : form.slots[story];
    if (story === undefined) tell(form, clause);
    else if (typeof before === 'string' && !before.includes(clause)) form.slots[story] = `${before}；${clause}`;
  }
}

/** «对，我姓周» at the summary: what was told is new beside it and changes nothing of it. */
export function addsToYes(scene: Scene, form: Form, before: Form['slots']): boolean {
  const { half } = scene.understood;
  if (form.asking !== 'confirm' || half?.yesNo !== 'yes' || holdsBack(scene, half.rest)) return false;
  return Object.entries(before).every(([name, value]) => {
    const now = form.slots[name];
    return now === value || (typeof value === 'string' && typeof now === 'string' && now.startsWith(value));
  });
}

/** «电话错了», or a field's name when asked what to change: that slot is asked anew; its value stays until a new one comes. */
export function takeChange(scene: Scene, form: Form, dialog: Dialog): boolean {
  const { text } = scene.understood.heard;
  if (form.asking !== 'change' && !/错|改|换|不对|重新|再看|\b(wrong|change|correct|mistake|edit)\b/i.test(text))
    return false;
  if (/重来|重新来|重新填|全部|都不对|start (over|again)|all wrong/i.test(text)) {
    form.slots = {};
    form.memo.noFile = true;
    form.asking = undefined;
    return true;
  }
  const named = slotsOf(dialog).find(
    ([name, slot]) => isAsked(slot) && form.slots[name] !== undefined && namesField(scene, form, name),
  );
  if (!named) return false;
  form.reopened = named[0];
  form.refused = form.refused.filter((name) => name !== named[0]);
  form.memo.noFile = true;
  form.asking = undefined;
  return true;
}

/** «没欠费，确认报修吧», «麻烦快点» are a yes to the summary, though more than a bare one. */
const agrees =
  /^(?!.*(不|别|先)(要|用|想|能|忙)?(确认|提交|报|来|派|办|登记|申请)).*(确[认任人]|提交|(现在|马上|就|帮我)(办|登记|申请)|(办|办理|登记|申请)吧|就这样|没问题|报修|报吧|发吧|交吧|交上去|派人|好了|尽快|赶紧|快点|快来)/;

const agreesInEnglish =
  /^(?!.*\b(not|don'?t|no|wrong|but|change)\b).*\b(confirm\w*|submit|go ahead|that(?:'?s| is) (all|it|right|correct|fine)|hurry( up)?|as soon as possible|asap|looks? (good|right|fine)|please (do|send|report|register))\b/i;

/** «没有», «不清楚»: no answer to «is it right?», but to what may still be added; the summary is then put once more. */
const addsNothing =
  /^(nothing( (else|more|to add))?|no(ne)?( more| idea)?|i? ?don'?t know|not sure|skip)[.! ]*$|^(暂时|都|也|还)?(没有?|没了|没别的|没有?(其他|别的|要补充的|照片|图片|拍照|发票)|不(知道|清楚|补充|用补充|确定)|跳过)(了|的)?[。.!！]?$/;

/** «按六口登记», «改成301提交»: no bare yes, whatever word of agreeing it holds; where no slot took it, it is asked what shall be changed. */
const asGiven =
  /^(?:那|就|还是|麻烦|请)*(?:按|照)(?!时|规定|要求|这|上面|程序|流程|您|你|刚才|原来).{1,16}(?:登记|提交|报|办|填|算|申请|受理)/;
const changes = /改[成为]|换成|\d/;
const wantsChange = ({ text, question }: Heard): boolean =>
  !question && (asGiven.test(text) || (agreesInWords(text) && changes.test(text)));

const agreesInWords = (text: string) =>
  (text.length <= 20 && agrees.test(text)) || (text.length <= 50 && agreesInEnglish.test(text));

/** Words that press or thank, beside a yes: nothing that a crew must read. */
const pressing =
  /确认|确定|提交|没问题|就这样|尽快|赶紧|快[点些]?|来修|派人|麻烦|谢谢|辛苦|报修|登记|办理|申请|对的?|是的?|好的?|嗯|请|你们?|您|一下|帮|我|吧|了|的|啊|哦|\p{P}|\s/gu;

/** «确认，…» at the summary: a yes, whatever is said after it. */
export function agreesFirst(scene: Scene, form: Form): boolean {
  const { half } = scene.understood;
  return form.asking === 'confirm' && half?.yesNo === 'yes' && half.leads && !holdsBack(scene, half.rest);
}

/** «确认，另外帮我查一下电费»: a yes, and another wish to be answered after it. «多久能来» is what the receipt tells. */
export function agreesAndMore(scene: Scene, form: Form): boolean {
  const { half, recognition } = scene.understood;
  return agreesFirst(scene, form) && recognition.intent !== form.intent && wishIn(scene, half?.rest ?? '', sureFrom);
}

/** What is said beside a yes is news for the crew, a question or another wish: none of it is lost. */
function keepRest(scene: Scene, form: Form): void {
  const { half, heard } = scene.understood;
  const rest = half?.rest ?? heard.text;
  if (agreesAndMore(scene, form)) scene.rest = half?.rest;
  else if (!agreesInWords(rest) && !asksArrival(scene.parts, rest) && rest.replaceAll(pressing, '').length >= 3)
    tell(form, half ? rest : scene.understood.said);
}

function wishIn({ parts }: Scene, text: string, from: number): boolean {
  const { intent, confidence } = parts.classifier().recognise(text);
  return confidence >= from && !/^(chat|control|none)/.test(intent) && !asksArrival(parts, text);
}

/** «好的，等一下，我再看看» is no yes yet (control.affirm, sign `holds`). */
const holdsBack = ({ parts }: Scene, rest: string): boolean =>
  signsIn(rest.toLowerCase(), { holds: parts.intents.get('control.affirm')?.signs.holds ?? [] }).length > 0;

/** A yes in other words than a bare one: it agrees, or points at the place that is shown, and is no wish of its own. */
function agreesToIt({ understood: { heard, recognition } }: Scene, form: Form): boolean {
  const { intent, confidence } = recognition;
  if (agreesInWords(heard.text)) return true;
  if (confidence >= sureFrom && intent !== form.intent && !/^(chat|control|none)/.test(intent)) return false;
  return Object.values(form.slots).some((value) => {
    const { address } = value as { address?: string };
    return address !== undefined && agreesTo(heard, address);
  });
}

/** Yes, no or «change it» to the summary; what is said beside a yes is kept. */
export function takeConfirmation(scene: Scene, form: Form): boolean {
  const { heard, tap, half } = scene.understood;
  if (form.asking !== 'confirm' && form.asking !== 'change') return false;
  const halfYes = half?.yesNo === 'yes' && !holdsBack(scene, half.rest);
  if (!halfYes && wantsChange(heard)) {
    form.asking = 'change';
    return true;
  }
  const yes = heard.yesNo === 'yes' || halfYes || (!heard.question && agreesToIt(scene, form));
  if (yes) {
    form.confirmed = true;
    form.asking = 'confirm';
    if (heard.yesNo === undefined) keepRest(scene, form);
    return true;
  }
  if (form.asking === 'confirm' && addsNothing.test(heard.text)) return true;
  // «不是，我是说…» is no remark for the crew.
  const denies = form.asking === 'confirm' && /^(不是|不对)[，,\s]/.test(heard.text);
  if (heard.yesNo !== 'no' && half?.yesNo !== 'no' && tap?.means !== 'change' && !denies) return false;
  form.asking = 'change';
  return true;
}
