import { type Dialog, isAsked, maskAddress, maskDigits, type PartCorrection, type Slot } from '#conversation';
import type { Button } from './buttons.ts';
import { hooksFor } from './hooks.ts';
import { dialogOf, type Scene, say } from './scene.ts';
import type { Form } from './state.ts';

const slotsOf = (dialog: Dialog) => Object.entries(dialog.slots) as [string, Slot<unknown>][];

/** What the message does to the form that is on; `nothing`: it is no answer, so it may be a question or something else. */
export type Fit = 'filled' | 'nothing';

/** Reads the message as an answer: to the question asked first, then to any slot. Corrections replace only what they name. */
export async function takeIn(scene: Scene, form: Form): Promise<Fit> {
  const dialog = dialogOf(scene, form);
  const steps = [takeOffer, takeConfirmation, takeChange, takeCorrection, takeValues, takeRefusal];
  for (const step of steps) {
    if (await step(scene, form, dialog)) {
      if (step !== takeConfirmation && form.asking === 'change') form.asking = undefined;
      form.times = 0;
      return 'filled';
    }
  }
  return 'nothing';
}

/** Yes, no or a choice, when the account on file was offered. */
async function takeOffer(scene: Scene, form: Form, dialog: Dialog): Promise<boolean> {
  const { heard, tap } = scene.understood;
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (slot?.onFile !== 'place' || form.memo.noFile || name === undefined || form.slots[name]) return false;
  const chosen = tap?.means.startsWith('account:') ? tap.means.slice(8) : undefined;
  const { accounts } = scene.draft.state;
  const number = chosen ?? (heard.yesNo === 'yes' && accounts.length === 1 ? accounts[0] : undefined);
  if (number) return fillFromFile(scene, form, dialog, name, number);
  if (accounts.length === 0 || heard.yesNo !== 'no') return false;
  form.memo.noFile = true;
  return true;
}

async function fillFromFile(scene: Scene, form: Form, dialog: Dialog, name: string, number: string): Promise<boolean> {
  const account = await scene.parts.backend.accounts.find(number);
  if (!account) return false;
  form.slots[name] = { source: 'file', accountNumber: number, address: account.address };
  for (const [other, slot] of slotsOf(dialog))
    if (slot.onFile === 'phone' && form.slots[other] === undefined)
      form.slots[other] = { number: account.phone, source: 'file' };
  return true;
}

/** «没欠费，确认报修吧» is a yes to the summary, though more than a bare one. */
const agrees = /^(?!.*(不|别|先)(要|用|想|能|忙)?(确认|提交|报)).*(确认|提交|就这样|没问题|报修吧|报吧|派人)/;

function takeConfirmation(scene: Scene, form: Form): boolean {
  const { heard, tap } = scene.understood;
  if (form.asking !== 'confirm') return false;
  if (heard.yesNo === 'yes' || (heard.text.length <= 20 && agrees.test(heard.text) && !heard.question))
    form.confirmed = true;
  else if (heard.yesNo === 'no' || tap?.means === 'change') form.asking = 'change';
  else return false;
  return true;
}

/** «电话错了», or a field's name when asked what to change: that slot is asked anew. */
function takeChange(scene: Scene, form: Form, dialog: Dialog): boolean {
  const { text, entities } = scene.understood.heard;
  const wants = form.asking === 'change' || /错|改|换|不对|写错|重新/.test(text);
  if (!wants || (form.asking !== 'change' && Object.keys(entities).length > 0)) return false;
  const named = slotsOf(dialog).find(
    ([name, slot]) => isAsked(slot) && form.slots[name] !== undefined && namesField(scene, form, name),
  );
  if (!named || readsAny(scene, form, dialog)) return false;
  delete form.slots[named[0]];
  form.refused = form.refused.filter((name) => name !== named[0]);
  form.memo.noFile = true;
  form.asking = named[0];
  return true;
}

function namesField(scene: Scene, form: Form, name: string): boolean {
  const aliases = scene.parts.texts.find(form.intent, `slot.${name}`) ?? '';
  return aliases.split('|').some((alias) => alias && scene.understood.heard.text.includes(alias));
}

const readsAny = (scene: Scene, form: Form, dialog: Dialog) =>
  slotsOf(dialog).some(([name, slot]) => slot.read(scene.understood.heard, false, form.slots[name]) !== undefined);

/** «不是12栋是21栋», «最后两位是12»: tried on the slot that was asked last, then on the others. */
function takeCorrection(scene: Scene, form: Form, dialog: Dialog): boolean {
  const correction = scene.understood.correction as PartCorrection | undefined;
  if (!correction) return false;
  for (const [name, slot] of slotsOf(dialog)) {
    const value = form.slots[name];
    const mended = value === undefined ? undefined : slot.patch?.(value, correction);
    if (mended === undefined) continue;
    form.slots[name] = mended;
    return true;
  }
  return false;
}

