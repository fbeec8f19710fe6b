import { type Dialog, isAsked, maskAddress, maskDigits, type Slot, type Turn } from '#conversation';
import type { Button } from './buttons.ts';
import { fileOffers } from './customer.ts';
import { hooksFor } from './hooks.ts';
import { dialogOf, type Scene, say, slotsOf, textsOf } from './scene.ts';
import { withoutReporter } from './sealed.ts';
import type { Form } from './state.ts';

/** The next step of the form: `confirm`, `finish` or the name of a slot whose value is still wanted. */
function upcoming(form: Form, dialog: Dialog, hooks: Turn): string {
  if (form.reopened) return form.reopened;
  // What a hook names as the only needs is urgent: a vague value will do.
  const needs = dialog.needs?.(hooks);
  const needless = dialog.needless?.(hooks) ?? [];
  const open = slotsOf(dialog).find(([name, slot]) => {
    const value = form.slots[name];
    const wanted = needs ? needs.includes(name) : isAsked(slot) && !needless.includes(name);
    if (!wanted || form.refused.includes(name)) return false;
    // Asked once for more, what the customer has will do: the order then says that it is vague.
    return value === undefined || (!needs && !form.memo[`more.${name}`] && slot.enough?.(value) === false);
  });
  if (open) return open[0];
  const confirm = typeof dialog.confirm === 'function' ? dialog.confirm(hooks) : dialog.confirm;
  return confirm && !form.confirmed ? 'confirm' : 'finish';
}

/** Goes on until the form has asked something (`asked`), is over (`done`) or needs an account to be proved first (`bind`). */
export async function advance(scene: Scene, form: Form): Promise<'asked' | 'done' | 'bind'> {
  const dialog = dialogOf(scene, form);
  takeOnlyAccount(scene, form, dialog);
  if (form.asking === 'change') {
    say(scene, form.intent, 'change', {}, ['button.cancel']);
    form.times += 1;
    return 'asked';
  }
  const hooks = hooksFor(scene, form);
  const before = await dialog.before?.(hooks, upcoming(form, dialog, hooks));
  for (const name of Object.keys(form.slots)) if (isBack(form, name)) delete form.slots[name];
  if (before === 'done') return 'done';
  const step = before?.ask ?? upcoming(form, dialog, hooks);
  if (step === 'finish') {
    await dialog.finish(hooks);
    return 'done';
  }
  if (dialog.slots[step]?.proof) return askAccount(scene, form, step);
  if (form.asking !== step) form.times = 0;
  if (form.times >= 2 && dialog.slots[step]?.asking === 'refusable') {
    refuse(form, step);
    return advance(scene, form);
  }
  form.asking = step;
  if (step === 'confirm') sayConfirm(scene, form, dialog, hooks);
  else await ask(scene, form, dialog, step);
  form.times += 1;
  return 'asked';
}

/** A field that was taken back, filled from the file again. */
const isBack = ({ slots, memo }: Form, name: string): boolean =>
  memo[`dropped.${name}`] === true && (slots[name] as { source?: string }).source === 'file';

/** The form goes on without it; a value it had stays. */
export function refuse(form: Form, name: string): void {
  form.refused.push(name);
  form.reopened = undefined;
  form.asking = undefined;
}

function sayConfirm(scene: Scene, form: Form, dialog: Dialog, hooks: Turn): void {
  const { word } = hooks;
  const lines = slotsOf(dialog).flatMap(([name, slot]) => {
    const value = form.slots[name];
    const told = value === undefined ? undefined : slot.show?.(value, word);
    // As the order will have it: nothing of who reports stands among the words.
    const shown = told && dialog.sealed && slot.loose ? withoutReporter(told) : told;
    if (!shown) return [];
    const label = word(`slot.${name}`).split('|')[0];
    return [textsOf(scene).say('common', 'summary.line', { label, shown })];
  });
  const facts = { summary: lines.join('\n'), wanted: hintsOf(form, dialog, hooks) };
  say(scene, form.intent, 'confirm', facts, ['button.confirm', 'button.change', 'button.cancel']);
}

