import { type Dialog, isAsked, type Slot } from '#conversation';
import { attempt } from './attempt.ts';
import { certainFrom, sureFrom } from './decide.ts';
import { takeDrop } from './drop.ts';
import { refuse } from './form.ts';
import { clausesOf } from './halves.ts';
import { agreesTo, deniesIt, names, pointsAtIt, takeFiledPhone } from './on-file.ts';
import { dialogOf, type Scene, slotsOf, textsOf } from './scene.ts';
import { type Form, tell } from './state.ts';
import { signsIn } from './understand.ts';

/** What the message does to the form that is on; `nothing`: it is no answer, so it may be a question or something else. */
export type Fit = 'filled' | 'nothing';

/**
 * Reads the message as an answer: an offer on the table first, then corrections and values for any slot, and only what holds
 * none of these as a yes, a no or a refusal: «确认，电话改139…» is news, not a yes.
 */
export async function takeIn(scene: Scene, form: Form): Promise<Fit> {
  const dialog = dialogOf(scene, form);
  const before = { ...form.slots };
  const offered = (await takeOffer(scene, form, dialog)) || (await takeFiledPhone(scene, form, dialog));
  const settled = offered ? scene.understood.filled : [];
  const dropped = takeDrop(scene, form, dialog);
  const news = !(offered && !saysMore(scene)) && takeNews(scene, form, dialog, [...settled, ...dropped]);
  const learnt = news || offered || dropped.length > 0;
  if (learnt) {
    if (form.asking === 'change') form.asking = undefined;
    if (addsToYes(scene, form, before)) form.confirmed = true;
    refuseToo(scene, form, dialog);
    keepWords(scene, form, dialog);
    form.times = 0;
    return 'filled';
  }
  const answered = takeChange(scene, form, dialog) || takeConfirmation(scene, form) || takeRefusal(scene, form, dialog);
  if (answered) form.times = 0;
  return answered ? 'filled' : 'nothing';
}

/** How many letters beside a wish, a place, a name and digits tell the crew something. */
const tellingFrom = 6;

/** What is told around a value belongs to the order as well: «隔壁井也没电，在村东头，电话135…». A story is kept by its own slot. */
function keepWords(scene: Scene, form: Form, dialog: Dialog): void {
  const { heard, tap, said, correction } = scene.understood;
  if (tap || heard.opening || heard.question || correction || slotsOf(dialog).some(([, { loose }]) => loose)) return;
  if (dialog.confirm && !dialog.sealed && heard.rest.replaceAll(pressing, '').length >= tellingFrom) tell(form, said);
}

/** Whether an offer was taken with more words than that. */
const saysMore = ({ understood: { tap, half, heard } }: Scene) =>
  tap === undefined && (half !== undefined || /[，。；,;]/.test(heard.text));

/** «对，我姓周» at the summary: what was told is new beside it and changes nothing of it. */
function addsToYes(scene: Scene, form: Form, before: Form['slots']): boolean {
  const { half } = scene.understood;
  if (form.asking !== 'confirm' || half?.yesNo !== 'yes' || holdsBack(scene, half.rest)) return false;
  return Object.entries(before).every(([name, value]) => {
    const now = form.slots[name];
    return now === value || (typeof value === 'string' && typeof now === 'string' && now.startsWith(value));
  });
}

/** Yes, no or a choice, when accounts on file were offered. */
async function takeOffer(scene: Scene, form: Form, dialog: Dialog): Promise<boolean> {
  const { heard, half } = scene.understood;
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (slot?.proof && name !== undefined) return takeAccount(scene, form, name);
  if (slot?.onFile !== 'place' || form.memo.noFile || name === undefined || form.slots[name]) return false;
  const { accounts } = scene.draft.state;
  const number = await chosenAccount(scene);
  if (number) return fillFromFile(scene, form, dialog, name, number);
  if (accounts.length === 0 || !(deniesIt(heard) || half?.yesNo === 'no')) return false;
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
  const { heard, tap, half } = scene.understood;
  const { accounts } = scene.draft.state;
  const yesNo = heard.yesNo ?? half?.yesNo;
  if (tap?.means.startsWith('account:')) return tap.means.slice('account:'.length);
  const [only, ...others] = accounts;
  if (yesNo === 'no') return undefined;
  if (only !== undefined && others.length === 0 && (yesNo === 'yes' || pointsAtIt(heard))) return only;
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
  scene.understood.filled.push(name);
  return true;
}

/** `settled`: slots that this very message has filled already. */
const takeNews = (scene: Scene, form: Form, dialog: Dialog, settled: readonly string[]): boolean => {
  const corrected = takeCorrection(scene, form, dialog);
  const done = corrected === undefined ? settled : [...settled, corrected];
  return takeValues(scene, form, dialog, done) || corrected !== undefined;
};

const bareNumber = /^\s*\d+(\.\d+)?\s*$/;

/** «不是12栋是21栋», «最后两位是12»: tried on the reopened slot, then on the others; answers which it mended. */
function takeCorrection(scene: Scene, form: Form, dialog: Dialog): string | undefined {
  const { correction } = scene.understood;
  if (!correction) return undefined;
  const rank = ([name, { loose, measure }]: [string, Slot]) =>
    name === form.reopened ? 0 : loose ? 3 : measure && !correction.slot ? 1 : 2;
  const slots = slotsOf(dialog).sort((one, other) => rank(one) - rank(other));
  // A bare number is no room where the form has a number of its own.
  const bare = bareNumber.test(correction.right) && !correction.slot && slots.some(([, { measure }]) => measure);
  for (const [name, slot] of slots) {
    const value = form.slots[name];
    if (bare && slot.onFile === 'place' && form.reopened !== name) continue;
    const mended = value === undefined ? undefined : slot.patch?.(value, correction);
    if (mended === undefined) continue;
    form.slots[name] = mended;
    if (form.reopened === name) form.reopened = undefined;
    return name;
  }
  return undefined;
}

