import { openStorage, type Storage, sql } from '#storage';
import { conversationOf } from '../../src/channels/wechat/incoming.ts';
import { simulatedAccount } from '../../src/commands/simulator/index.ts';

export const openidOf = (n: number) => `oNotice_${String(n).padStart(6, '0')}`;

export interface Seed {
  count: number;
  /** Accounts that they have proved to own, one each, in turn; none: they only asked for price notices. */
  accounts: readonly string[];
}

/** Followers who wrote long ago: a conversation, and an account or a wish. */
export async function seedFollowers(dataDir: string, { count, accounts }: Seed): Promise<void> {
  const storage = await openStorage({ dataDir });
  const step = 1000;
  for (let from = 0; from < count; from += step) await seedSome(storage, accounts, from, Math.min(count, from + step));
  await storage.close();
}

const longAgo = Date.parse('2026-01-01T00:00:00Z');

async function seedSome(storage: Storage, accounts: readonly string[], from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  const state = JSON.stringify({ language: 'zh-CN' });
  await storage.commit(async (tx) => {
    for (const n of numbers) {
      const openid = openidOf(n);
      const id = conversationOf(simulatedAccount.appId, openid);
      await sql`insert into conversation (id, channel, customer_id, version, last_seq, state, created_at, updated_at)
        values (${id}, 'wechat', ${openid}, 1, 0, ${state}, ${longAgo}, ${longAgo})`.execute(tx);
      const account = accounts[n % accounts.length];
      if (account)
        await sql`insert into binding (customer_id, account_number, created_at)
          values (${openid}, ${account}, ${longAgo})`.execute(tx);
      else
        await sql`insert into subscription (id, conversation_id, customer_id, topic, account_number, place, created_at)
          values (${`s${n}`}, ${id}, ${openid}, 'price', '', '', ${longAgo})`.execute(tx);
    }
  });
}
