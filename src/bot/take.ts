import { type Dialog, isAsked, type PartCorrection, type Slot } from '#conversation';
import { attempt } from './attempt.ts';
import { refuse } from './form.ts';
import { agreesTo, deniesIt, names, pointsAtIt, takeFiledPhone } from './on-file.ts';
import { dialogOf, type Scene, slotsOf, textsOf } from './scene.ts';
import type { Form } from './state.ts';

/** What the message does to the form that is on; `nothing`: it is no answer, so it may be a question or something else. */
export type Fit = 'filled' | 'nothing';

/**
 * Reads the message as an answer: an offer on the table first, then corrections and values for any slot, and only what holds
 * none of these as a yes, a no or a refusal: «确认，电话改139…» is news, not a yes.
 */
export async function takeIn(scene: Scene, form: Form): Promise<Fit> {
  const dialog = dialogOf(scene, form);
  const offered = (await takeOffer(scene, form, dialog)) || (await takeFiledPhone(scene, form, dialog));
  const learnt = offered || takeNews(scene, form, dialog);
  if (learnt) {
    if (form.asking === 'change') form.asking = undefined;
    form.times = 0;
    return 'filled';
  }
  const answered = takeChange(scene, form, dialog) || takeConfirmation(scene, form) || takeRefusal(scene, form, dialog);
  if (answered) form.times = 0;
  return answered ? 'filled' : 'nothing';
}

/** Yes, no or a choice, when accounts on file were offered. */
async function takeOffer(scene: Scene, form: Form, dialog: Dialog): Promise<boolean> {
  const { heard } = scene.understood;
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (slot?.proof && name !== undefined) return takeAccount(scene, form, name);
  if (slot?.onFile !== 'place' || form.memo.noFile || name === undefined || form.slots[name]) return false;
  const { accounts } = scene.draft.state;
  const number = await chosenAccount(scene);
  if (number) return fillFromFile(scene, form, dialog, name, number);
  if (accounts.length === 0 || !deniesIt(heard)) return false;
  form.memo.noFile = true;
  return true;
}

/** Which of the proved accounts, where several were offered. */
async function takeAccount(scene: Scene, form: Form, name: string): Promise<boolean> {
  const number = await chosenAccount(scene);
  if (number) form.slots[name] = number;
  return number !== undefined;
}

/** By a tap, by a yes where there is one, or by words: its last digits, its road, its holder. */
async function chosenAccount(scene: Scene): Promise<string | undefined> {
  const { heard, tap } = scene.understood;
  const { accounts } = scene.draft.state;
  if (tap?.means.startsWith('account:')) return tap.means.slice('account:'.length);
  const [only, ...others] = accounts;
  if (heard.yesNo === 'no') return undefined;
  if (only !== undefined && others.length === 0 && (heard.yesNo === 'yes' || pointsAtIt(heard))) return only;
  const digits = /\d{3,}/.exec(heard.text)?.[0];
  for (const number of accounts) {
    if (digits && number.endsWith(digits)) return number;
    const account = await attempt(scene, () => scene.parts.backend.accounts.find(number));
    if (account && (heard.text.includes(account.name) || names(heard, account.address))) return number;
  }
  return undefined;
}

async function fillFromFile(scene: Scene, form: Form, dialog: Dialog, name: string, number: string): Promise<boolean> {
  const account = await attempt(scene, () => scene.parts.backend.accounts.find(number));
  form.slots[name] = { source: 'file', accountNumber: number, address: account?.address };
  for (const [other, slot] of slotsOf(dialog))
    if (account && slot.onFile === 'phone' && form.slots[other] === undefined)
      form.slots[other] = { number: account.phone, source: 'file' };
  return true;
}

const takeNews = (scene: Scene, form: Form, dialog: Dialog): boolean => {
  const corrected = takeCorrection(scene, form, dialog);
  return takeValues(scene, form, dialog, corrected) || corrected !== undefined;
};

/** «不是12栋是21栋», «最后两位是12»: tried on the reopened slot, then on the others; answers which it mended. */
function takeCorrection(scene: Scene, form: Form, dialog: Dialog): string | undefined {
  const correction = scene.understood.correction as PartCorrection | undefined;
  if (!correction) return undefined;
  const rank = ([name, { loose }]: [string, Slot]) => (name === form.reopened ? 0 : loose ? 2 : 1);
  const slots = slotsOf(dialog).sort((one, other) => rank(one) - rank(other));
  for (const [name, slot] of slots) {
    const value = form.slots[name];
    const mended = value === undefined ? undefined : slot.patch?.(value, correction);
    if (mended === undefined) continue;
    form.slots[name] = mended;
    if (form.reopened === name) form.reopened = undefined;
    return name;
  }
  return undefined;
}

const bareNumber = /^\s*\d+(\.\d+)?\s*$/;

