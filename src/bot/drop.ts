import type { Dialog } from '#conversation';
import { clausesOf } from './halves.ts';
import { labelsOf } from './named.ts';
import { type Scene, say, slotsOf } from './scene.ts';
import type { Form } from './state.ts';

/** What may stand around «电话别留了» without adding to it. */
const before = '(?:我说了|跟你说了|我都说|那|就|我|我的|请|也|都|先|还是|把|算了|麻烦|你们?|，|,|\\s)*';
const between = '(?:就|也|都|先|我|我的|请|还是|给|这个|那个|号码?)*';
const after = '(?:我|给|了|吧|啊|哈|呀|嘛|行不行|行吗|好吗|可以吗|你们?|里|[\\s\\p{P}])*';

/**
 * A field that is taken back at any step: «电话别留了», «名字去掉» (control.deny, sign `drop`); for the phone «不想被骚扰» needs no name
 * (`drop_phone`), nor does «不留» at the summary (`drop_bare`). What must be known cannot be dropped. Answers the names of what was.
 */
export function takeDrop(scene: Scene, form: Form, dialog: Dialog): string[] {
  const { heard, tap } = scene.understood;
  const { drop = [], drop_phone = [], drop_bare = [] } = scene.parts.intents.get('control.deny')?.signs ?? {};
  if (tap || heard.entities.phone) return [];
  const words = clausesOf(heard.text).map((clause) => clause.replaceAll(/[\s\p{P}]+$/gu, ''));
  const dropped = slotsOf(dialog).filter(([name, slot]) => {
    if (slot.asking === 'required' || slot.proof || (name !== 'phone' && form.slots[name] === undefined)) return false;
    if (form.asking === name && form.slots[name] === undefined) return false;
    const called = patternOf(labelsOf(scene, form, name), drop);
    const alone = name === 'phone' ? drop_phone : [];
    const bare = alone.length > 0 && form.asking === 'confirm' ? drop_bare : [];
    return words.some(
      (clause) => called.test(clause) || alone.some((phrase) => clause.endsWith(phrase)) || bare.includes(clause),
    );
  });
  for (const [name] of dropped) letGo(scene, form, name);
  return dropped.map(([name]) => name);
}

function letGo(scene: Scene, form: Form, name: string): void {
  delete form.slots[name];
  form.refused.push(name);
  // What is on file does not come back by itself.
  form.memo[`dropped.${name}`] = true;
  const [label] = labelsOf(scene, form, name);
  say(scene, 'common', name === 'phone' ? 'dropped.phone' : 'dropped', { label });
}

const escaped = (words: readonly string[]) =>
  words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');

function patternOf(labels: readonly string[], drop: readonly string[]): RegExp {
  if (labels.length === 0 || drop.length === 0) return /(?!)/;
  const [field, away] = [`(?:${escaped(labels)})`, `(?:${escaped(drop)})`];
  return new RegExp(`^${before}(?:${field}${between}${away}|${away}${between}${field})${after}$`, 'iu');
}
