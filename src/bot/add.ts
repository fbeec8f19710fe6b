import { extensionIn, isDoor, joinPlace, looksLikePlace, type PartCorrection, phone, replacePart } from '#conversation';
import type { WorkOrder } from '#wire';
import { findOrder, isOpen } from '#workorders';
import { attempt } from './attempt.ts';
import { certainFrom, sureFrom } from './decide.ts';
import type { OrderNote } from './draft.ts';
import { doorOf } from './lost.ts';
import { joinedLast, joinOrder } from './reporter.ts';
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
  const mended = await mend(scene, last.number);
  const words = tellsMore(scene) || tellsExtension(scene) ? understood.heard.said.trim() : undefined;
  if (!mended.address && !mended.phone && !words && !addsFact(scene)) return false;
  const told = noteOf(understood, last.number);
  const note = { ...told, ...mended, phone: told.phone ?? mended.phone, words };
  draft.notes.push(note);
  if (note.phone && draft.state.lastOrder) draft.state.lastOrder.noPhone = undefined;
  sayAdded(scene, last.number, mended, note.phone);
  return true;
}

function sayAdded(
  scene: Scene,
  number: string,
  { address, phone: mended }: Pick<OrderNote, 'address' | 'phone'>,
  told: string | undefined,
): void {
  if (address) say(scene, 'common', 'added.address', { number, address });
  else if (mended) say(scene, 'common', 'added.phone', { number, phone: mended });
  else say(scene, 'common', scene.draft.state.lastOrder?.sealed ? 'added.sealed' : 'added', { number, phone: told });
}

function noteOf({ heard }: Scene['understood'], number: string): OrderNote {
  const { phone, name } = heard.entities;
  const pin = heard.location ? `${heard.location.latitude},${heard.location.longitude}` : '';
  const note = [heard.text, pin].filter(Boolean).join(' ');
  return { number, kind: 'added', note, phone, name, photos: heard.photos };
}

/** Beside what the order's reporter told. */
async function addToJoined(scene: Scene, number: string): Promise<boolean> {
  const found = addsFact(scene) ? await findOrder(scene.parts.storage.db, number) : undefined;
  if (!found || !isOpen(found.order)) return false;
  joinOrder(scene, noteOf(scene.understood, number));
  say(scene, 'common', 'added.other');
  return true;
}

/** Holds a fact for the crew and no wish of its own. */
export function addsFact({ understood: { heard, recognition } }: Scene): boolean {
  const { phone, name, faultKind } = heard.entities;
  const sure = recognition.confidence >= certainFrom && !/^(control|chat|none|account)/.test(recognition.intent);
  const holds = phone !== undefined || name !== undefined || heard.photos.length > 0 || heard.location !== undefined;
  return holds && faultKind === undefined && (!heard.text.trim() || !sure || changesPhone(heard.text));
}

/** «电话改成138…行吗» and nothing else is no wish to change whose account it is. */
const changesPhone = (text: string): boolean =>
  /^(?:把|那|请|麻烦|帮我|你好|您好|[，,\s])*(?:我的?|联系人?的?)*(?:电话|手机|号码|联系方式)号?(?:帮我|给我|能|可以)*(?:改|换)(?:成|为|到|一下)?[：:，,\s]*1\d{10}(?:行|可以|好|能|成|[吗吧不么嘛呢了？?。！!，,\s])*$/.test(
    text,
  );

/** «叫张三，供电所的» after praise: more of the same story, where nothing else was begun since and the message is no wish of its own. */
function tellsMore(scene: Scene): boolean {
  const { draft, parts, understood } = scene;
  const { lastOrder, last } = draft.state;
  const { heard, recognition, dangers } = understood;
  const { intent = '' } = lastOrder ?? {};
  if (!parts.dialogs.get(intent)?.tells || last?.intent !== intent) return false;
  // «另外提个建议»: a matter of its own.
  if (/^(?:另外|还有|对了|顺便|再)[，,\s]*(?:我)?(?:想|要)?(?:提|投诉|表扬|反映|建议|说|举报)/.test(heard.text))
    return false;
  if (heard.question || heard.yesNo || understood.tap || dangers.length > 0 || heard.entities.faultKind) return false;
  // «三十来岁戴眼镜» is nothing that a utility is asked for, and here not meant to be.
  const own = recognition.intent === intent || (recognition.intent === 'none' && doorOf(scene) === undefined);
  const wish = (!own && recognition.confidence >= certainFrom) || understood.begins || understood.hints;
  return !wish && heard.text.trim().length >= 4;
}

/** «是文二西路88号», said of an order just filed: the place it should have. */
const asserts = /^(?:哦|啊|噢|不)?[，,\s]*(?:应该|其实)?(?:是|在)/;

/** No column holds it: the words do. */
const tellsExtension = ({ draft, understood }: Scene): boolean =>
  !draft.state.lastOrder?.sealed && extensionIn(understood.heard) !== undefined;

/** What of the open order the message puts right. */
async function mend(scene: Scene, number: string): Promise<Pick<OrderNote, 'address' | 'service' | 'phone'>> {
  const { heard, correction } = scene.understood;
  const told = correction?.right ?? heard.addressPart ?? doorIn(scene) ?? placeAlone(scene);
  const found = told === undefined ? undefined : await findOrder(scene.parts.storage.db, number);
  if (!found || found.order.status === 'closed') return {};
  const address = mendedAddress(scene, found.order);
  const service = address ? await attempt(scene, () => scene.parts.backend.directory.locate({ address })) : undefined;
  return { address, service: service || undefined, phone: mendedPhone(found.order, correction) };
}

/** «尾号不是3333，是3334». */
function mendedPhone({ phone: known }: WorkOrder, correction?: PartCorrection): string | undefined {
  if (!known || !correction) return undefined;
  return phone().patch?.({ number: known, source: 'said' }, correction)?.number;
}

function mendedAddress(scene: Scene, { address, latitude, marks, grid }: WorkOrder): string | undefined {
  const { correction, heard } = scene.understood;
  const place = placeAlone(scene);
  const asserted = asserts.test(heard.text) ? place : undefined;
  const right = correction?.right ?? heard.addressPart ?? doorIn(scene) ?? asserted;
  // A pin has no words of its own.
  if (!address) return latitude === undefined || correction ? undefined : (right ?? place);
  if (correction?.part) return undefined;
  const mended = right === undefined ? undefined : replacePart(address, { wrong: correction?.wrong, right });
  const incomplete = marks.includes('address_incomplete') || grid === undefined;
  return mended ?? (incomplete && place ? joinPlace(address, place) : undefined);
}

/** «3幢102，电话138…»: the door of the place that was told before. */
const doorIn = (scene: Scene): string | undefined =>
  addsFact(scene) ? scene.understood.heard.addressParts.find(isDoor) : undefined;

/** The message, if it is nothing but a place: what a crew that could not find the first one was promised to be told. */
function placeAlone({ understood: { heard, recognition } }: Scene): string | undefined {
  const wish = recognition.confidence >= sureFrom && recognition.intent !== 'none';
  if (wish || heard.question || heard.yesNo || heard.entities.faultKind) return undefined;
  return heard.entities.address ?? (looksLikePlace(heard.text) ? heard.text.trim() : undefined);
}
