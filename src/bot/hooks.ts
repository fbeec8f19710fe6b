import type { Turn } from '#conversation';
import type { Facts } from '#texts';
import { findOrder, isOpen } from '#workorders';
import { attempt } from './attempt.ts';
import { awaitedSince } from './awaited.ts';
import { auditedBackend, proofFor } from './customer.ts';
import { allOrders, fileOrder, knownOrders, ownOrders } from './orders.ts';
import { isReporter, joinedLast } from './reporter.ts';
import { callPerson, type Scene, say, textsOf } from './scene.ts';
import type { Form } from './state.ts';
import { signsIn } from './understand.ts';

/** What the hooks of a dialog get: reads go to the database and the backend, everything else into the turn's draft. */
export function hooksFor(scene: Scene, form: Form): Turn {
  const { draft, understood } = scene;
  return {
    intent: form.intent,
    slots: form.slots as Turn['slots'],
    filled: understood.filled,
    memo: form.memo,
    now: scene.now,
    text: understood.heard.text,
    question: understood.heard.question,
    earlier: draft.state.forms.at(-2)?.text,
    story: storyBefore(scene, form),
    waiting: draft.state.forms.length > 1,
    dangers: form.dangers,
    backend: auditedBackend(scene),
    attempt: (look) => attempt(scene, look),
    // A proof may succeed while the hooks run.
    get bound() {
      return draft.state.accounts;
    },
    proof: proofFor(scene),
    say: (key, facts?: Facts, buttons?: readonly string[], chart?) =>
      say(scene, form.intent, key, facts, buttons, chart),
    word: (key, facts) => textsOf(scene).say(form.intent, key, facts),
    staffWord: (key, facts) => scene.parts.texts.say(form.intent, key, facts),
    subscribe: (topic, accountNumber = '', place) => {
      const watched = place && !accountNumber ? JSON.stringify(place) : undefined;
      draft.subscriptions.push({ topic, accountNumber, place: watched });
    },
    unsubscribe: (topic, accountNumber) => void draft.unsubscribed.push({ topic, accountNumber }),
    subscribed: () => subscribed(scene),
    awaited: async () => (await awaitedSince(scene)) !== undefined,
    handoff: (reason) => callPerson(scene, reason),
    workorders: {
      file: (order) => fileOrder(scene, form, order),
      known: (type, place, kind) => knownOrders(scene, type, place && { ...place }, kind),
      mine: (type) => ownOrders(scene, type),
      history: () => allOrders(scene),
      reported: (order) => isReporter(scene, order),
      joined: () => joinedOrder(scene),
      remind: (number, escalate) => {
        const mark = escalate ? 'escalated' : undefined;
        draft.notes.push({ number, kind: 'reminded', note: understood.heard.text, mark });
      },
      note: (number, mark) => void draft.notes.push({ number, kind: 'added', note: understood.heard.text, mark }),
      raise: (number) => {
        const note = understood.heard.text;
        draft.notes.push({ number, kind: 'added', note, urgent: true, mark: 'danger' });
        draft.state.lastOrder = { number, at: scene.now.getTime() };
        draft.state.urgent = draft.state.lastOrder;
      },
    },
  };
}

/** What was told before the word that began it, by the signs of its dialog: «房东收我一块二一度» and then «那我就投诉». */
function storyBefore({ draft, parts, understood }: Scene, { intent }: Form): string | undefined {
  if (
    !parts.dialogs.get(intent)?.tells ||
    !/^(?:那|所以|就|我就|算了|我要投诉|我想投诉|投诉)/.test(understood.heard.text)
  )
    return undefined;
  const { bare: _bare, hints: _hints, begins: _begins, ...signs } = parts.intents.get(intent)?.signs ?? {};
  const told = draft.state.said.filter((text) => text !== understood.heard.text && signsIn(text, signs).length > 1);
  return told.join('；') || undefined;
}

/** How far it is, without a word of whose it is. */
async function joinedOrder(scene: Scene) {
  const last = joinedLast(scene);
  const found = last && (await findOrder(scene.parts.storage.db, last.number));
  if (!found) return undefined;
  const { number, status, arriveBy } = found.order;
  return { number, status, arriveBy: isOpen(found.order) ? arriveBy : undefined };
}

async function subscribed({ parts, conversation }: Scene): Promise<{ topic: string; account?: string }[]> {
  const rows = await parts.storage.db
    .selectFrom('subscription')
    .select(['topic', 'account_number'])
    .where('customer_id', '=', conversation.customerId)
    .orderBy('created_at')
    .execute();
  return rows.map(({ topic, account_number: account }) => ({ topic, account: account || undefined }));
}
