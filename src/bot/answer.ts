import { isAsked } from '#conversation';
import type { DangerKind } from '#nlu';
import { addToLastOrder } from './add.ts';
import { button } from './buttons.ts';
import { certainFrom, decide, sureFrom } from './decide.ts';
import { advance, takeIn } from './form.ts';
import { dialogOf, formOn, type Scene, say, summarise } from './scene.ts';
import type { Form } from './state.ts';

/** Dangers of electricity; those of people (a lift, an oxygen machine) are told too but open no hazard order by themselves. */
const electric: readonly DangerKind[] = ['fallen_wire', 'shock', 'fire', 'smoke', 'sparks', 'leak', 'flood'];

/** Answers one message: danger first, then control, then the question on the table, then whatever it may be. */
export async function answer(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  const endangered = noteDangers(scene);
  if (await control(scene)) return settle(state);
  const form = formOn(scene);
  if (form && ((await takeIn(scene, form)) === 'filled' || endangered)) {
    settle(state);
    return goOn(scene);
  }
  if (!form && (await addToLastOrder(scene))) return settle(state);
  if (!form && nothingSaid(scene)) return say(scene, 'common', 'photo.what', {}, ['button.report', 'button.person']);
  await other(scene);
}

const settle = (state: Scene['draft']['state']) => {
  state.misses = 0;
  state.strays = 0;
};

const nothingSaid = ({ understood: { heard } }: Scene) =>
  !heard.text.trim() && (heard.photos.length > 0 || heard.location !== undefined);

/** The fixed safety words, in this very reply; and the dialog that files the danger comes on top, if none is on that does. */
function noteDangers(scene: Scene): boolean {
  const { dangers, recognition } = scene.understood;
  const form = formOn(scene);
  const fresh = dangers.filter((danger) => !form?.dangers.includes(danger));
  for (const danger of dangers) say(scene, 'common', `safety.${danger}`);
  const grave = dangers.some((danger) => electric.includes(danger));
  if (form && dialogOf(scene, form).danger) {
    form.dangers.push(...fresh);
    return grave;
  }
  if (!grave) return false;
  const takes = scene.parts.dialogs.get(recognition.intent)?.danger !== undefined;
  if (!takes && recognition.intent !== 'none' && recognition.confidence >= certainFrom) return false;
  const intent = takes ? recognition.intent : hazardDialog(scene);
  if (intent) begin(scene, intent).dangers.push(...dangers);
  return intent !== undefined;
}

const hazardDialog = ({ parts }: Scene) => [...parts.dialogs].find(([, dialog]) => dialog.danger === 'begins')?.[0];

/** Cancel and a person: whatever is going on. Answers true if the message was one of them. */
async function control(scene: Scene): Promise<boolean> {
  const { tap, recognition, heard } = scene.understood;
  const tapped = tap?.means.startsWith('intent:') ? tap.means.slice(7) : undefined;
  const form = formOn(scene);
  const said = recognition.confidence >= sureFrom ? recognition.intent : undefined;
  const intent = tapped ?? said;
  const declines = form !== undefined && heard.yesNo === 'no' && mayDecline(scene, form);
  if (intent === 'control.cancel' && form && !declines && Object.keys(heard.entities).length === 0) {
    scene.draft.state.forms.pop();
    say(scene, form.intent, 'cancelled');
    await resume(scene);
    return true;
  }
  if (tapped && tapped !== 'control.cancel') {
    await run(scene, tapped);
    return true;
  }
  return false;
}

/** Whether «不用了» declines just the question on the table: an optional field, an offer, a yes or no. */
function mayDecline(scene: Scene, form: Form): boolean {
  const slot = form.asking === undefined ? undefined : dialogOf(scene, form).slots[form.asking];
  const offered = slot?.onFile !== undefined && !form.memo.noFile && scene.draft.state.accounts.length > 0;
  return slot !== undefined && (slot.asking !== 'required' || offered);
}

/** Pushes a dialog and gives it all that the message, the waiting form and the last answer already hold. */
function begin(scene: Scene, intent: string): Form {
  const { state } = scene.draft;
  const parent = formOn(scene);
  const recent = state.recent && scene.now.getTime() - state.recent.at < 15 * 60_000 ? state.recent.slots : {};
  const form: Form = {
    intent,
    slots: {},
    memo: {},
    times: 0,
    refused: [],
    confirmed: false,
    dangers: [],
    text: scene.understood.heard.text.slice(0, 500),
  };
  const dialog = dialogOf(scene, form);
  for (const [name, slot] of Object.entries(dialog.slots)) {
    const known = parent?.slots[name] ?? recent[name];
    if (known !== undefined && isAsked(slot)) form.slots[name] = known;
  }
  state.forms.push(form);
  return form;
}

/** Runs an intent: its dialog with what was said, or its text where it has no dialog. */
async function run(scene: Scene, intent: string): Promise<void> {
  if (!/^(chat|control)\./.test(intent)) scene.draft.state.last = { intent, at: scene.now.getTime() };
  if (scene.parts.dialogs.has(intent)) {
    const form = begin(scene, intent);
    reread(scene, form);
    await takeIn(scene, form);
    return goOn(scene);
  }
  say(scene, intent, 'answer', {}, intent.startsWith('chat.') ? [] : answerButtons(scene, intent));
  await resume(scene);
}

