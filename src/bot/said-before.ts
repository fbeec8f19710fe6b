import type { Dialog, PhoneValue, PlaceValue } from '#conversation';
import { type Scene, say, slotsOf } from './scene.ts';
import type { Form } from './state.ts';
import { signsIn } from './understand.ts';

const day = 86_400_000;
/** How long «还是昨天那里» finds what an order of this conversation holds. */
const rememberedDays = 7;
const longest = 24;

/** «就刚才那个号», «还是那个地址» (sign `before` of control.affirm): what this customer's last order holds; told where there is none. */
export function takeSaidBefore(scene: Scene, form: Form, dialog: Dialog): boolean {
  const { parts, draft, understood, now } = scene;
  const { text, question, entities } = understood.heard;
  const name = form.asking;
  const asked = name === undefined ? undefined : dialog.slots[name]?.onFile;
  if (!asked || question || text.length > longest || entities.phone || entities.address) return false;
  if (!signsIn(text.toLowerCase(), parts.intents.get('control.affirm')?.signs).includes('before')) return false;
  const { contact } = draft.state;
  const known = contact && now.getTime() - contact.at < rememberedDays * day ? contact : undefined;
  const value: PhoneValue | PlaceValue | undefined =
    asked === 'place' ? known?.place : known?.phone ? { number: known.phone, source: 'said' } : undefined;
  if (value === undefined || name === undefined) {
    say(scene, 'common', `before.none.${asked}`);
    return true;
  }
  form.slots[name] = value;
  understood.filled.push(name);
  return true;
}

/** Where the last order of a customer without accounts was for: the next application is for the same home, and its review says so. */
export function placeBefore(
  { draft, now, understood }: Scene,
  minutes: number,
  intent?: string,
): PlaceValue | undefined {
  const { contact, accounts, lastOrder } = draft.state;
  // The same business once more is for another place.
  if (intent !== undefined && lastOrder?.intent === intent) return undefined;
  const { entities, location } = understood.heard;
  if (accounts.length > 0 || entities.address || entities.accountNumber || location) return undefined;
  return contact?.place && now.getTime() - contact.at < minutes * 60_000 ? contact.place : undefined;
}

/** The slot that holds where the form's matter is, if it is to be asked and shown for a yes. */
export const homeSlot = (dialog: Dialog): string | undefined =>
  dialog.confirm && !dialog.danger
    ? slotsOf(dialog).find(([, { onFile, asking }]) => onFile === 'place' && asking === 'required')?.[0]
    : undefined;
