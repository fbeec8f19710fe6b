import type { WorkOrder } from '#wire';
import type { OrderNote } from './draft.ts';
import type { Scene } from './scene.ts';
import type { State } from './state.ts';

/** Only who filed an order may alter it, take it back or hear its number: in this conversation, or in another of theirs. */
export async function isReporter({ parts, conversation }: Scene, { conversationId }: WorkOrder): Promise<boolean> {
  if (conversationId === conversation.id) return true;
  const filed = await parts.storage.db
    .selectFrom('conversation')
    .select('customer_id')
    .where('id', '=', conversationId)
    .executeTakeFirst();
  return filed?.customer_id === conversation.customerId;
}

/** The order of somebody else that this customer's words were added to, if that is what happened last. */
export function joinedLast({ draft }: Scene): State['joined'] {
  const { joined, lastOrder } = draft.state;
  return joined && joined.at >= (lastOrder?.at ?? 0) ? joined : undefined;
}

/** Of the staff's list of further contacts, the heading. */
const heading = ({ parts }: Scene): string => parts.texts.say('common', 'contact.other');

/** Others than its reporter wait for this order too. */
export const isShared = (scene: Scene, { facts }: WorkOrder): boolean => facts[heading(scene)] !== undefined;

const written = (scene: Scene, { name, phone }: NonNullable<State['joined']>): string =>
  [name, phone].filter(Boolean).join(' ') || scene.parts.texts.say('common', 'contact.none');

/** What somebody says of another's order: words and contact stand beside the reporter's and change nothing of them. */
export function joinOrder(scene: Scene, { phone, name, address: _address, ...note }: OrderNote): void {
  const { draft, now } = scene;
  const before = draft.state.joined?.number === note.number ? draft.state.joined : undefined;
  const joined = { number: note.number, at: now.getTime(), phone: phone ?? before?.phone, name: name ?? before?.name };
  draft.state.joined = joined;
  const beside = { heading: heading(scene), was: before && written(scene, before), is: written(scene, joined) };
  draft.notes.push({ ...note, beside });
}

/** They need it no longer: their contact goes, the order stays. */
export function leaveOrder(scene: Scene, joined: NonNullable<State['joined']>, words: string): void {
  const beside = { heading: heading(scene), was: written(scene, joined) };
  scene.draft.notes.push({ number: joined.number, kind: 'added', note: words, beside });
  scene.draft.state.joined = undefined;
}

/** The order's facts with a further contact put, put right or taken away. */
export function factsWith({ facts }: WorkOrder, { beside }: OrderNote): WorkOrder['facts'] {
  if (!beside) return facts;
  const { [beside.heading]: list = '', ...others } = facts;
  const kept = list.split('；').filter((each) => each && each !== beside.was && each !== beside.is);
  const lines = beside.is ? [...kept, beside.is] : kept;
  return lines.length > 0 ? { ...others, [beside.heading]: lines.join('；') } : others;
}
