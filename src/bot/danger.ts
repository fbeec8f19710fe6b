import { joinPlace, type PlaceValue } from '#conversation';
import type { DangerKind } from '#nlu';
import { certainFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { begin, readSigns } from './run.ts';
import { dialogOf, formOn, type Scene, say } from './scene.ts';
import { type Form, tell } from './state.ts';
import { signsIn } from './understand.ts';

/** Dangers of electricity; those of people (a lift, an oxygen machine) are told too but open no hazard order by themselves. */
const electric: readonly DangerKind[] = ['fallen_wire', 'shock', 'fire', 'smoke', 'sparks', 'leak', 'flood'];

/** The dialog that a danger begins, and that a tie never loses. */
export const hazardDialog = ({ parts }: Scene) => dialogThat(parts.dialogs, 'begins');

/** The words for the case: of those beside `safety.<danger>`, the one of a sign of the hazard's dialog that the message holds. */
function safetyOf(scene: Scene, danger: DangerKind): string {
  const { parts, understood } = scene;
  const { signs } = parts.intents.get(hazardDialog(scene) ?? '') ?? {};
  const keys = signsIn(understood.heard.text.toLowerCase(), signs).map((sign) => `safety.${danger}.${sign}`);
  return keys.find((key) => parts.texts.find('common', key) !== undefined) ?? `safety.${danger}`;
}

/** In public, not at the place of an order that was filed before. */
function isAway({ parts, understood: { heard, dangers } }: Scene): boolean {
  const { signs } = parts.intents.get(dialogThat(parts.dialogs, 'begins') ?? '') ?? {};
  const held = signsIn(heard.text.toLowerCase(), signs);
  return dangers.includes('fallen_wire') || held.includes('outdoors') || held.includes('away');
}

/** Another place is named than the one that the form is about. */
function isElsewhere({ understood: { heard } }: Scene, form: Form): boolean {
  const known = Object.values(form.slots).find((value) => (value as PlaceValue).address) as PlaceValue | undefined;
  const { address } = heard.entities;
  return known?.address !== undefined && address !== undefined && joinPlace(known.address, address) === address;
}

/** The fixed safety words, in this very reply; and the dialog that files the danger comes on top, if none is on that does. */
export function noteDangers(scene: Scene): boolean {
  const { dangers, recognition, said } = scene.understood;
  const { lastOrder } = scene.draft.state;
  const form = formOn(scene);
  for (const danger of dangers) say(scene, 'common', safetyOf(scene, danger));
  const grave = dangers.some((danger) => electric.includes(danger));
  if (form && dialogOf(scene, form).danger && !(grave && isElsewhere(scene, form))) {
    form.dangers.push(...dangers.filter((danger) => !form.dangers.includes(danger)));
    if (dangers.length > 0) tell(form, said);
    return dangers.length > 0;
  }
  if (!grave) return false;
  const takes = scene.parts.dialogs.get(recognition.intent)?.danger !== undefined;
  if (!takes && recognition.intent !== 'none' && recognition.confidence >= certainFrom) return false;
  const intent = takes && !(lastOrder && isAway(scene)) ? recognition.intent : hazardDialog(scene);
  if (intent) readSigns(scene, begin(scene, intent));
  return intent !== undefined;
}
