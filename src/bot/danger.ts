import { joinPlace, type PlaceValue } from '#conversation';
import type { DangerKind } from '#nlu';
import { certainFrom } from './decide.ts';
import { dialogThat } from './dialogs.ts';
import { begin, readSigns } from './run.ts';
import { dialogOf, formOn, type Scene, say } from './scene.ts';
import { type Form, tell } from './state.ts';
import { signsIn } from './understand.ts';
import { urgentNumber } from './urgent-number.ts';

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

/** Who is told to leave a fire need not be told of its sparks and smoke as well. */
const graver = (dangers: readonly DangerKind[]): readonly DangerKind[] =>
  dangers.includes('fire') ? dangers.filter((danger) => danger !== 'sparks' && danger !== 'smoke') : dangers;

/** Safety words are among the replies of this turn. */
export const saidSafety = ({ draft }: Scene): boolean =>
  draft.replies.some(({ key }) => key.startsWith('common:safety.'));

/**
 * What makes a known danger worse (signs of the hazard's dialog with a text `safety.after.<sign>`): somebody does not breathe, is
 * still inside. Said where a danger is being reported, or has just been.
 */
function warnFurther(scene: Scene, form: Form | undefined): void {
  const { parts, understood } = scene;
  const { text } = understood.heard;
  const reporting = form !== undefined && form.dangers.length > 0;
  if (!reporting && urgentNumber(scene) === undefined) return;
  const { signs } = parts.intents.get(hazardDialog(scene) ?? '') ?? {};
  const worse = signsIn(text.toLowerCase(), signs).filter((sign) => parts.texts.find('common', `safety.after.${sign}`));
  for (const sign of worse) say(scene, 'common', `safety.after.${sign}`);
  if (reporting && worse.length > 0) keepWords(form, understood.said.trim());
}

/** A danger told in the middle of a report stands in its order, and the question on the table is no riddle yet. */
function keepWords(form: Form, text: string): void {
  tell(form, text);
  form.times = 0;
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
  const { dangers, recognition } = scene.understood;
  const { lastOrder } = scene.draft.state;
  const form = formOn(scene);
  for (const danger of graver(dangers)) say(scene, 'common', safetyOf(scene, danger));
  warnFurther(scene, form);
  const grave = dangers.some((danger) => electric.includes(danger));
  if (form && dialogOf(scene, form).danger && !(grave && isElsewhere(scene, form))) {
    form.dangers.push(...dangers.filter((danger) => !form.dangers.includes(danger)));
    if (dangers.length > 0) keepWords(form, scene.understood.said.trim());
    return dangers.length > 0;
  }
  if (!grave) return false;
  const takes = scene.parts.dialogs.get(recognition.intent)?.danger !== undefined;
  if (!takes && recognition.intent !== 'none' && recognition.confidence >= certainFrom) return false;
  const intent = takes && !(lastOrder && isAway(scene)) ? recognition.intent : hazardDialog(scene);
  if (intent) readSigns(scene, begin(scene, intent));
  return intent !== undefined;
}
