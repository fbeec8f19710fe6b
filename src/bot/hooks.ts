import type { Filed, NewOrder, Turn } from '#conversation';
import type { Facts } from '#texts';
import type { OrderType, WorkOrder } from '#wire';
import { draftOrder, faultKey, findByOpenKey, findOrder, nextNumber, ordersOf, placeKey, promises } from '#workorders';
import { type Scene, say, summarise } from './scene.ts';
import type { Form } from './state.ts';

/** Six digits of the unit in an order's number. */
const unit = '330100';

/** What the hooks of a dialog get: reads go to the database and the backend, everything else into the turn's draft. */
export function hooksFor(scene: Scene, form: Form): Turn {
  const { parts, draft } = scene;
  return {
    slots: form.slots as Turn['slots'],
    memo: form.memo,
    now: scene.now,
    text: scene.understood.heard.text,
    question: scene.understood.heard.question,
    dangers: form.dangers,
    backend: parts.backend,
    say: (key, facts?: Facts, buttons?: readonly string[]) => say(scene, form.intent, key, facts, buttons),
    word: (key) => parts.texts.say(form.intent, key),
    subscribe: (topic, accountNumber = '') => void draft.subscriptions.push({ topic, accountNumber }),
    handoff: (reason) => void draft.handoffs.push({ reason, summary: summarise(scene) }),
    workorders: {
      file: (order) => fileOrder(scene, form, order),
      known: (type, place, kind) => knownOrders(scene, type, place && { ...place }, kind),
      mine: (type) => ownOrders(scene, type),
      remind: (number) => void draft.notes.push({ number, kind: 'reminded', note: scene.understood.heard.text }),
      raise: (number) => {
        const note = scene.understood.heard.text;
        draft.notes.push({ number, kind: 'added', note, urgent: true, mark: 'danger' });
        draft.state.lastOrder = { number, at: scene.now.getTime() };
      },
    },
  };
}

/** Open orders of this conversation, and the one that this customer's words were added to. Without a last order there are none. */
async function ownOrders(scene: Scene, type?: OrderType): Promise<WorkOrder[]> {
  const last = scene.draft.state.lastOrder?.number;
  if (!last) return [];
  const { db } = scene.parts.storage;
  const drafted = scene.draft.orders.map(({ order }) => order);
  const orders = [...drafted, ...(await ordersOf(db, scene.conversation.id))];
  const joined = orders.some(({ number }) => number === last) ? undefined : await findOrder(db, last);
  return [...orders, ...(joined ? [joined.order] : [])].filter(
    ({ status, type: its }) => (status === 'accepted' || status === 'claimed') && (type === undefined || its === type),
  );
}

/** Open orders that a report of this kind may repeat: those at the place, or, with no place told yet, this customer's own. */
async function knownOrders(
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
  if (place.address || !place.accountNumber) return place;
  const account = await scene.parts.backend.accounts.find(place.accountNumber);
  return account ? { ...place, address: account.address } : place;
}

async function fileOrder(scene: Scene, form: Form, wanted: NewOrder): Promise<Filed> {
  const { parts, draft, now, conversation } = scene;
  if (wanted.phone) draft.state.contact = { phone: wanted.phone, at: now.getTime() };
  const place = wanted.place && (await withWords(scene, wanted.place));
  const service = place && (await parts.backend.directory.locate(place));
  const setting = service?.setting ?? 'urban';
  const [known] = place ? await knownOrders(scene, wanted.type, place, wanted.faultKind) : [];
  if (known) {
    draft.notes.push({ ...contactOf(wanted), number: known.number, kind: 'added', note: form.text });
    draft.state.lastOrder = { number: known.number, at: now.getTime() };
    return { number: known.number, already: true, status: known.status, setting, ...promises[setting] };
  }
  const number = await parts.storage.commit((tx) => nextNumber(tx, unit, now));
  const facts = { ...wanted, place, intent: form.intent, description: form.text, conversationId: conversation.id };
  const order = draftOrder(number, { ...facts, channel: conversation.channel }, service, now);
  draft.orders.push(order);
  draft.state.lastOrder = { number, at: now.getTime() };
  return { number, already: false, status: order.order.status, setting, ...promises[setting] };
}

const contactOf = ({ phone, name, photos, urgent }: NewOrder) => ({ phone, name, photos, urgent });
