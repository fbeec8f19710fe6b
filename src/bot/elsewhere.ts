import type { Heard, PartCorrection, PlaceValue } from '#conversation';
import { readAddressParts } from '#nlu';
import { dialogOf, formOn, type Scene, slotsOf } from './scene.ts';
import type { State } from './state.ts';

/** How long an answer is what «那拱墅呢» and «不是12幢是21幢» are about. */
export const lastMinutes = 15;

export const lastAnswer = ({ draft, now }: Scene): State['last'] => {
  const { last } = draft.state;
  return last && now.getTime() - last.at <= lastMinutes * 60_000 ? last : undefined;
};

/** What stands around a place that is asked about like the one before, and nothing else. */
const alike =
  /^(?:那么|那|还有|以及|哦|嗯|好的?|[，,\s])*(.{2,14}?)(?:那边|那里|那儿|那块|这边)?(?:的)?(?:呢|怎么样|咋样|有吗|有没有|有不)[？?。.！!啊呀\s]*$/;

/** «那拱墅呢», «滨江的呢», «萧山那边有吗»: the place, by its district's full name where the utility knows it. */
function placeAsked({ parts, understood: { heard } }: Scene): string | undefined {
  const words = alike.exec(heard.text.trim())?.[1];
  if (!words) return undefined;
  const { gazetteer } = parts;
  const district = gazetteer?.districts.find((name) => name === words || name.replace(/[区县市]$/, '') === words);
  if (district) return district;
  const [place, ...others] = readAddressParts(words, { gazetteer });
  return place === words && others.length === 0 ? place : undefined;
}

export const isPlace = (value: unknown): value is PlaceValue =>
  typeof value === 'object' && value !== null && 'source' in value && !('number' in value);

/** A place asked about as the one before was, whatever a classifier makes of it. */
export const asksElsewhere = (scene: Scene): boolean => placeAsked(scene) !== undefined;

/** Hears «那拱墅呢» as that place in the stead of the one in `slots`; whether it was such a message. A bare «3幢» is a part of it. */
export function hearElsewhere(scene: Scene, slots: Record<string, unknown> = {}): boolean {
  const place = placeAsked(scene);
  if (place === undefined) return false;
  const { heard } = scene.understood;
  const hear: Partial<Heard> = { entities: { ...heard.entities, address: place }, addressParts: [place] };
  scene.understood.heard = { ...heard, ...hear };
  if (heard.addressPart === undefined)
    for (const name of Object.keys(slots)) if (isPlace(slots[name])) delete slots[name];
  return true;
}

/** The intent of the last answer, if the message asks for the same of another place or puts a part of it right. */
export function sameElsewhere(scene: Scene): string | undefined {
  const last = lastAnswer(scene);
  if (!last?.slots || formOn(scene)) return undefined;
  const places = slotsOfLast(scene, last).filter(([, slot]) => slot.patch || slot.around);
  if (places.length === 0) return undefined;
  if (hearElsewhere(scene, last.slots) || mend(scene, last.slots, places)) return last.intent;
  return undefined;
}

function slotsOfLast(scene: Scene, { intent }: NonNullable<State['last']>) {
  return scene.parts.dialogs.has(intent) ? slotsOf(dialogOf(scene, { intent })) : [];
}

/** «不是12幢是21幢» right after the answer. */
function mend(scene: Scene, slots: Record<string, unknown>, all: ReturnType<typeof slotsOf>): boolean {
  const correction = scene.understood.correction as PartCorrection | undefined;
  if (!correction) return false;
  for (const [name, slot] of all) {
    const mended = slots[name] === undefined ? undefined : slot.patch?.(slots[name], correction);
    if (mended === undefined) continue;
    slots[name] = mended;
    return true;
  }
  return false;
}
