import { type Carrier, Later, release } from '#delivery';
import type { Storage } from '#storage';
import type { NoticeTopic } from '#wire';
import { NoticeParcel, post, topics, visitKey, type Way } from './parcel.ts';
import { quietUntil } from './quiet.ts';
import { moveReceiver, type Receiver } from './receivers.ts';
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

  const find = (notice: string, customer: string): Promise<Row | undefined> =>
    storage.db
      .selectFrom('notice_receiver')
      .innerJoin('notice', 'notice.id', 'notice_receiver.notice')
      .selectAll('notice_receiver')
      .select(['notice.topic', 'notice.kind', 'notice.status as state'])
      .where('notice_receiver.notice', '=', notice)
      .where('notice_receiver.customer_id', '=', customer)
      .executeTakeFirst();

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

  const move = (parcel: NoticeParcel, from: readonly string[], set: Partial<Receiver>) =>
    storage.commit((tx) => moveReceiver(tx, parcel, from, set));

  /** In one commit with the parcel that goes the other way. */
  async function turnTo(parcel: NoticeParcel, way: Way, reason: string | null = null): Promise<void> {
    await storage.commit(async (tx) => {
      if (await moveReceiver(tx, parcel, onTheWay, { way, reason }))
        await post(tx, { ...parcel, way }, clock().getTime());
    });
  }

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

  async function settle(parcel: NoticeParcel, row: Row, way: Way, passed: Passed): Promise<void> {
    const now = clock().getTime();
    if (passed.is === 'sent') return markSent(parcel, way, passed.messageId, now);
    if (passed.is === 'blocked')
      return void (await move(parcel, onTheWay, { way, status: 'blocked', reason: passed.reason, done_at: now }));
    if (way !== 'visit') return turnTo(parcel, await wayAfter(way, row), passed.reason);
    if (now - (row.queued_at ?? now) > visitsMs)
      return void (await move(parcel, onTheWay, {
        status: 'failed',
        reason: 'The customer has not come back.',
        done_at: now,
      }));
    await move(parcel, ['queued'], { status: 'held', reason: passed.reason });
    throw new Later(passed.reason, now + visitMs);
  }

  async function markSent(parcel: NoticeParcel, way: Way, messageId: string | undefined, now: number): Promise<void> {
    await storage.commit(async (tx) => {
      const set = { status: 'sent', way, message_id: messageId ?? null, reason: null, sent_at: now };
      if (!(await moveReceiver(tx, parcel, onTheWay, set)) || !messageId) return;
      const receipt = await tx
        .selectFrom('notice_receipt')
        .selectAll()
        .where('message_id', '=', messageId)
        .executeTakeFirst();
      if (!receipt) return;
      await moveReceiver(tx, parcel, ['sent'], { status: receipt.outcome, done_at: receipt.at });
      await tx.deleteFrom('notice_receipt').where('message_id', '=', messageId).execute();
    });
  }

  async function carry(payload: unknown): Promise<void> {
    const parcel = NoticeParcel.parse(payload);
    const row = await find(parcel.notice, parcel.customer);
    if (over(row, parcel)) return done();
    waits(row);
    const way = parcel.way === '' ? await wayAfter('', row) : parcel.way;
    // What must go one at a time, or waits for a visit, goes with a parcel of its own.
    if (parcel.way === '' && way !== 'widget' && way !== 'template') await turnTo(parcel, way);
    else await settle(parcel, row, way, await go(parcel, row, way));
    done();
  }

  return {
    [topics.send]: carry,
    [topics.alone]: Object.assign((payload: unknown) => carry(payload), { alone: true }),
  };
}

const followerOf = ({ customer_id: openid, conversation_id: conversationId }: Row) => ({ openid, conversationId });

const fieldsOf = ({ fields }: Template, facts: NoticeParcel['facts']): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, fact]) => [field, String(facts[fact] ?? '')]));

/** What waited for the customer's next message may go now; false where nothing did. */
export const releaseVisit = (storage: Storage, customerId: string, now: number): Promise<boolean> =>
  release(storage, visitKey(customerId), now, (payloads) => payloads);
