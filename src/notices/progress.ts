import { localTime, maskPlace, showDay } from '#conversation';
import type { Tx } from '#storage';
import type { Texts, Translations } from '#texts';
import type { WorkOrder } from '#wire';
import { languageIn } from './dispatch.ts';
import { automatic, insertNotice } from './notice.ts';
import { post } from './parcel.ts';
import { addReceivers } from './receivers.ts';
import { optedOut } from './wishes.ts';

/** What is told of an order: that it was taken up, and that it is done. */
export type Step = 'claimed' | 'closed';

/** Whoever reports a theft hears only when they ask: a message on a phone can be read over a shoulder. */
const isSilent = ({ type, anonymous }: WorkOrder) => type === 'theft' || anonymous;

interface Change {
  order: WorkOrder;
  step: Step;
  outcome?: string;
  at: number;
}

/** In the commit that changes the order: the customer hears of it exactly if it happened. */
export async function tellProgress(
  tx: Tx,
  { texts, translations }: { texts: Texts; translations: Translations },
  { order, step, outcome, at }: Change,
): Promise<void> {
  if (isSilent(order)) return;
  const to = await tx
    .selectFrom('conversation')
    .select(['customer_id', 'channel', 'state'])
    .where('id', '=', order.conversationId)
    .executeTakeFirst();
  if (!to || (await optedOut(tx, 'progress', [to.customer_id])).size > 0) return;
  const own = translations.of(texts, languageIn(to.state));
  const { text, facts } = wordsOf(own, order, step, outcome);
  // Returned to the queue and claimed anew, it is news again.
  const id = `progress:${order.number}:${step}:${at}`;
  const kind = order.type === 'fault' || order.type === 'hazard' ? 'progress.fault' : 'progress.other';
  const title = texts.say('common', `notice.progress.title.${step}`);
  const notice = { id, topic: 'progress', kind, title, content: {}, legal: false, status: 'sending' } as const;
  if (!(await insertNotice(tx, { ...notice, author: automatic, counted: true }, at))) return;
  const where = { customerId: to.customer_id, conversationId: order.conversationId, channel: to.channel, accounts: [] };
  await addReceivers(tx, id, [where], { status: 'queued', body: text, queued_at: at });
  await post(tx, { notice: id, customer: to.customer_id, way: '', facts }, at);
}

function wordsOf(texts: Texts, order: WorkOrder, step: Step, outcome = '') {
  const word = (key: string, facts = {}) => texts.find('common', key) && texts.say('common', key, facts);
  const { number, type, arriveBy, answerBy } = order;
  const by = arriveBy ? localTime(arriveBy) : answerBy && showDay(answerBy);
  const facts = {
    ...{ number, type: word(`notice.progress.type.${type}`), place: maskPlace(order) },
    arrive: by && word(`notice.progress.${arriveBy ? 'arrive' : 'answer'}`, { by }),
    outcome: word(`notice.progress.outcome.${outcome}`),
    title: word(`notice.progress.title.${step}`),
  };
  return { text: texts.say('common', `notice.progress.${step}`, facts), facts };
}