/** What may still be added, said with the first summary only: nobody is asked twice for what is not needed. */
function hintsOf(form: Form, dialog: Dialog, hooks: Turn): string | undefined {
  if (form.memo.hinted) return undefined;
  const needless = dialog.needless?.(hooks) ?? [];
  const open = slotsOf(dialog).filter(
    ([name, { asking }]) => asking === 'hinted' && form.slots[name] === undefined && !needless.includes(name),
  );
  if (open.length > 0) form.memo.hinted = true;
  return open.map(([name]) => hooks.word(`hint.${name}`)).join('；');
}

/** Asks for a slot: what is on file first, then plainly, then with examples, then with a person at hand. */
async function ask(scene: Scene, form: Form, dialog: Dialog, name: string): Promise<void> {
  const slot = dialog.slots[name] as Slot<unknown>;
  if (slot.onFile === 'phone') dropInvitation(scene);
  const offers = slot.onFile === 'place' && !form.memo.noFile && !form.slots[name] ? await fileOffers(scene) : [];
  if (offers.length > 0 && form.times < 2) return sayOffer(scene, form, offers);
  if (form.times >= 2) return say(scene, form.intent, 'stuck', {}, ['button.person', 'button.cancel']);
  const value = form.slots[name];
  const vague = value !== undefined && slot.enough?.(value) === false;
  if (vague && isAsked(slot)) form.memo[`more.${name}`] = true;
  const again = isAsked(slot) && (form.times === 1 || saidTwice(scene, form, name));
  const key = again ? `again.${name}` : vague ? `more.${name}` : `ask.${name}`;
  say(scene, form.intent, key, {}, slot.buttons);
}

/** An order filed in this turn invites a phone, and so does this question: once is enough, it counts for both. */
function dropInvitation({ draft }: Scene): void {
  const invites = /:(?:leave\.phone|filed\.no_phone)$/;
  draft.replies = draft.replies.filter(({ key }) => !invites.test(key));
}

/** The plain question closed both of the last two replies: the customer has something else to tell first. */
const saidTwice = (scene: Scene, form: Form, name: string) => {
  const { lately } = scene.draft.state;
  return lately.length === 2 && lately.every((text) => text.endsWith(textsOf(scene).say(form.intent, `ask.${name}`)));
};

type Offered = Awaited<ReturnType<typeof fileOffers>>[number];

const titleOf = ({ number, address }: Offered) => `${maskAddress(address)} (${maskDigits(number)})`;

const accountButtons = (offers: readonly Offered[]): Button[] =>
  offers.map((each) => ({ title: titleOf(each), means: `account:${each.number}` }));

function sayOffer(scene: Scene, form: Form, offers: readonly Offered[]): void {
  const [only, ...others] = offers;
  if (only && others.length === 0) {
    say(scene, form.intent, 'offer', { place: titleOf(only) }, ['button.yes', 'button.no']);
    return;
  }
  say(scene, form.intent, 'offer.many', {}, [...accountButtons(offers), 'button.no']);
}

/** The only account that is proved is meant, unless another number was named. */
function takeOnlyAccount(scene: Scene, form: Form, dialog: Dialog): void {
  const { accounts } = scene.draft.state;
  const [only] = accounts;
  const named = scene.understood.heard.entities.accountNumber;
  if (only === undefined || accounts.length > 1 || (named && !accounts.includes(named))) return;
  for (const [name, slot] of slotsOf(dialog)) if (slot.proof) form.slots[name] ??= only;
}

/** Which of the proved accounts; with none, or another one named, that one must be proved first. */
async function askAccount(scene: Scene, form: Form, name: string): Promise<'asked' | 'done' | 'bind'> {
  const { accounts } = scene.draft.state;
  const named = scene.understood.heard.entities.accountNumber;
  if (form.memo.sentToBind && accounts.length === 0) {
    say(scene, form.intent, 'account.none', {}, ['go.hall.query', 'button.person']);
    return 'done';
  }
  if (accounts.length === 0 || (named && !accounts.includes(named))) {
    form.memo.sentToBind = true;
    return 'bind';
  }
  const offers = await fileOffers(scene);
  form.asking = name;
  form.times += 1;
  say(scene, form.intent, 'account.which', {}, accountButtons(offers));
  return 'asked';
}
