import { isAsked, type Slot } from '#conversation';
import { BackendUnavailable } from '#errors';
import { postpone } from './after.ts';
import { dialogThat } from './dialogs.ts';
import { advance } from './form.ts';
import { dialogOf, formOn, type Scene, say, textsOf } from './scene.ts';
import { type Form, freshForm } from './state.ts';
import { takeIn } from './take.ts';
import { heardBy } from './understand.ts';

/** How long what was told stays known for the next wish. */
const recentMinutes = 15;

/**
 * Pushes a dialog and gives it all that the waiting form and the last answer already hold. `again`: the last wish once more, about
 * all that it was about.
 */
export function begin(scene: Scene, intent: string, again = false): Form {
  const { understood, draft } = scene;
  const parent = formOn(scene);
  const form = freshForm(intent, wordsOf(scene, intent));
  const dialog = dialogOf(scene, form);
  if (dialog.danger) form.dangers.push(...understood.dangers);
  const told = {
    ...recentlyTold(scene),
    ...toldTo(parent, dialog.danger !== undefined && understood.dangers.length > 0),
  };
  const before = again ? draft.state.last?.slots : undefined;
  for (const [name, slot] of Object.entries(dialog.slots)) {
    const known = before?.[name] ?? told[name];
    const carries = isAsked(slot) || slot.keeps || slot.onFile === 'phone' || (again && slot.asking === 'never');
    if (known !== undefined && carries && fits(slot, known) && !(slot.proof && isOther(scene, known)))
      form.slots[name] = known;
    const { contact } = draft.state;
    if (slot.onFile === 'phone' && form.slots[name] === undefined && contact && fresh(scene, contact.at, 60))
      form.slots[name] = { number: contact.phone, source: 'said' };
  }
  draft.state.forms.push(form);
  return form;
}

/** The customer's own place, taken from the file, answers no question about a place that is not theirs. */
const fits = ({ onFile }: Slot, known: unknown) =>
  onFile !== undefined || (known as { source?: unknown }).source !== 'file';

const recentlyTold = (scene: Scene) => {
  const { recent } = scene.draft.state;
  return fresh(scene, recent?.at) ? recent?.slots : undefined;
};

/** What a fault was told with before it came to a report goes into its words. */
function wordsOf(scene: Scene, intent: string): string {
  const { recent } = scene.draft.state;
  const told = scene.parts.dialogs.get(intent)?.danger && fresh(scene, recent?.at) ? recent?.words : undefined;
  return [told, scene.understood.said].filter(Boolean).join('；');
}

/** What the waiting form holds; where a danger is seen (`elsewhere`) is not where that form is about. */
const toldTo = (waiting: Form | undefined, elsewhere: boolean): Form['slots'] =>
  Object.fromEntries(Object.entries(waiting?.slots ?? {}).filter(([, value]) => !(elsewhere && isPlace(value))));

const isPlace = (value: unknown) =>
  typeof value === 'object' && value !== null && 'source' in value && !('number' in value);

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
  }
}

/** What it was about: for «我要报修» after an answer, and for «那四月呢». */
function keepAbout({ draft: { state }, now }: Scene, { intent, slots }: Form): void {
  state.recent = { ...state.recent, slots: { ...state.recent?.slots, ...slots }, at: now.getTime() };
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
  await takeIn(scene, begin(scene, binder));
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
  state.forms = state.forms.filter((form) => form.dangers.length === 0 && (done.dangers.length === 0 || files(form)));
}

/** What a digression learnt (a place, say) need not be asked again by the form that waited. */
function handBack(scene: Scene, done: Form): void {
  const waiting = formOn(scene);
  if (!waiting) return;
  waiting.times = 0;
  for (const [name, slot] of Object.entries(dialogOf(scene, waiting).slots))
    if (isAsked(slot) && waiting.slots[name] === undefined && done.slots[name] !== undefined)
      waiting.slots[name] = done.slots[name];
}

/** After a digression the pending question is put again. */
export async function resume(scene: Scene): Promise<void> {
  const form = formOn(scene);
  if (!form) return;
  form.times = 0;
  await goOn(scene);
}
