import { orderTypes, type WorkOrder } from '#wire';
import { isOpen } from '#workorders';
import { dialogThat } from './dialogs.ts';
import { allOrders } from './orders.ts';
import { isReporter, isShared, joinedLast, leaveOrder } from './reporter.ts';
import { type Scene, say, signsOf } from './scene.ts';

/** How long after filing «取消» still means the order. */
const withdrawMinutes = 60;

/**
 * With nothing on, an order is taken back: named as one («撤销工单»), or in words that can mean nothing else while one is open
 * («不用来了»). `bare`: a mere «取消», which means an order filed just now.
 */
export async function withdraw(scene: Scene, bare: boolean): Promise<boolean> {
  const { understood } = scene;
  const signs = signsOf(scene, 'control.cancel');
  const outright = signs.includes('order');
  if (!bare && !outright && !signs.includes('recall')) return false;
  if (!bare && !outright && understood.heard.question) return false;
  const joined = joinedLast(scene);
  if (joined && isFresh(scene, joined.at)) return leave(scene, joined);
  const orders = await meant(scene, bare && signs.length === 0);
  const open = orders.find(isOpen);
  if (open) await takeBack(scene, open, outright);
  else if (outright)
    say(scene, 'common', orders[0] ? 'withdrawn.over' : 'withdrawn.none', { number: orders[0]?.number });
  return open !== undefined || outright;
}

const isFresh = ({ now }: Scene, at: number) => now.getTime() - at <= withdrawMinutes * 60_000;

function leave(scene: Scene, joined: Parameters<typeof leaveOrder>[1]): true {
  leaveOrder(scene, joined, scene.understood.heard.text);
  say(scene, 'common', 'withdrawn.other');
  return true;
}

/** This customer's orders that may be meant: by the end of the number or the kind that is named; else the last filed comes first. */
async function meant(scene: Scene, justNow: boolean): Promise<WorkOrder[]> {
  const { parts, draft, understood } = scene;
  const { text } = understood.heard;
  const { lastOrder } = draft.state;
  if (justNow && !(lastOrder && isFresh(scene, lastOrder.at))) return [];
  const last = (order: WorkOrder) => Number(order.number !== lastOrder?.number);
  const all = (await allOrders(scene)).sort((one, other) => last(one) - last(other));
  const digits: readonly string[] = text.match(/\d{4,20}/g) ?? [];
  if (digits.length > 0) return all.filter(({ number }) => digits.some((end) => number.endsWith(end)));
  if (justNow) return all.slice(0, 1);
  const signs = signsOf(scene, dialogThat(parts.dialogs, 'follows') ?? '');
  const kinds = orderTypes.filter((type) => signs.includes(type));
  return kinds.length > 0 ? all.filter(({ type }) => kinds.includes(type)) : all;
}

/**
 * Nobody has claimed it: it is over. Staff are asked to check where somebody is on the way, where there was danger, and where others
 * wait for it too.
 */
async function takeBack(scene: Scene, order: WorkOrder, outright: boolean): Promise<void> {
  const { draft, understood } = scene;
  const { text, question } = understood.heard;
  const { number, updatedAt } = order;
  if (outright && question) return say(scene, 'common', 'withdraw.how', { number }, ['button.withdraw']);
  const over =
    order.status === 'accepted' && !order.urgent && !isShared(scene, order) && (await isReporter(scene, order));
  if (over) draft.notes.push({ number, kind: 'cancelled', note: text, asOf: updatedAt });
  else draft.notes.push({ number, kind: 'added', note: text, mark: 'withdrawn' });
  // Nothing more is added to it.
  if (over && draft.state.lastOrder?.number === number) draft.state.lastOrder.at = 0;
  say(scene, 'common', over ? 'withdrawn' : 'withdrawn.noted', { number });
}
