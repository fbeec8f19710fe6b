import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Storage, Tx } from '#storage';

/** WeCom takes 20 a minute from a robot; two are left to whoever else has its key. */
export const most = 18;
const minute = 60_000;

const Times = z.array(z.number()).catch([]);

/**
 * How many messages the robot may send now: at most 18 within any 60 seconds. In the database, so that a restart forgets none and
 * replicas share it.
 */
export function openAllowance(storage: Storage, webhook: string, clock: () => Date) {
  const name = `wecom.sent ${createHash('sha256').update(webhook).digest('base64url').slice(0, 12)}`;

  async function read(tx: Tx, now: number): Promise<number[]> {
    const row = await tx.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
    // A clock that was set back leaves times to come: they count for nothing.
    return Times.parse(JSON.parse(row?.value ?? '[]')).filter((at) => at > now - minute && at <= now);
  }
  const write = (tx: Tx, times: number[]) =>
    tx
      .insertInto('setting')
      .values({ name, value: JSON.stringify(times) })
      .onConflict((clash) => clash.column('name').doUpdateSet({ value: JSON.stringify(times) }))
      .execute();

  return {
    /** Takes one, before it is sent: a kill may waste one, never overdraw. `left` counts it; without any, when there will be one. */
    take(): Promise<{ left: number } | { until: number }> {
      const now = clock().getTime();
      return storage.commit(async (tx) => {
        const times = await read(tx, now);
        if (times.length >= most) return { until: (times[0] as number) + minute };
        await write(tx, [...times, now]);
        return { left: most - times.length };
      });
    },
    /** WeCom counted otherwise than we: its word holds. */
    async usedUp(): Promise<number> {
      const now = clock().getTime();
      await storage.commit((tx) => write(tx, Array(most).fill(now)));
      return now + minute;
    },
  };
}
