import { type Carrier, Later, release, type Settling } from '#delivery';
import { type NoticeReceiptTable, type Storage, sql, type Tx } from '#storage';
import type { NoticeTopic } from '#wire';
import { NoticeParcel, post, topics, visitKey, type Way } from './parcel.ts';
import { quietUntil } from './quiet.ts';
import { type Address, moveReceiver, type Receiver } from './receivers.ts';
import type { NoticeSettings, Template } from './settings.ts';
import type { Passed, Tell, WechatWays } from './ways.ts';

interface Parts {
  storage: Storage;
  clock: () => Date;
  settings: NoticeSettings;
  tell: Tell;
  wechat?: WechatWays;
  /** Called for each parcel that is done: there is room for more. */
  done(): void;
}

const minute = 60_000;
/** So long a notice waits for the customer's next message before it is looked at again. */
const visitMs = 7 * 24 * 60 * minute;
/** And so long in all. */
const visitsMs = 60 * 24 * 60 * minute;
const pausedMs = minute / 2;

/** Failed ones may be sent again by hand. */
const onTheWay: readonly string[] = ['queued', 'held', 'failed'];

type Row = Receiver & { topic: string; kind: string; state: string };

/** Takes notices to their receivers, each by the best way that is open then. */
export function noticeCarriers(parts: Parts): Readonly<Record<string, Carrier>> {
  const { storage, clock, settings, wechat, done } = parts;

  /** With every message: written out, it need not be put together each time. */
  const find = async (notice: string, customer: string): Promise<Row | undefined> =>
    (
      await sql<Row>`
        select receiver.*, notice.topic, notice.kind, notice.status as state
        from notice_receiver as receiver join notice on notice.id = receiver.notice
        where receiver.notice = ${notice} and receiver.customer_id = ${customer}`.execute(storage.db)
    ).rows[0];

  /** What a further try must not do: it is done, another way was taken, or it is called off. */
  function over(row: Row | undefined, { way }: NoticeParcel): row is undefined {
    return !row || row.state === 'cancelled' || row.way !== way || !onTheWay.includes(row.status);
  }

  function waits({ state, kind }: Row): void {
    const now = clock().getTime();
    if (state === 'paused') throw new Later('The notice is paused.', now + pausedMs);
    const morning = quietUntil(settings, kind, now);
    if (morning) throw new Later('These are quiet hours.', morning);
  }

  /** In one commit with the parcel that goes the other way. */
  const turnTo =
    (parcel: NoticeParcel, way: Way, reason: string | null = null): Settling =>
    async (tx) => {
      if (await moveReceiver(tx, parcel, onTheWay, { way, reason }))
        await post(tx, { ...parcel, way }, clock().getTime());
    };

  const templateOf = (row: Row): Template | undefined => settings.wechat[row.topic as NoticeTopic];

  /** The way after this one, or the first: window, template or subscribe message, next visit. */
  async function wayAfter(way: Way, row: Row): Promise<Way> {
    if (row.channel !== 'wechat' || !wechat) return 'widget';
    if (way === '' && (await wechat.isOpen(followerOf(row)))) return 'service';
    if (way === '' || way === 'service') return templateOf(row)?.send ?? 'visit';
    return 'visit';
  }

  async function go(parcel: NoticeParcel, row: Row, way: Way): Promise<Passed> {
    const body = row.body ?? '';
    if (way === 'widget') {
      await parts.tell({ conversationId: row.conversation_id, text: body, key: `notice:${row.notice}` });
      return { is: 'sent' };
    }
    const to = followerOf(row);
    const template = templateOf(row);
    if (!wechat) return { is: 'closed', reason: 'The account is switched off.' };
    if (way === 'service' || way === 'visit') return wechat.service(to, body);
    if (!template) return { is: 'closed', reason: 'The template is set no longer.' };
    const message = { template: template.id, url: template.url, key: `${row.notice} ${row.customer_id}` };
    return wechat[template.send](to, { ...message, data: fieldsOf(template, parcel.facts) });
  }

  async function settle(parcel: NoticeParcel, row: Row, way: Way, passed: Passed): Promise<Settling> {
    const now = clock().getTime();
    const over = (set: Partial<Receiver>): Settling => {
      return (tx) => moveReceiver(tx, parcel, onTheWay, { way, done_at: now, ...set });
    };
    if (passed.is === 'sent') return (tx) => markSent(tx, parcel, { way, message_id: passed.messageId ?? null }, now);
    if (passed.is === 'blocked') return over({ status: 'blocked', reason: passed.reason });
    if (way !== 'visit') return turnTo(parcel, await wayAfter(way, row), passed.reason);
    if (now - (row.queued_at ?? now) > visitsMs)
      return over({ status: 'failed', reason: 'The customer has not come back.' });
    const held = { status: 'held', reason: passed.reason };
    await storage.commit((tx) => moveReceiver(tx, parcel, ['queued'], held));
    throw new Later(passed.reason, now + visitMs);
  }

  async function carry(payload: unknown): Promise<Settling | undefined> {
    const parcel = NoticeParcel.parse(payload);
    const row = await find(parcel.notice, parcel.customer);
    if (over(row, parcel)) return undefined;
    waits(row);
    const way = parcel.way === '' ? await wayAfter('', row) : parcel.way;
    // What must go one at a time, or waits for a visit, goes with a parcel of its own.
    if (parcel.way === '' && way !== 'widget' && way !== 'template') return turnTo(parcel, way);
    return settle(parcel, row, way, await go(parcel, row, way));
  }

  async function counted(payload: unknown): Promise<Settling | undefined> {
    const settling = await carry(payload);
    done();
    return settling;
  }

  return {
    [topics.send]: counted,
    [topics.alone]: Object.assign((payload: unknown) => counted(payload), { alone: true }),
  };
}

const followerOf = ({ customer_id: openid, conversation_id: conversationId }: Row) => ({ openid, conversationId });

const fieldsOf = ({ fields }: Template, facts: NoticeParcel['facts']): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, fact]) => [field, String(facts[fact] ?? '')]));

/** A receipt that came before its message was written down is taken up here. */
async function markSent(tx: Tx, to: Address, set: Pick<Receiver, 'way' | 'message_id'>, now: number): Promise<void> {
  const sent = { ...set, status: 'sent', reason: null, sent_at: now };
  if (!(await moveReceiver(tx, to, onTheWay, sent)) || !set.message_id) return;
  const kept = await sql<NoticeReceiptTable>`
    select * from notice_receipt where message_id = ${set.message_id}`.execute(tx);
  const [receipt] = kept.rows;
  if (!receipt) return;
  await moveReceiver(tx, to, ['sent'], { status: receipt.outcome, done_at: receipt.at });
  await tx.deleteFrom('notice_receipt').where('message_id', '=', set.message_id).execute();
}

/** What waited for the customer's next message may go now; false where nothing did. */
export const releaseVisit = (storage: Storage, customerId: string, now: number): Promise<boolean> =>
  release(storage, visitKey(customerId), now, (payloads) => payloads);
