import { isAsked, type PhoneValue, type PlaceValue, type Slot } from '#conversation';
import { BackendUnavailable } from '#errors';
import { postpone } from './after.ts';
import { dialogThat } from './dialogs.ts';
import { isPlace } from './elsewhere.ts';
import { advance } from './form.ts';
import { homeSlot, placeBefore } from './said-before.ts';
import { dialogOf, formOn, type Scene, say, slotsOf, textsOf } from './scene.ts';
import { type Form, freshForm, keepRecent } from './state.ts';
import { takeIn } from './take.ts';
import { splitPlaces } from './two-places.ts';
import { heardBy } from './understand.ts';

/** How long what was told stays known for the next wish. */
const recentMinutes = 15;
/** How long the phone and the place of an order are those of the next wish; its review shows them. */
const phoneMinutes = 48 * 60;
const homeMinutes = 60;

/**
 * Pushes a dialog and gives it all that the waiting form and the last answer already hold. `again`: the last wish once more, about
 * all that it was about; its memo says so.
 */
export function begin(scene: Scene, intent: string, again = false): Form {
  const { understood, draft } = scene;
  const form = freshForm(intent, toldWith(scene, intent, again));
  const dialog = dialogOf(scene, form);
  if (dialog.danger) form.dangers.push(...understood.dangers);
  if (again) resumeFrom(draft.state.last, form);
  const elsewhere = form.dangers.length > 0 && !/门口|门前|家|店|这/.test(understood.heard.text);
  const before = withOwnKind(scene, intent, heldBefore(scene, again, elsewhere));
  for (const [name, slot] of slotsOf(dialog)) {
    const known = before[name];
    const carries = isAsked(slot) || slot.keeps || slot.onFile === 'phone' || (again && slot.asking === 'never');
    const held = known !== undefined && carries && fits(slot, known) && !(slot.proof && isOther(scene, known));
    const value = held ? known : ofLastOrder(scene, slot);
    if (value !== undefined) form.slots[name] = value;
  }
  const home = homeSlot(dialog);
  if (home && form.slots[home] === undefined) form.slots[home] = placeBefore(scene, homeMinutes, intent);
  draft.state.forms.push(form);
  return form;
}

/** What kind of business another form was about is none of this one's: it must have words for it. */
function withOwnKind({ parts: { texts } }: Scene, intent: string, held: Readonly<Record<string, unknown>>) {
  const { kind, ...others } = held;
  const own = [`choice.${kind}`, `kind.${kind}`].some((key) => texts.find(intent, key) !== undefined);
  return own ? held : others;
}

/** What was given up and is wanted after all: what was declined then is not asked for again. */
function resumeFrom(last: Scene['draft']['state']['last'], form: Form): void {
  form.memo.again = true;
  if (last?.left) form.refused.push(...(last.refused ?? []));
}

/**
 * What the form that waits, the last answer and, once more, the last wish hold: the nearest of them counts. Where a danger is seen
 * (`elsewhere`) is not where the waiting form is about.
 */
function heldBefore(scene: Scene, again: boolean, elsewhere: boolean): Readonly<Record<string, unknown>> {
  const { recent, last } = scene.draft.state;
  const recently = fresh(scene, recent?.at) ? recent?.slots : {};
  return { ...recently, ...told(formOn(scene)?.slots, elsewhere), ...(again ? told(last?.slots) : {}) };
}

const told = (slots: Readonly<Record<string, unknown>> = {}, elsewhere = false) =>
  Object.fromEntries(
    Object.entries(slots).filter(
      ([, value]) => value !== undefined && value !== null && !(elsewhere && isPlace(value)),
    ),
  );

/** The phone of the order before; where it was is around which «附近还有哪个站» is looked for. */
function ofLastOrder(scene: Scene, { onFile, around }: Slot): PhoneValue | PlaceValue | undefined {
  const { contact } = scene.draft.state;
  if (onFile === 'phone' && contact?.phone && fresh(scene, contact.at, phoneMinutes))
    return { number: contact.phone, source: 'said' };
  const there =
    around && /附近|周边|旁边|就近|nearby/.test(scene.understood.heard.text)
      ? placeBefore(scene, homeMinutes)
      : undefined;
  return there && { ...there, around: true };
}

/**
 * What led to it: the question whose answer offered this, where the message adds little; the wish that is done once more; what a fault
 * was told with before it came to a report.
 */
function toldWith(scene: Scene, intent: string, again: boolean): string {
  const { draft, understood } = scene;
  const { recent, buttons } = draft.state;
  if (!recent || !fresh(scene, recent.at)) return understood.said;
  if (recent.words && scene.parts.dialogs.get(intent)?.danger) return `${recent.words}；${understood.said}`;
  const before = recent.text;
  const offered = buttons.some(({ means }) => means === `intent:${intent}`) && understood.heard.text.length <= 16;
  if (!before || before.includes(understood.said) || !(again || offered)) return understood.said;
  return `${before}；${understood.said}`;
}

/** The customer's own place, taken from the file, answers no question about a place that is not theirs; one looked around no other. */
function fits({ onFile, around }: Slot, known: unknown): boolean {
  const place = known as { source?: unknown; around?: boolean };
  return (onFile !== undefined || place.source !== 'file') && (around || !place.around);
}

/** The account of before is not the one that is meant now: another was named, or it is no longer proved. */
function isOther({ draft, understood }: Scene, account: unknown): boolean {
  const named = understood.heard.entities.accountNumber;
  return !draft.state.accounts.includes(String(account)) || (named !== undefined && named !== account);
}

