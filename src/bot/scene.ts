import type { Dialog } from '#conversation';
import type { Facts } from '#texts';
import { type Button, button } from './buttons.ts';
import type { Draft } from './draft.ts';
import type { Parts } from './parts.ts';
import type { Form } from './state.ts';
import type { Understood } from './understand.ts';

/** One message being answered: what was understood, and the draft of what the answer will say and do. */
export interface Scene {
  parts: Parts;
  draft: Draft;
  understood: Understood;
  conversation: { id: string; channel: string };
  now: Date;
}

/** Adds a reply. `file` is the dialog whose text it is; common.yml is looked in after it. */
export function say(
  scene: Scene,
  file: string,
  key: string,
  facts?: Facts,
  buttons: readonly (string | Button)[] = [],
) {
  const { texts } = scene.parts;
  scene.draft.replies.push({
    key: `${file}:${key}`,
    text: texts.say(file, key, facts),
    buttons: buttons.map((each) => (typeof each === 'string' ? button(texts, file, each) : each)),
  });
}

/** The dialog that is on, if any. */
export const formOn = (scene: Scene): Form | undefined => scene.draft.state.forms.at(-1);

/** @throws if a deploy took the dialog away while a form was open; the caller then drops the form. */
export function dialogOf(scene: Scene, form: Form): Dialog {
  const dialog = scene.parts.dialogs.get(form.intent);
  if (!dialog) throw new Error(`There is no dialog ${form.intent}; a form of it is open in ${scene.conversation.id}.`);
  return dialog;
}

/** What a person needs to take over: the latest want, what is filled in, and the order. */
export function summarise(scene: Scene): string {
  const form = formOn(scene);
  const { parts, understood, draft } = scene;
  const name = form && parts.intents.get(form.intent)?.name;
  const filled = form
    ? Object.entries(form.slots).flatMap(([slot, value]) => {
        const shown = parts.dialogs
          .get(form.intent)
          ?.slots[slot]?.show?.(value as never, (key) => parts.texts.say(form.intent, key));
        return shown ? [shown] : [];
      })
    : [];
  const order = draft.state.lastOrder?.number;
  return [name, ...filled, form?.text, understood.heard.text, order].filter(Boolean).join(' | ').slice(0, 500);
}