const answerButtons = (scene: Scene, intent: string) =>
  scene.parts.texts.find(intent, 'buttons') !== undefined ? scene.parts.texts.say(intent, 'buttons').split(/\s+/) : [];

/** Signs belong to a dialog: once it is on, the message is read for them too. */
function reread(scene: Scene, form: Form): void {
  const signs = scene.parts.intents.get(form.intent)?.signs ?? {};
  const { heard } = scene.understood;
  const found = Object.keys(signs).filter((sign) => signs[sign]?.some((phrase) => heard.text.includes(phrase)));
  scene.understood.heard = { ...heard, signs: found };
}

/** Goes on with the form on top until it asks something; a finished one makes room for the one that waits. */
async function goOn(scene: Scene): Promise<void> {
  for (let form = formOn(scene); form; form = formOn(scene)) {
    if ((await advance(scene, form)) === 'asked') return;
    const { state } = scene.draft;
    state.forms.splice(state.forms.indexOf(form), 1);
    if (!actedUpon(scene)) state.recent = { slots: form.slots, at: scene.now.getTime() };
    handBack(scene, form);
  }
}

/** An order was filed or added to: what it was about is then no answer to the next report. */
const actedUpon = ({ draft }: Scene) => draft.orders.length > 0 || draft.notes.length > 0;

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
async function resume(scene: Scene): Promise<void> {
  const form = formOn(scene);
  if (!form) return;
  form.times = 0;
  await goOn(scene);
}

/** The message answers nothing of ours: a digression, another wish, or not understood. */
async function other(scene: Scene): Promise<void> {
  const form = formOn(scene);
  const { state } = scene.draft;
  const last = form ? undefined : followedUp(scene);
  if (last) {
    settle(state);
    return run(scene, last);
  }
  const decision = decide(scene.understood.recognition, hazardDialog(scene));
  if (decision.kind === 'sure' && decision.intent !== form?.intent && !emptyAnswer(form, decision.intent)) {
    settle(state);
    return run(scene, decision.intent);
  }
  if (form) return goOn(scene);
  const fault = decision.kind === 'sure' ? undefined : faultTold(scene);
  if (fault) return run(scene, fault);
  if (decision.kind === 'stray') return stray(scene);
  if (decision.kind === 'offer') return offer(scene, decision.intents);
  if (decision.kind === 'sure') return run(scene, decision.intent);
  await unclear(scene);
}

/**
 * The dialog that takes faults, if the message tells one or a danger in words that the rules know: where the classifier is not
 * sure, a fault is not lost to it.
 */
function faultTold(scene: Scene): string | undefined {
  const { heard, dangers } = scene.understood;
  if (dangers.length === 0 && (heard.entities.faultKind === undefined || heard.question)) return undefined;
  return [...scene.parts.dialogs].find(([, dialog]) => dialog.danger === 'takes')?.[0];
}

/** «那四月呢», «那竞舟小区呢»: the last wish again, with what is new in it. */
function followedUp(scene: Scene): string | undefined {
  const { last } = scene.draft.state;
  const { text } = scene.understood.heard;
  if (!last || scene.now.getTime() - last.at > 15 * 60_000) return undefined;
  return /^(那|那么|还有|以及)?[^，。？?]{1,12}呢[？?。]*$/.test(text) && /^(那|还有|以及)|月|年/.test(text)
    ? last.intent
    : undefined;
}

/** A «好的» or «不是» in the middle of a form, where no yes or no was asked for, changes nothing. */
const emptyAnswer = (form: Form | undefined, intent: string) =>
  form !== undefined && (intent === 'control.affirm' || intent === 'control.deny' || intent === 'control.cancel');

async function stray(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  state.strays += 1;
  if (state.strays === 1)
    return say(scene, 'common', 'out.of.scope', {}, ['button.report', 'button.outage', 'button.person']);
  await person(scene, 'out_of_scope');
}

function offer(scene: Scene, intents: string[]): Promise<void> | void {
  const { state } = scene.draft;
  state.misses += 1;
  if (state.misses >= 2) return person(scene, 'not_understood');
  const buttons = intents.map((intent) => ({
    title: scene.parts.intents.get(intent)?.name ?? intent,
    means: `intent:${intent}`,
  }));
  say(scene, 'common', 'unsure', {}, [...buttons, button(scene.parts.texts, 'common', 'button.person')]);
}

async function unclear(scene: Scene): Promise<void> {
  const { state } = scene.draft;
  state.misses += 1;
  if (state.misses >= 2) return person(scene, 'not_understood');
  say(scene, 'common', 'unclear', {}, ['button.report', 'button.outage', 'button.person']);
}

/** Hands the conversation to a person, with a summary. */
async function person(scene: Scene, reason: string): Promise<void> {
  settle(scene.draft.state);
  scene.draft.handoffs.push({ reason, summary: summarise(scene) });
  say(scene, 'common', 'person', {}, ['button.report', 'button.outage']);
}
