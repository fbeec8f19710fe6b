import { type Filed, type NewOrder, type PhoneValue, type PlaceValue, showDay } from '#conversation';
import type { OrderType, WorkOrder } from '#wire';
import {
  draftOrder,
  faultKey,
  findByOpenKey,
  findOrder,
  isOpen,
  nextNumber,
  ordersOf,
  placeKey,
  promises,
  settingOf,
} from '#workorders';
import { attempt } from './attempt.ts';
import { auditedBackend } from './customer.ts';
import type { OrderNote } from './draft.ts';
import { isReporter, joinOrder } from './reporter.ts';
import { type Scene, say } from './scene.ts';
import { withoutReporter } from './sealed.ts';
import type { Form } from './state.ts';

/** Six digits of the unit in an order's number. */
const unit = '330100';
/** Within so many days the same matter again is a repeat contact: staff must see it, and the customer hears that they do. */
const repeatDays = 7;

/** Orders of this conversation, and the one that this customer's words were added to. Without a last order there are none. */
export async function allOrders(scene: Scene): Promise<WorkOrder[]> {
  const last = scene.draft.state.lastOrder?.number;
  if (!last) return [];
  const { db } = scene.parts.storage;
  const drafted = scene.draft.orders.map(({ order }) => order);
  const orders = [...drafted, ...(await ordersOf(db, scene.conversation.id))];
  const joined = orders.some(({ number }) => number === last) ? undefined : await findOrder(db, last);
  return [...orders, ...(joined ? [joined.order] : [])];
}

/** The open ones. */
export async function ownOrders(scene: Scene, type?: OrderType): Promise<WorkOrder[]> {
  return (await allOrders(scene)).filter((order) => isOpen(order) && (type === undefined || order.type === type));
}

/** Open orders that a report of this kind may repeat: those at the place, or, with no place told yet, this customer's own. */
export async function knownOrders(
  scene: Scene,
  type: OrderType,
  place?: NewOrder['place'],
  kind?: NewOrder['faultKind'],
): Promise<WorkOrder[]> {
  if (!place || placeKey(place) === undefined) return ownOrders(scene, type);
  const key = faultKey(type, await withWords(scene, place), kind);
  const drafted = scene.draft.orders.find((each) => each.openKey === key)?.order;
  const order = drafted ?? (key ? await findByOpenKey(scene.parts.storage.db, key) : undefined);
  return order ? [order] : [];
}

/** An account's address stands for the account, so that «my account» and its address said aloud are one place. */
async function withWords(scene: Scene, place: NonNullable<NewOrder['place']>) {
  const number = place.accountNumber;
  if (place.address || !number || !scene.draft.state.accounts.includes(number)) return place;
  const account = await attempt(scene, () => auditedBackend(scene).accounts.find(number));
  return account ? { ...place, address: account.address } : place;
}

/** Faults and dangers at one place are one order, whoever reports them; every other wish is an order of its own. */
const merges = (type: OrderType) => type === 'fault' || type === 'hazard';

export async function fileOrder(scene: Scene, form: Form, asked: NewOrder): Promise<Filed> {
  const { parts, draft, now, conversation } = scene;
  const wanted = withExtension(scene, form, asked);
  rememberContact(scene, wanted);
  const place = wanted.place && (await withWords(scene, wanted.place));
  const service = place && (await attempt(scene, () => parts.backend.directory.locate(place)));
  const setting = service?.setting ?? settingOf(place?.address);
  const [known] = place && merges(wanted.type) ? await knownOrders(scene, wanted.type, place, wanted.faultKind) : [];
  if (known) {
    const own = await addTo(scene, known, {
      ...contactOf(wanted),
      number: known.number,
      kind: 'added',
      note: form.text,
    });
    return { number: known.number, already: true, own, status: known.status, setting, ...promises[setting] };
  }
  const number = await parts.storage.commit((tx) => nextNumber(tx, unit, now));
  const repeat = await earlierOrder(scene, wanted.type, form.intent, place?.address);
  const marks = [...new Set([...(wanted.marks ?? []), ...(repeat ? ['repeat'] : [])])];
  const told = { ...wanted, words: description(form.text, wanted.words) };
  const { words, ...facts } = { ...sealed(scene, number, told), marks, place, intent: form.intent };
  const where = { conversationId: conversation.id, channel: conversation.channel };
  const { order, openKey } = draftOrder(number, { ...facts, description: words, ...where }, service, now);
  draft.orders.push({ order, openKey });
  const reach = wanted.type === 'theft' ? { sealed: true } : { noPhone: wanted.phone === undefined || undefined };
  draft.state.lastOrder = { number, at: now.getTime(), intent: form.intent, ...reach };
  if (wanted.urgent) draft.state.urgent = { number, at: now.getTime() };
  if (repeat) say(scene, 'common', 'repeat', { number: repeat });
  const answerBy = order.answerBy && showDay(order.answerBy);
  return { number, already: false, own: true, status: order.status, setting, answerBy, ...promises[setting] };
}

