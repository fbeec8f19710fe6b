import { joinPlace, placeIsEnough } from '#conversation';
import { dialogThat } from './dialogs.ts';
import type { Scene } from './scene.ts';
import type { Form } from './state.ts';
import { reread } from './understand.ts';

/** What makes two places of two addresses; beside, or from one to the other, they are one. */
const joined = /和|及|还有|另外|也|、|同时|跟|与|[，,；;。\n]/;
const oneOfThem = /旁|对面|附近|靠近|隔壁|[到至往从]|不是|不对|应该|改成|其实|就是|不在/;

/**
 * «文三路199号2幢301和西溪路525号3幢202都没电»: a fault at each, so an order for each. The message is left with the first place, the second
 * waits until that one is reported. `form`: the report that is on and asks where it is.
 */
export function splitPlaces(scene: Scene, intent: string, form?: Form): void {
  const { draft, parts, understood, now } = scene;
  const { heard, correction } = understood;
  if (intent !== dialogThat(parts.dialogs, 'takes') || correction || draft.state.pending || form?.slots.place) return;
  const [first, second] = heard.addressParts;
  if (first === undefined || second === undefined || !areTwo(first, second, heard.text)) return;
  const without = (place: string) =>
    understood.said
      .replace(place, '')
      .replaceAll(/([，,、；;])[，,、；;]+/g, '$1')
      .replace(/^[和及跟与还有，,、；;\s]+/, '');
  draft.state.pending = {
    ...{ intent, where: second, at: now.getTime() },
    text: without(first),
    slots: { kind: form?.slots.kind ?? heard.entities.faultKind },
  };
  scene.understood = reread(scene, without(second), heard.photos);
}

function areTwo(first: string, second: string, text: string): boolean {
  const between = text.slice(text.indexOf(first) + first.length, text.lastIndexOf(second));
  const beside = text.slice(text.lastIndexOf(second) + second.length);
  if (!joined.test(between) || oneOfThem.test(`${between} ${second.slice(-3)} ${beside.slice(0, 3)}`)) return false;
  const apart = joinPlace(first, second) === second && /\d/.test(first) && /\d/.test(second);
  return apart && placeIsEnough(first) && placeIsEnough(second);
}
