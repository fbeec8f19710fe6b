import { type Dialog, pausesIn, type Slot } from '#conversation';
import { namesField } from './named.ts';
import { type Scene, slotsOf } from './scene.ts';
import type { Form } from './state.ts';

type Told = NonNullable<Scene['understood']['correction']>;

/** What is called a phone puts no address right, and the other way round. */
export const isNamed = (called: Told['slot'], { onFile }: Slot): boolean =>
  onFile === undefined || (called !== 'phone' && called !== 'address') || (called === 'phone') === (onFile === 'phone');

/** «电话错了，是2201»: of a phone a few digits are its end. */
export const endOf = (correction: Told): Told =>
  correction.slot === 'phone' && !correction.wrong && !correction.part && /^\d{2,8}$/.test(correction.right)
    ? { ...correction, part: { position: 'last', count: correction.right.length } }
    : correction;

/** «容量写40吧», «金额填300»: a number that its clause gives to a field by name, whatever else the message tells. */
export function takeByName(scene: Scene, form: Form, dialog: Dialog): string | undefined {
  const { heard, tap } = scene.understood;
  if (tap || heard.question) return undefined;
  const clauses = pausesIn(heard.text);
  for (const [name, slot] of slotsOf(dialog)) {
    if (!slot.measure || form.slots[name] === undefined) continue;
    const right = clauses.filter((clause) => namesField(scene, form, name, clause)).map((one) => given.exec(one)?.[1]);
    const mended = right[0] && slot.patch?.(form.slots[name], { right: right[0] });
    if (!mended) continue;
    form.slots[name] = mended;
    return name;
  }
  return undefined;
}

const given =
  /(?:写|填|按|算|改|报|弄|做|换|调|要|就)(?:成|为|到|个|上|是|了)*\s*(\d{1,6}(?:\.\d+)?)(?:千瓦|千伏安|kw|kva|元|块|口|个?人)?(?:吧|好了|就行|就好|行了|得了|的|了)*$/i;

/** Digits that put a phone right are no room, and a room that is put right is no phone. */
export function isAnothers({ understood: { correction, heard } }: Scene, slot: Slot): boolean {
  const called = correction?.slot;
  if (called === undefined || slot.onFile === undefined || isNamed(called, slot)) return false;
  return slot.onFile === 'phone' ? heard.entities.phone === undefined : heard.entities.address === undefined;
}