/** Every slot takes what the message holds of it, but for one a correction has just mended. The same again is an answer too. */
function takeValues(scene: Scene, form: Form, dialog: Dialog, done: readonly string[]): boolean {
  let taken = false;
  const { heard, half } = scene.understood;
  const asked = (name: string) => form.asking === name;
  for (const [name, slot] of slotsOf(dialog).sort(([one], [two]) => Number(asked(two)) - Number(asked(one)))) {
    if (done.includes(name)) continue;
    const told = asked(name) && slot.asking === 'on_demand' ? { ...heard, yesNo: heard.yesNo ?? half?.yesNo } : heard;
    const value = slot.read(told, asked(name), form.slots[name]);
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
export function namesField(
  scene: Scene,
  form: Form,
  name: string,
  words: string = scene.understood.heard.text,
): boolean {
  const text = words.toLowerCase();
  const aliases = [scene.parts.texts, textsOf(scene)].map((texts) => texts.find(form.intent, `slot.${name}`) ?? '');
  return aliases
    .join('|')
    .split('|')
    .some((alias) => alias && text.includes(alias.toLowerCase()));
}

/** «没欠费，确认报修吧», «麻烦快点» are a yes to the summary, though more than a bare one. */
const agrees =
  /^(?!.*(不|别|先)(要|用|想|能|忙)?(确认|提交|报|来|派|办|登记|申请)).*(确认|提交|(现在|马上|就|帮我)(办|登记|申请)|(办|办理|登记|申请)吧|就这样|没问题|报修|报吧|发吧|派人|好了|尽快|赶紧|快点|快来)/;

const agreesInEnglish =
  /^(?!.*\b(not|don'?t|no|wrong|but|change)\b).*\b(confirm\w*|submit|go ahead|that'?s (all|it|right|correct|fine)|hurry( up)?|as soon as possible|asap|looks? (good|right|fine)|please (do|send|report|register))\b/i;

/** «没有», «不清楚»: no answer to «is it right?», but to what may still be added; the summary is then put once more. */
const addsNothing =
  /^(nothing( (else|more|to add))?|no(ne)?( more| idea)?|i? ?don'?t know|not sure|skip)[.! ]*$|^(暂时|都|也|还)?(没有?|没了|没别的|没有?(其他|别的|要补充的|照片|图片|拍照|发票)|不(知道|清楚|补充|用补充|确定)|跳过)(了|的)?[。.!！]?$/;

const agreesInWords = (text: string) =>
  (text.length <= 20 && agrees.test(text)) || (text.length <= 50 && agreesInEnglish.test(text));

/** Words that press or thank, beside a yes: nothing that a crew must read. */
const pressing =
  /确认|确定|提交|没问题|就这样|尽快|赶紧|快[点些]?|来修|派人|麻烦|谢谢|辛苦|报修|登记|办理|申请|对的?|是的?|好的?|嗯|请|你们?|您|一下|帮|我|吧|了|的|啊|哦|\p{P}|\s/gu;

/** What is said beside a yes is news for the crew, a question or another wish: none of it is lost. */
function keepRest(scene: Scene, form: Form): void {
  const { half, heard } = scene.understood;
  const rest = half?.rest ?? heard.text;
  if (half?.leads && wishIn(scene, half.rest, heard.question ? sureFrom : certainFrom)) scene.rest = half.rest;
  else if (rest.replaceAll(pressing, '').length >= 3) tell(form, half ? rest : scene.understood.said);
}

function wishIn({ parts }: Scene, text: string, from: number): boolean {
  const { intent, confidence } = parts.classifier().recognise(text);
  return confidence >= from && !/^(chat|control|none)/.test(intent);
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

function takeConfirmation(scene: Scene, form: Form): boolean {
  const { heard, tap, half } = scene.understood;
  if (form.asking !== 'confirm' && form.asking !== 'change') return false;
  const halfYes = half?.yesNo === 'yes' && !holdsBack(scene, half.rest);
  const yes = heard.yesNo === 'yes' || halfYes || (!heard.question && agreesToIt(scene, form));
  if (yes) {
    form.confirmed = true;
    form.asking = 'confirm';
    if (heard.yesNo === undefined) keepRest(scene, form);
    return true;
  }
  if (form.asking === 'confirm' && addsNothing.test(heard.text)) return true;
  if (heard.yesNo !== 'no' && half?.yesNo !== 'no' && tap?.means !== 'change') return false;
  form.asking = 'change';
  return true;
}

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

function takeRefusal(scene: Scene, form: Form, dialog: Dialog): boolean {
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

/** «电话没有，喊我就行，我叫老杨»: the field that is asked for, declined beside other news. */
function refuseToo(scene: Scene, form: Form, dialog: Dialog): void {
  const { asking } = form;
  if (asking === undefined || dialog.slots[asking]?.asking !== 'refusable' || form.slots[asking] !== undefined) return;
  const clauses = clausesOf(scene.understood.heard.text);
  if (clauses.some((clause) => declinesIt(clause) && namesField(scene, form, asking, clause))) refuse(form, asking);
}

const asks = /[?？吗呢]|什么|多久|怎么/;

/** Whether it calls another field by name than the one that is asked for. */
function namesOther(scene: Scene, form: Form, dialog: Dialog, clause: string): boolean {
  const named = (name: string) => namesField(scene, form, name, clause);
  if (form.asking === undefined || named(form.asking)) return false;
  return slotsOf(dialog).some(([name, slot]) => name !== form.asking && isAsked(slot) && named(name));
}