const fresh = ({ now }: Scene, at = 0, minutes = recentMinutes) => now.getTime() - at < minutes * 60_000;

/** Runs an intent: its dialog with what was said, or its text where it has no dialog. */
export async function run(scene: Scene, intent: string, again = false): Promise<void> {
  const { state } = scene.draft;
  // What waits for its turn has it now.
  if (state.pending?.intent === intent) state.pending = undefined;
  splitPlaces(scene, intent);
  const form = scene.parts.dialogs.has(intent) ? begin(scene, intent, again) : undefined;
  if (!/^(chat|control|agent)\./.test(intent)) state.last = { intent, at: scene.now.getTime() };
  if (form) {
    readSigns(scene, form);
    await takeIn(scene, form);
    return goOn(scene);
  }
  const buttons = scene.parts.texts.find(intent, 'buttons')?.split(/\s+/) ?? [];
  say(scene, intent, 'answer', {}, buttons);
  await resume(scene);
}

/** Signs belong to a dialog: once it is on, the message is read for them too. */
export function readSigns(scene: Scene, form: Form): void {
  const { heard } = scene.understood;
  scene.understood.heard = { ...heardBy(heard, scene.parts.intents.get(form.intent)), opening: true };
}

/** Goes on with the form on top until it asks something; a finished one makes room for the one that waits. */
export async function goOn(scene: Scene): Promise<void> {
  for (let form = formOn(scene); form; form = formOn(scene)) {
    const step = await stepOf(scene, form);
    if (step === 'asked') return;
    if (step === 'bind') {
      if (!postpone(scene, form)) await beginProof(scene);
      continue;
    }
    const { state } = scene.draft;
    state.forms.splice(state.forms.indexOf(form), 1);
    if (actedUpon(scene)) closeDangers(scene, form);
    else keepAbout(scene, form);
    handBack(scene, form);
    if (isTakenOver(scene)) return;
  }
}

/** A person was called in the midst of a story: they ask what is still wanted. */
function isTakenOver(scene: Scene): boolean {
  const waiting = formOn(scene);
  return scene.draft.handoffs.length > 0 && waiting !== undefined && dialogOf(scene, waiting).tells === true;
}

/** What it was about: for «我要报修» after an answer, and for «那四月呢». */
function keepAbout({ draft: { state }, now }: Scene, { intent, slots, text }: Form): void {
  keepRecent(state, slots, now, text);
  if (state.last?.intent === intent) state.last = { ...state.last, slots };
}

/** One step of the form; one that needs what the utility's systems do not answer is over, with what still works. */
async function stepOf(scene: Scene, form: Form): Promise<'asked' | 'done' | 'bind'> {
  try {
    return await advance(scene, form);
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    scene.parts.log.warn({ error, intent: form.intent }, 'a system of the utility did not answer');
    const what = textsOf(scene).say('common', `area.${error.area}`);
    say(scene, 'common', 'backend.down', { what }, ['button.report', 'button.person']);
    return 'done';
  }
}

/** The dialog that proves an account, with whatever the message holds for it. */
async function beginProof(scene: Scene): Promise<void> {
  const binder = dialogThat(scene.parts.dialogs, 'binds');
  if (!binder) throw new Error('No dialog binds accounts, yet one asks for a proved account.');
  // A proof that is under way already goes on: nothing of it is asked twice.
  const { forms } = scene.draft.state;
  const under = forms.findIndex(({ intent }) => intent === binder);
  if (under >= 0) return void forms.push(...forms.splice(under, 1));
  say(scene, binder, 'first');
  const form = begin(scene, binder);
  readSigns(scene, form);
  await takeIn(scene, form);
}

/** An order was filed or added to: what it was about is then no answer to the next report. */
function actedUpon({ draft }: Scene): boolean {
  const acted = draft.orders.length > 0 || draft.notes.length > 0;
  if (acted) draft.state.recent = undefined;
  return acted;
}

/**
 * One danger is one order: another form that waits to file the same danger is over with it. After an emergency nobody is asked for
 * what a mere look-up wanted; whoever still wants it says so.
 */
function closeDangers(scene: Scene, done: Form): void {
  const { state } = scene.draft;
  const files = (form: Form) => dialogOf(scene, form).confirm !== undefined;
  // Nor for the account of somebody else, once the customer has what can be had without it.
  const stranger = state.forms.some(({ memo }) => memo.notOwn);
  const idle = ({ memo }: Form) => stranger && (memo.notOwn || memo.sentToBind);
  state.forms = state.forms.filter(
    (form) => form.dangers.length === 0 && (done.dangers.length === 0 || files(form)) && !idle(form),
  );
}

/** What a digression learnt (a place, say) need not be asked again by the form that waited. */
function handBack(scene: Scene, done: Form): void {
  const waiting = formOn(scene);
  if (!waiting) return;
  waiting.times = 0;
  for (const [name, slot] of Object.entries(dialogOf(scene, waiting).slots))
    if (isAsked(slot) && waiting.slots[name] === undefined && done.slots[name] && fits(slot, done.slots[name]))
      waiting.slots[name] = done.slots[name];
}

/** After a digression the pending question is put again. */
export async function resume(scene: Scene): Promise<void> {
  const form = formOn(scene);
  if (!form) return;
  form.times = 0;
  await goOn(scene);
}
