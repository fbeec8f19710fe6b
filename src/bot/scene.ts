import type { Chart, Dialog, Slot } from '#conversation';
import type { Facts, Texts } from '#texts';
import { type Button, button } from './buttons.ts';
import type { Draft } from './draft.ts';
import type { Parts } from './parts.ts';
import { withoutReporter } from './sealed.ts';
import type { Form } from './state.ts';
import { signsIn, type Understood } from './understand.ts';

/** One message being answered: what was understood, and the draft of what the answer will say and do. */
export interface Scene {
  parts: Parts;
  draft: Draft;
  understood: Understood;
  conversation: { id: string; channel: string; customerId: string };
  now: Date;
  /** What the message says beside its answer to a form, to be answered once the form has gone on. */
  rest?: string;
}

/** The texts in the customer's language. */
export const textsOf = ({ parts, draft }: Scene): Texts => parts.translations.of(parts.texts, draft.state.language);

/**
 * Adds a reply. `file` is the dialog whose text it is; common.yml is looked in after it. Those who asked for few words get
 * `<key>.brief` where there is one.
 */
export function say(
  scene: Scene,
  file: string,
  key: string,
  facts?: Facts,
  buttons: readonly (string | Button)[] = [],
  chart?: Chart,
) {
  const texts = textsOf(scene);
  const short = scene.draft.state.brief && texts.find(file, `${key}.brief`) !== undefined;
  scene.draft.replies.push({
    key: `${file}:${key}`,
    text: texts.say(file, short ? `${key}.brief` : key, facts),
    buttons: buttons.map((each) => (typeof each === 'string' ? button(texts, file, each, scene.parts.texts) : each)),
    chart: scene.draft.state.brief ? undefined : chart,
  });
}

/** The dialog that is on, if any. */
export const formOn = (scene: Scene): Form | undefined => scene.draft.state.forms.at(-1);

/** @throws if a deploy took the dialog away while a form was open; the caller then drops the form. */
export function dialogOf(scene: Scene, form: Pick<Form, 'intent'>): Dialog {
  const dialog = scene.parts.dialogs.get(form.intent);
  if (!dialog) throw new Error(`There is no dialog ${form.intent}; a form of it is open in ${scene.conversation.id}.`);
  return dialog;
}

export const slotsOf = (dialog: Dialog) => Object.entries(dialog.slots) as [string, Slot<unknown>][];

/** Signs of an intent that the message holds, but for questions that are asked of its form (`aside.`): those make no wish. */
export const signsOf = ({ parts, understood }: Scene, intent: string): string[] =>
  signsIn(understood.heard.text, parts.intents.get(intent)?.signs).filter((sign) => !sign.startsWith('aside.'));

/** What a person needs to take over: the wish, what is filled in, the order, and the customer's latest words. */
function summarise(scene: Scene): string {
  const { parts, draft } = scene;
  const { state } = draft;
  const form = state.forms.findLast(({ intent }) => Object.keys(parts.dialogs.get(intent)?.slots ?? {}).length > 0);
  const filled = form ? Object.entries(form.slots).map(([slot, value]) => shown(scene, form, slot, value)) : [];
  const wish = form?.intent ?? state.last?.intent;
  const name = wish && parts.intents.get(wish)?.name;
  const told = [name, ...filled, state.lastOrder?.number, ...state.said].filter(Boolean).join(' | ');
  return unnamed(scene, told, form).slice(0, 500);
}

/** Without who reports, where that is kept apart. */
function unnamed({ parts, draft }: Scene, told: string, form?: Form): string {
  const sealed = draft.state.lastOrder?.sealed || (form && parts.dialogs.get(form.intent)?.sealed);
  const who = form?.slots.name;
  return sealed ? withoutReporter(told, typeof who === 'string' ? who : undefined) : told;
}

/** Calls a person. Where one was called already, only what is said now goes on with the summary. */
export function callPerson(scene: Scene, reason: string): void {
  const news = unnamed(scene, scene.draft.state.said.at(-1) ?? '', formOn(scene));
  scene.draft.handoffs.push({ reason, summary: summarise(scene), news });
}

function shown({ parts }: Scene, form: Form, slot: string, value: unknown): string | undefined {
  return parts.dialogs.get(form.intent)?.slots[slot]?.show?.(value, (key) => parts.texts.say(form.intent, key));
}
