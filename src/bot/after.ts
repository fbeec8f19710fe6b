import { lengthOf } from '#nlu';
import { certainFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { clausesOf } from './halves.ts';
import { dialogOf, formOn, type Scene, signsOf } from './scene.ts';
import type { Form } from './state.ts';
import { signsIn } from './understand.ts';

/** How long an order is what «什么时候来» is about. */
const orderHours = 48;

/** «峰谷是几点到几点». */
const span = /[几哪]点钟?到[几哪]点/;

/** «多久能来», as the dialog that follows orders up has it among its signs. */
export function asksArrival({ dialogs, intents }: Scene['parts'], text: string): boolean {
  const { arrival = [] } = intents.get(dialogThat(dialogs, 'follows') ?? '')?.signs ?? {};
  return !span.test(text) && signsIn(text.toLowerCase(), { arrival }).length > 0;
}

/** «你们什么时候能来?», «人呢» with an order on file and no form on: the dialog that follows orders up. Its signs say so. */
export function asksAfterOrder(scene: Scene): string | undefined {
  const { draft, parts, understood, now } = scene;
  const { lastOrder } = draft.state;
  const follows = dialogThat(parts.dialogs, 'follows');
  if (!lastOrder || !follows || formOn(scene) || now.getTime() - lastOrder.at > orderHours * 3_600_000)
    return undefined;
  if (understood.heard.entities.address) return undefined;
  const signs = signsOf(scene, follows);
  // «增容那个能快点不» urges the application that was filed, and is no second one.
  const application = parts.dialogs.get(lastOrder.intent ?? '')?.slots.another !== undefined;
  const same = application && understood.recognition.intent === lastOrder.intent;
  // «你们快点来哦»: whatever else it may look like, unless that is all but certain.
  const presses = signs.includes('urging') && (same || understood.recognition.confidence < certainFrom);
  if (signs.includes('resume') || (same && presses)) return follows;
  const arrives = asksArrival(parts, understood.heard.text) && !leadsElsewhere(scene, follows);
  return (arrives || presses) && !signs.includes('supply') ? follows : undefined;
}

/** «接着说发票，多久能开出来»: a clause of its own names what is asked about, and it is not the order. */
function leadsElsewhere({ parts, draft, understood: { heard } }: Scene, follows: string): boolean {
  const others = clausesOf(heard.text).filter((clause) => !asksArrival(parts, clause) && lengthOf(clause) >= 3);
  return others.some((clause) => {
    const { intent, confidence } = parts.classifier().recognise(clause);
    const own = confidence >= certainFrom && parts.dialogs.get(intent)?.confirm !== undefined;
    return own && intent !== follows && intent !== draft.state.lastOrder?.intent && !parts.dialogs.get(intent)?.tells;
  });
}

/** An order was filed without a phone in the middle of a form: a phone that does not answer the form's question is for the order. */
export function givesContact(scene: Scene, form: Form): boolean {
  const { heard } = scene.understood;
  const asked = form.asking === undefined ? undefined : dialogOf(scene, form).slots[form.asking];
  if (!scene.draft.state.lastOrder?.noPhone || heard.entities.phone === undefined) return false;
  return asked?.read(heard, true) === undefined;
}

/** A phone that answers the form's question is the one of an order just filed without any, too. */
export function shareContact({ draft, understood }: Scene): void {
  const { lastOrder } = draft.state;
  const { phone, name } = understood.heard.entities;
  if (!lastOrder?.noPhone || phone === undefined) return;
  draft.notes.push({ number: lastOrder.number, kind: 'added', note: phone, phone, name });
  lastOrder.noPhone = undefined;
}

/**
 * A wish in the middle of another one's form that needs a proof first waits until that form is over: the report of a fault is not
 * lost to the binding of an account.
 */
export function postpone({ draft: { state }, parts, now }: Scene, form: Form): boolean {
  const at = state.forms.indexOf(form);
  const beneath = state.forms[at - 1];
  const files = beneath && parts.dialogs.get(beneath.intent)?.confirm !== undefined;
  if (!files || state.pending) return false;
  state.forms.splice(at, 1);
  state.pending = { intent: form.intent, text: form.text, at: now.getTime() };
  beneath.times = 0;
  return true;
}
