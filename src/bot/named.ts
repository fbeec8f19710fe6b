import { type Scene, textsOf } from './scene.ts';
import type { Form } from './state.ts';

/** What a field is called, in the customer's language and as it is written. */
export const labelsOf = (scene: Scene, form: Form, name: string): string[] =>
  [textsOf(scene), scene.parts.texts]
    .flatMap((texts) => (texts.find(form.intent, `slot.${name}`) ?? '').split('|'))
    .filter(Boolean);

/** Whether the words, or the message, call a field by one of its names. */
export function namesField(
  scene: Scene,
  form: Form,
  name: string,
  words: string = scene.understood.heard.text,
): boolean {
  const text = words.toLowerCase();
  return labelsOf(scene, form, name).some((label) => text.includes(label.toLowerCase()));
}
