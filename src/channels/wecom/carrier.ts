import type { WecomSettings } from '#config';
import { type Carrier, Later, Undeliverable } from '#delivery';
import type { Log } from '#log';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import type { WorkOrder } from '#wire';
import { findOrders, OrderNews } from '#workorders';
import { openAllowance } from './allowance.ts';
import { post, WecomFault } from './robot.ts';
import { digest, type Told, toldOf } from './words.ts';

export interface WecomParts {
  settings: WecomSettings;
  storage: Storage;
  texts(): Texts;
  /** What people call an intent. */
  nameOf(intent: string): string;
  clock: () => Date;
  log: Log;
}

const minute = 60_000;

/**
 * Tells a group of staff what happens to orders: each piece of news by itself while the robot may speak, else many in one message.
 * Nothing is given up while WeCom is away or the key is wrong.
 */
export function wecomCarrier(parts: WecomParts): Carrier {
  const { settings, storage, texts, clock, log } = parts;
  const allowance = openAllowance(storage, settings.webhook, clock);

  return async (payload, behind) => {
    const told = await read(parts, [payload, ...behind]);
    const wanted = told.filter((each) => each !== undefined);
    if (!told[0]) return 0;
    const permission = await allowance.take();
    if ('until' in permission) throw new Later('The robot has said all that it may within a minute.', permission.until);
    const { content, along } = compose(told, wanted, permission.left);
    await post(settings.webhook, content).catch(async (fault) => {
      throw await afterFault(fault);
    });
    return along;
  };

  /** By itself while there is room for all that wait; else as many as one message holds, and with the last permission all of them. */
  function compose(told: readonly (Told | undefined)[], wanted: Told[], left: number) {
    if (wanted.length <= left) return { content: (told[0] as Told).whole, along: 0 };
    const all = digest(wanted, texts());
    if (left === 1) return { content: all.content, along: told.length - 1 };
    let shown = all.shown;
    while (digest(wanted.slice(0, shown), texts()).shown < shown) shown -= 1;
    return { content: digest(wanted.slice(0, shown), texts()).content, along: told.indexOf(wanted[shown - 1]) };
  }

  /** What the outbox is to do. */
  async function afterFault(fault: unknown): Promise<unknown> {
    const now = clock().getTime();
    if (!(fault instanceof WecomFault)) return new Later(String(fault), now + minute);
    if (fault.action === 'minute') return new Later(fault.message, await allowance.usedUp());
    if (fault.action === 'again') return new Later(fault.message, now + minute);
    if (fault.action === 'operator') {
      log.error(
        { fault },
        'WeCom does not know the robot: make a new one in the group and set its address as WECOM_WEBHOOK',
      );
      return new Later(fault.message, now + 10 * minute);
    }
    log.error({ fault }, 'WeCom refused a message of ours; it is a fault in GridTalk');
    return new Undeliverable(fault.message);
  }
}

/** What each of them has to tell now; undefined where nobody wants to hear it, or it is over. */
async function read({ settings, storage, texts, nameOf }: WecomParts, payloads: readonly unknown[]) {
  const news = payloads.map((payload) => OrderNews.parse(payload));
  const orders = await findOrders(
    storage.db,
    news.map(({ number }) => number),
  );
  return news.map(({ event, number }): Told | undefined => {
    const order = orders.get(number);
    return order && isWanted(settings, event, order) ? toldOf(event, order, texts(), nameOf) : undefined;
  });
}

function isWanted({ tells }: WecomSettings, event: OrderNews['event'], { status, urgent }: WorkOrder): boolean {
  if (status === 'closed' || status === 'cancelled') return false;
  if (event === 'filed') return tells.includes('new') || (urgent && tells.includes('urgent'));
  return tells.includes(event);
}