/** Every slot takes what the message holds of it. A taken value reopens a summary that was already shown. */
function takeValues(scene: Scene, form: Form, dialog: Dialog): boolean {
  let taken = false;
  for (const [name, slot] of slotsOf(dialog)) {
    const value = slot.read(scene.understood.heard, form.asking === name, form.slots[name]);
    if (value === undefined || JSON.stringify(value) === JSON.stringify(form.slots[name])) continue;
    form.slots[name] = value;
    taken = true;
  }
  return taken;
}

/** «不留», «没有手机», «先不说»: short, and it begins by declining. */
const declines = /^(那|我|就|先|这个)?(不|没|别|莫|唔|免|无可奉告|跳过|略)/;

function takeRefusal(scene: Scene, form: Form, dialog: Dialog): boolean {
  const name = form.asking;
  const slot = name === undefined ? undefined : dialog.slots[name];
  if (name === undefined || slot?.asking !== 'refusable') return false;
  const { yesNo, text, question } = scene.understood.heard;
  const refused = yesNo === 'no' || (text.length <= 10 && declines.test(text) && !question);
  if (refused) form.refused.push(name);
  return refused;
}

/** The next step of the form: `confirm`, `finish` or the name of a slot whose value is still wanted. */
function upcoming(scene: Scene, form: Form, dialog: Dialog): string {
  const hooks = hooksFor(scene, form);
  const needs = dialog.needs?.(hooks);
  const open = slotsOf(dialog).find(([name, slot]) => {
    const value = form.slots[name];
    const wanted = needs ? needs.includes(name) : isAsked(slot);
    if (!wanted || form.refused.includes(name)) return false;
    return value === undefined || slot.enough?.(value) === false;
  });
  if (open) return open[0];
  const confirm = typeof dialog.confirm === 'function' ? dialog.confirm(hooks) : dialog.confirm;
  return confirm && !form.confirmed ? 'confirm' : 'finish';
}

/** Goes on until the form has asked something (`asked`) or is over (`done`). */
export async function advance(scene: Scene, form: Form): Promise<'asked' | 'done'> {
  const dialog = dialogOf(scene, form);
  if (form.asking === 'change') {
    say(scene, form.intent, 'change', {}, ['button.cancel']);
    form.times += 1;
    return 'asked';
  }
  const hooks = hooksFor(scene, form);
  const before = await dialog.before?.(hooks, upcoming(scene, form, dialog));
  if (before === 'done') return 'done';
  const step = before?.ask ?? upcoming(scene, form, dialog);
  if (step === 'finish') {
    await dialog.finish(hooks);
    return 'done';
  }
  if (form.asking !== step) form.times = 0;
  form.asking = step;
  if (step === 'confirm') sayConfirm(scene, form, dialog);
  else await ask(scene, form, dialog, step);
  form.times += 1;
  return 'asked';
}

function sayConfirm(scene: Scene, form: Form, dialog: Dialog): void {
  const word = (key: string) => scene.parts.texts.say(form.intent, key);
  const lines = slotsOf(dialog).flatMap(([name, slot]) => {
    const value = form.slots[name];
    const shown = value === undefined ? undefined : slot.show?.(value, word);
    return shown ? [`${word(`slot.${name}`).split('|')[0]}：${shown}`] : [];
  });
  say(scene, form.intent, 'confirm', { summary: lines.join('\n') }, [
    'button.confirm',
    'button.change',
    'button.cancel',
  ]);
}

/** Asks for a slot: what is on file first, then plainly, then with examples, then with a person at hand. */
async function ask(scene: Scene, form: Form, dialog: Dialog, name: string): Promise<void> {
  const slot = dialog.slots[name] as Slot<unknown>;
  const offers = slot.onFile === 'place' && !form.memo.noFile && !form.slots[name] ? await fileOffers(scene) : [];
  if (offers.length > 0 && form.times < 2) return sayOffer(scene, form, offers);
  if (form.times >= 2) return say(scene, form.intent, 'stuck', {}, ['button.person', 'button.cancel']);
  const vague = form.slots[name] !== undefined;
  const key = form.times === 1 && isAsked(slot) ? `again.${name}` : vague ? `more.${name}` : `ask.${name}`;
  say(scene, form.intent, key, {}, slot.buttons);
}

function sayOffer(scene: Scene, form: Form, offers: { number: string; title: string }[]): void {
  const [only, ...others] = offers;
  if (only && others.length === 0) {
    say(scene, form.intent, 'offer', { place: only.title }, ['button.yes', 'button.no']);
    return;
  }
  const buttons: Button[] = offers.map(({ number, title }) => ({ title, means: `account:${number}` }));
  say(scene, form.intent, 'offer.many', {}, [...buttons, 'button.no']);
}

async function fileOffers(scene: Scene): Promise<{ number: string; title: string }[]> {
  const found = await Promise.all(
    scene.draft.state.accounts.map((number) => scene.parts.backend.accounts.find(number)),
  );
  return found.flatMap((account) =>
    account
      ? [{ number: account.number, title: `${maskAddress(account.address)} (${maskDigits(account.number)})` }]
      : [],
  );
}
