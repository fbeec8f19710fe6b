import { isDeepStrictEqual } from 'node:util';
import type { Dialog, Slot } from '#conversation';
import { attempt } from './attempt.ts';
import { endOf, isAnothers, isNamed, takeByName } from './called.ts';
import { addsToYes, agreesAndMore, keepWords, takeChange, takeConfirmation } from './confirm.ts';
import { auditedBackend, fileOffers } from './customer.ts';
import { takeDrop } from './drop.ts';
import { accountNamed, deniesIt, names, pointsAtIt, takeFiledPhone } from './on-file.ts';
import { declinesForReason, refuseToo, takeRefusal } from './refusal.ts';
import { takeSaidBefore } from './said-before.ts';
import { dialogOf, type Scene, slotsOf } from './scene.ts';
import { type Form, tell } from './state.ts';

/** What the message does to the form that is on; `nothing`: it is no answer, so it may be a question or something else. */
export type Fit = 'filled' | 'nothing';

/**
 * Reads the message as an answer: an offer on the table first, then corrections and values for any slot, and only what holds
 * none of these as a yes, a no or a refusal: «确认，电话改139…» is news, not a yes.
 */
export async function takeIn(scene: Scene, form: Form): Promise<Fit> {
  const dialog = dialogOf(scene, form);
  if (agreesAndMore(scene, form) && takeConfirmation(scene, form)) return 'filled';
  if (declinesForReason(scene, form, dialog)) {
    form.times = 0;
    return 'filled';
  }
  const before = { ...form.slots };
  const offered = (await takeOffer(scene, form, dialog)) || (await takeFiledPhone(scene, form, dialog));
  const learnt = await takeFacts(scene, form, dialog, offered);
  if (learnt && !offered) keepStory(scene, form, dialog);
  if (learnt || offered) {
    if (form.asking === 'change') form.asking = undefined;
    if (addsToYes(scene, form, before)) form.confirmed = true;
    refuseToo(scene, form, dialog);
    keepWords(scene, form, dialog);
    keepFigures(scene, form, dialog, before);
    form.times = 0;
    return 'filled';
  }
  const answered = takeChange(scene, form, dialog) || takeConfirmation(scene, form) || takeRefusal(scene, form, dialog);
  if (answered) form.times = 0;
  return answered ? 'filled' : 'nothing';
}

/** «停的是630那台不是400那台»: a figure that the story has otherwise is put right in its words, too. */
function keepFigures({ understood: { said } }: Scene, form: Form, dialog: Dialog, before: Form['slots']): void {
  const changed = slotsOf(dialog).some(
    ([name, { measure }]) =>
      measure && before[name] !== undefined && !isDeepStrictEqual(before[name], form.slots[name]),
  );
  if (changed && dialog.confirm && !dialog.sealed) tell(form, said.trim());
}

/** All that it tells beside the offer it takes: an account, what is taken back, what was told before, news. */
async function takeFacts(scene: Scene, form: Form, dialog: Dialog, offered: boolean): Promise<boolean> {
  const settled = offered ? scene.understood.filled : [];
  const named = !offered && (await takeNamed(scene, form, dialog));
  const dropped = takeDrop(scene, form, dialog);
  const again = !offered && takeSaidBefore(scene, form, dialog);
  const done = again || (offered && !saysMore(scene));
  const news = !done && takeNews(scene, form, dialog, [...settled, ...dropped]);
  return news || named || again || dropped.length > 0;
}

/** What takes an offer up in more words than a yes is the story of the order. */
function keepStory({ understood: { heard } }: Scene, form: Form, dialog: Dialog): void {
  const offer = form.asking !== undefined && dialog.slots[form.asking]?.passing;
  if (offer && !heard.question && !heard.tapped && heard.rest.length >= 6) tell(form, heard.said.trim());
}

/** Whether an offer was taken with more words than that. */
const saysMore = ({ understood: { tap, half, heard } }: Scene) =>
  tap === undefined && (half !== undefined || heard.months !== undefined || /[，。；,;]/.test(heard.text));

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

/** «莫干山路那户上个月的»: said by the way, whatever was asked. */
async function takeNamed(scene: Scene, form: Form, dialog: Dialog): Promise<boolean> {
  const [name] = slotsOf(dialog).find(([, { proof }]) => proof) ?? [];
  const number = name === undefined ? undefined : await accountNamed(scene, form.slots[name]);
  if (name === undefined || number === undefined || number === form.slots[name]) return false;
  form.slots[name] = number;
  scene.understood.filled.push(name);
  return true;
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
  const ending = accounts.find((number) => digits && number.endsWith(digits));
  if (ending || others.length > 0) return ending ?? accountNamed(scene);
  const [account] = await fileOffers(scene);
  return account && (heard.text.includes(account.name) || names(heard, account.address)) ? only : undefined;
}

async function fillFromFile(scene: Scene, form: Form, dialog: Dialog, name: string, number: string): Promise<boolean> {
  const account = await attempt(scene, () => auditedBackend(scene).accounts.find(number));
  form.slots[name] = { source: 'file', accountNumber: number, address: account?.address };
  for (const [other, slot] of slotsOf(dialog))
    if (account && slot.onFile === 'phone' && form.slots[other] === undefined)
      form.slots[other] = { number: account.phone, source: 'file' };
  scene.understood.filled.push(name);
  return true;
}

/** `settled`: slots that this very message has filled already. */
const takeNews = (scene: Scene, form: Form, dialog: Dialog, settled: readonly string[]): boolean => {
  const corrected = takeCorrection(scene, form, dialog) ?? takeByName(scene, form, dialog);
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
  const slots = slotsOf(dialog)
    .filter(([, slot]) => isNamed(correction.slot, slot))
    .sort((one, other) => rank(one) - rank(other));
  // A bare number is no room where the form has a number of its own.
  const bare = bareNumber.test(correction.right) && !correction.slot && slots.some(([, { measure }]) => measure);
  for (const [name, slot] of slots) {
    const value = form.slots[name];
    if (bare && slot.onFile === 'place' && form.reopened !== name) continue;
    const mended = value === undefined ? undefined : slot.patch?.(value, endOf(correction));
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
    if (done.includes(name) || isAnothers(scene, slot)) continue;
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