/** For the next wish; who reports a theft is remembered nowhere. */
function rememberContact({ draft: { state }, now }: Scene, { type, phone, place }: NewOrder): void {
  if (type === 'theft') return;
  const before = state.contact;
  const there = place?.address ? { ...place, source: place.accountNumber ? 'file' : 'said' } : before?.place;
  state.contact = { phone: phone ?? before?.phone, place: there as PlaceValue | undefined, at: now.getTime() };
}

/** A second report of it: the reporter's own puts the order right, another's stands beside it. */
async function addTo(scene: Scene, known: WorkOrder, note: OrderNote): Promise<boolean> {
  const { draft, now } = scene;
  const own = await isReporter(scene, known);
  if (note.urgent) draft.state.urgent = { number: known.number, at: now.getTime() };
  if (!own) joinOrder(scene, note);
  else {
    draft.notes.push(note);
    draft.state.lastOrder = { number: known.number, at: now.getTime() };
  }
  return own;
}

/** The extension of the phone, for whoever dials it. */
function withExtension({ parts }: Scene, { slots }: Form, wanted: NewOrder): NewOrder {
  const phones = Object.values(slots) as (Partial<PhoneValue> | undefined)[];
  const told = phones.find((value) => value?.extension && value.number === wanted.phone);
  if (!told?.extension || wanted.type === 'theft') return wanted;
  return { ...wanted, facts: { ...wanted.facts, [parts.texts.say('common', 'contact.extension')]: told.extension } };
}

/** The words it began with and those that tell what happened, where the one does not hold the other. */
const description = (began: string, words = began) => (words.includes(began) ? words : `${began}；${words}`);

const contactOf = ({ phone, name, photos, urgent }: NewOrder) => ({
  ...{ phone, name, photos, urgent },
  mark: urgent ? 'danger' : undefined,
});

/** Who reports a theft is kept apart: crews and dispatchers never see it, nor digits that the words may hold. */
function sealed(scene: Scene, number: string, wanted: NewOrder): NewOrder {
  if (wanted.type !== 'theft') return wanted;
  const { phone, name, words = '', ...rest } = wanted;
  if (phone || name) scene.draft.sealed.push({ number, phone, name });
  return { ...rest, words: withoutReporter(words, name) };
}

/** An order of this customer about the same and not at another place, filed within the last days. To praise twice is no trouble. */
async function earlierOrder(
  scene: Scene,
  type: OrderType,
  intent: string,
  address?: string,
): Promise<string | undefined> {
  if (type === 'feedback') return undefined;
  const since = scene.now.getTime() - repeatDays * 86_400_000;
  const rows = await scene.parts.storage.db
    .selectFrom('work_order')
    .innerJoin('conversation', 'conversation.id', 'work_order.conversation_id')
    .select(['number', 'address'])
    .where('conversation.customer_id', '=', scene.conversation.customerId)
    .where('type', '=', type)
    .where('intent', '=', intent)
    .where('status', '!=', 'cancelled')
    .where('work_order.created_at', '>', since)
    .orderBy('work_order.created_at', 'desc')
    .limit(10)
    .execute();
  const key = address && placeKey({ address });
  return rows.find((row) => !key || !row.address || placeKey({ address: row.address }) === key)?.number;
}