/** Every slot takes what the message holds of it, but for one a correction has just mended. The same again is an answer too. */
function takeValues(scene: Scene, form: Form, dialog: Dialog, mended: string | undefined): boolean {
  let taken = false;
  const { heard } = scene.understood;
  const asked = (name: string) => form.asking === name;
  for (const [name, slot] of slotsOf(dialog).sort(([one], [two]) => Number(asked(two)) - Number(asked(one)))) {
    if (name === mended) continue;
    const value = slot.read(heard, asked(name), form.slots[name]);
    if (value === undefined) continue;
    form.slots[name] = value;
    if (form.reopened === name) form.reopened = undefined;
    scene.understood.filled.push(name);
    taken = true;
    // A bare number that answers what was asked is nothing else besides: «50» kilowatts are no room.
    if (asked(name) && bareNumber.test(heard.text)) break;
  }
  return taken;
}

/** «电话错了», or a field's name when asked what to change: that slot is asked anew; its value stays until a new one comes. */
function takeChange(scene: Scene, form: Form, dialog: Dialog): boolean {
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

/** Whether the message calls a field by one of its names. */
export function namesField(scene: Scene, form: Form, name: string): boolean {
  const text = scene.understood.heard.text.toLowerCase();
  const aliases = [scene.parts.texts, textsOf(scene)].map((texts) => texts.find(form.intent, `slot.${name}`) ?? '');
  return aliases
    .join('|')
    .split('|')
    .some((alias) => alias && text.includes(alias.toLowerCase()));
}

/** «没欠费，确认报修吧», «麻烦快点» are a yes to the summary, though more than a bare one. */
const agrees =
  /^(?!.*(不|别|先)(要|用|想|能|忙)?(确认|提交|报|来|派|办|登记|申请)).*(确[认任人]|提交|(现在|马上|就|帮我)(办|登记|申请)|(办|办理|登记|申请)吧|就这样|没问题|报修|报吧|发吧|交吧|交上去|派人|好了|尽快|赶紧|快点|快来)/;

const agreesInEnglish =
  /^(?!.*\b(not|don'?t|no|wrong|but|change)\b).*\b(confirm\w*|submit|go ahead|that'?s (all|it|right|correct|fine)|hurry( up)?|as soon as possible|asap|looks? (good|right|fine)|please (do|send|report|register))\b/i;

/** «没有», «不清楚»: no answer to «is it right?», but to what may still be added; the summary is then put once more. */
const addsNothing =
  /^(nothing( (else|more|to add))?|no(ne)?( more| idea)?|i? ?don'?t know|not sure|skip)[.! ]*$|^(暂时|都|也|还)?(没有?|没了|没别的|没有?(其他|别的|要补充的|照片|图片|拍照|发票)|不(知道|清楚|补充|用补充|确定)|跳过)(了|的)?[。.!！]?$/;

const agreesInWords = (text: string) =>
  (text.length <= 20 && agrees.test(text)) || (text.length <= 50 && agreesInEnglish.test(text));

function takeConfirmation(scene: Scene, form: Form): boolean {
  const { heard, tap } = scene.understood;
  if (form.asking !== 'confirm' && form.asking !== 'change') return false;
  const known = Object.values(form.slots).map((value) => (value as { address?: string }).address);
  const says = agreesInWords(heard.text) && !heard.question;
  const yes = heard.yesNo === 'yes' || says || known.some((address) => agreesTo(heard, address));
  if (yes) {
    form.confirmed = true;
    form.asking = 'confirm';
    return true;
  }
  if (form.asking === 'confirm' && addsNothing.test(heard.text)) return true;
  if (heard.yesNo !== 'no' && tap?.means !== 'change') return false;
  form.asking = 'change';
  return true;
}

/** «不留», «电话就算了吧», «没有手机»: short, and it declines. */
const declines =
  /^(那|我|俺|就|先|这个)?(不|没|别|莫|唔|免|无可奉告|跳过|略)|不给|不留|不便|不想|没有|算了|不用|记不|忘了|忘记|隐私|微信联系|匿名/;

/** «确认提交» at a question that need not be answered: the form goes on without it. */
const goesOn = /确认|确定|提交|就这样|confirm|submit|that'?s (all|it)|go ahead/i;
const declinesInEnglish =
  /^(no\b|none|skip|not |don'?t|do not|i('d| would) (rather|prefer)|i (don'?t|do not|can'?t|forgot|have no)|rather not|prefer not|anonymous|n\/a|without)/i;

const declinesIt = (text: string) =>
  (text.length <= 16 && declines.test(text) && !/不对|没问题/.test(text)) ||
  (text.length <= 40 && declinesInEnglish.test(text));

function takeRefusal(scene: Scene, form: Form, dialog: Dialog): boolean {
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (name === undefined || slot?.asking !== 'refusable') return false;
  const { yesNo, text, question } = scene.understood.heard;
  const refused = yesNo === 'no' || (yesNo === 'yes' && goesOn.test(text)) || (!question && declinesIt(text));
  if (refused) refuse(form, name);
  return refused;
}
