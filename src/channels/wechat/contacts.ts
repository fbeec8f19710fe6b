import { giveUp } from '#delivery';
import { type Db, type Storage, sql, type Tx, type WechatContactTable } from '#storage';

/** What WeChat lets us send of our own accord: so many after each message, and so many after each tap, scan or subscription. */
export const allowance = {
  message: { most: 5, milliseconds: 48 * 3_600_000 },
  event: { most: 3, milliseconds: 60_000 },
} as const;

/** Before a sending: it may go, it must wait, or it is in vain. */
export type Permission = { is: 'granted' } | { is: 'used up'; until: number } | { is: 'over' } | { is: 'gone' };

const unknown = { gone: 0, message_at: 0, message_used: 0, event_at: 0, event_used: 0 };

export const orderingKey = (openid: string) => `wechat:${openid}`;

/** The short window of an event is used first: it closes first. */
function permit(
  contact: typeof unknown,
  messageAt: number,
  now: number,
  reserve = 0,
): { permission: Permission; set?: Partial<typeof unknown> } {
  const { message, event } = allowance;
  if (contact.gone) return { permission: { is: 'gone' } };
  if (now - contact.event_at < event.milliseconds && contact.event_used < event.most)
    return { permission: { is: 'granted' }, set: { event_used: contact.event_used + 1 } };
  if (now - messageAt >= message.milliseconds) return { permission: { is: 'over' } };
  const used = contact.message_at === messageAt ? contact.message_used : 0;
  if (used + reserve >= message.most) return { permission: { is: 'used up', until: messageAt + message.milliseconds } };
  return { permission: { is: 'granted' }, set: { message_at: messageAt, message_used: used + 1 } };
}

/**
 * The followers' windows. When the last message came is known from the conversation; a row is written only when something is sent or
 * happens, so that a message costs nothing.
 */
export function openContacts(storage: Storage, clock: () => Date) {
  const read = (db: Db, openid: string) =>
    sql<WechatContactTable>`select * from wechat_contact where openid = ${openid}`
      .execute(db)
      .then(({ rows }): WechatContactTable | undefined => rows[0]);
  const write = (tx: Tx, openid: string, set: Partial<typeof unknown>) =>
    tx
      .insertInto('wechat_contact')
      .values({ openid, ...unknown, ...set })
      .onConflict((clash) => clash.column('openid').doUpdateSet(set))
      .execute();

  async function lastMessageAt(conversationId: string): Promise<number> {
    const row = await storage.db
      .selectFrom('activity')
      .select('created_at')
      .where('conversation_id', '=', conversationId)
      .where('role', '=', 'customer')
      // A tap on a menu is no message to WeChat.
      .where('body', 'not like', '%"menu":true%')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.created_at ?? 0;
  }

  /** Nothing was said or written in it for as long as a window is open. */
  async function isQuiet(conversationId: string, now: number): Promise<boolean> {
    const { rows } = await sql<{ updated_at: number }>`
      select updated_at from conversation where id = ${conversationId}`.execute(storage.db);
    return (rows[0]?.updated_at ?? 0) < now - allowance.message.milliseconds;
  }

  return {
    /** What `take` would answer now. */
    async look(openid: string, conversationId: string, reserve = 0): Promise<Permission> {
      const now = clock().getTime();
      // Of most of those who get a notice nothing was heard for long: that needs no look at what they said.
      const messageAt = (await isQuiet(conversationId, now)) ? 0 : await lastMessageAt(conversationId);
      return permit((await read(storage.db, openid)) ?? unknown, messageAt, now, reserve).permission;
    },
    /**
     * Takes one of the messages that are left, before it is sent: a kill may waste one, never overdraw. `reserve`: so many must be
     * left after it, for what the customer asked.
     */
    async take(openid: string, conversationId: string, reserve = 0): Promise<Permission> {
      const messageAt = await lastMessageAt(conversationId);
      const now = clock().getTime();
      return storage.commit(async (tx) => {
        const { permission, set } = permit((await read(tx, openid)) ?? unknown, messageAt, now, reserve);
        if (set) await write(tx, openid, set);
        return permission;
      });
    },
    /** WeChat counted otherwise than we: its word holds. */
    async usedUp(openid: string, conversationId: string): Promise<number> {
      const messageAt = await lastMessageAt(conversationId);
      const set = { message_at: messageAt, message_used: allowance.message.most, event_used: allowance.event.most };
      await storage.commit((tx) => write(tx, openid, set));
      return messageAt + allowance.message.milliseconds;
    },
    /** A tap, a scan or a subscription: it lets us send a few messages. */
    async acted(openid: string): Promise<void> {
      await storage.commit((tx) => write(tx, openid, { gone: 0, event_at: clock().getTime(), event_used: 0 }));
    },
    /** Writes only for one who was gone: whoever writes to us can be written to. */
    async isBack(openid: string): Promise<void> {
      if ((await read(storage.db, openid))?.gone) await storage.commit((tx) => write(tx, openid, { gone: 0 }));
    },
    async isGone(openid: string, reason: string): Promise<void> {
      await storage.commit(async (tx) => {
        await write(tx, openid, { gone: 1 });
        await giveUp(tx, orderingKey(openid), reason, clock().getTime());
      });
    },
  };
}

export type Contacts = ReturnType<typeof openContacts>;
