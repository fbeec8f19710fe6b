import { joinPlace, looksLikePlace, replacePart } from '#conversation';
import { findOrder } from '#workorders';
import { certainFrom, sureFrom } from './decide.ts';
import type { OrderNote } from './draft.ts';
import { isOpen, joinedLast, joinOrder } from './reporter.ts';
import { type Scene, say } from './scene.ts';

/** How long after filing a correction, a bare phone, name, photo or pin still belongs to the order. */
const openMinutes = 60;

/**
 * «电话是138…», «地址写错了，是134号», a photo or a pin shortly after the order: added to it, or put right. Only where the message
 * holds nothing else: one that the classifier takes for a wish of its own is a new matter.
 */
export async function addToLastOrder(scene: Scene): Promise<boolean> {
  const { draft, now, understood } = scene;
  const joined = joinedLast(scene);
  const last = joined ?? draft.state.lastOrder;
  if (!last || now.getTime() - last.at > openMinutes * 60_000) return false;
  if (joined) return addToJoined(scene, joined.number);
  const address = await mendedAddress(scene, last.number);
  const words = tellsMore(scene) ? understood.heard.said.trim() : undefined;
  if (!address && !words && !isBare(scene)) return false;
  const note = noteOf(understood, last.number);
  draft.notes.push({ ...note, address, words });
  if (note.phone && draft.state.lastOrder) draft.state.lastOrder.noPhone = undefined;
  if (address) say(scene, 'common', 'added.address', { number: last.number, address });
  else
    say(scene, 'common', draft.state.lastOrder?.sealed ? 'added.sealed' : 'added', {
      number: last.number,
      phone: note.phone,
    });
  return true;
}

function noteOf({ heard }: Scene['understood'], number: string): OrderNote {
  const { phone, name } = heard.entities;
  const pin = heard.location ? `${heard.location.latitude},${heard.location.longitude}` : '';
  const note = [heard.text, pin].filter(Boolean).join(' ');
  return { number, kind: 'added', note, phone, name, photos: heard.photos };
}

/** Beside what the order's reporter told. */
async function addToJoined(scene: Scene, number: string): Promise<boolean> {
  const found = isBare(scene) ? await findOrder(scene.parts.storage.db, number) : undefined;
  if (!found || !isOpen(found.order)) return false;
  joinOrder(scene, noteOf(scene.understood, number));
  say(scene, 'common', 'added.other');
  return true;
}

/** Holds a fact for the crew and no wish of its own. */
function isBare({ understood: { heard, recognition } }: Scene): boolean {
  const { phone, name, faultKind } = heard.entities;
  const sure = recognition.confidence >= certainFrom && !/^(control|chat|none|account)/.test(recognition.intent);
  const holds = phone !== undefined || name !== undefined || heard.photos.length > 0 || heard.location !== undefined;
  return holds && faultKind === undefined && (!heard.text.trim() || !sure);
}

/** «叫张三，供电所的» after praise: more of the same story, where nothing else was begun since and the message is no wish of its own. */
function tellsMore(scene: Scene): boolean {
  const { draft, parts, understood } = scene;
  const { lastOrder, last } = draft.state;
  const { heard, recognition, dangers } = understood;
  const { intent = '' } = lastOrder ?? {};
  if (!parts.dialogs.get(intent)?.tells || last?.intent !== intent) return false;
  if (heard.question || heard.yesNo || understood.tap || dangers.length > 0 || heard.entities.faultKind) return false;
  const wish = recognition.confidence >= certainFrom || understood.begins || understood.hints;
  return !wish && heard.text.trim().length >= 4;
}

async function mendedAddress(scene: Scene, number: string): Promise<string | undefined> {
  const { correction, heard } = scene.understood;
  const right = correction?.right ?? heard.addressPart;
  const place = placeAlone(scene);
  if ((right === undefined && place === undefined) || correction?.part) return undefined;
  const found = await findOrder(scene.parts.storage.db, number);
  if (!found?.order.address || found.order.status === 'closed') return undefined;
  const { address, marks, grid } = found.order;
  const mended = right === undefined ? undefined : replacePart(address, { wrong: correction?.wrong, right });
  const incomplete = marks.includes('address_incomplete') || grid === undefined;
  return mended ?? (incomplete && place ? joinPlace(address, place) : undefined);
}

/** The message, if it is nothing but a place: what a crew that could not find the first one was promised to be told. */
function placeAlone({ understood: { heard, recognition } }: Scene): string | undefined {
  const wish = recognition.confidence >= sureFrom && recognition.intent !== 'none';
  if (wish || heard.question || heard.yesNo || heard.entities.faultKind) return undefined;
  return heard.entities.address ?? (looksLikePlace(heard.text) ? heard.text.trim() : undefined);
}
