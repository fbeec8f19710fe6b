import type { Cluster } from '#cluster';
import { GridTalkError } from '#errors';
import type { Log } from '#log';
import { type Db, type NoticeTable, sql } from '#storage';
import { isDown } from './compose.ts';
import { type DispatchParts, dispatchPage } from './dispatch.ts';
import { gatherPage } from './gather.ts';
import { fromRow, type Notice } from './notice.ts';
import { NoticeParcel, topics } from './parcel.ts';
import { quietUntil } from './quiet.ts';
import { sweepReceipts } from './receipts.ts';
import { moveReceiver } from './receivers.ts';
import type { NoticeSettings } from './settings.ts';

export interface WorkerParts extends DispatchParts {
  cluster: Cluster;
  log: Log;
  settings: NoticeSettings;
  /** Something was put into the outbox. */
  nudge(): void;
}

/** Parcels of one notice that are on their way at the same time: a pause has no more than these to wait for. */
const window = 400;

/** One round over all notices that are not done. Answers whether there is more to do at once. */
export async function round(parts: WorkerParts): Promise<boolean> {
  const { storage, log } = parts;
  const open = await storage.db
    .selectFrom('notice')
    .selectAll()
    .where('status', 'in', ['draft', 'awaiting', 'sending', 'paused'])
    .orderBy('created_at')
    .execute();
  let more = false;
  for (const notice of urgentFirst(open, parts.settings)) {
    try {
      more = (await advance(parts, notice)) || more;
    } catch (error) {
      // Another replica has done this page, or its author has changed the notice: the next round sees it as it then is.
      if (error instanceof GridTalkError && error.code === 'ChangedMeanwhile') more = true;
      else if (isDown(error)) log.warn({ error, notice: notice.id }, 'a notice waits for a system of the utility');
      else log.error({ error, notice: notice.id }, 'a notice could not go on; the next round tries again');
    }
  }
  if (open.some(({ status }) => status === 'sending')) {
    await giveUpDead(parts);
    await finish(parts);
  }
  await sweepReceipts(storage, parts.clock().getTime());
  return more;
}

function urgentFirst(open: readonly NoticeTable[], { exempt }: NoticeSettings): Notice[] {
  const isUrgent = ({ kind }: NoticeTable) => Number(exempt.includes(kind));
  return [...open].sort((one, other) => isUrgent(other) - isUrgent(one)).map(fromRow);
}

async function advance(parts: WorkerParts, notice: Notice): Promise<boolean> {
  if (notice.gathered_at === null) {
    await gatherPage(parts, notice);
    return true;
  }
  const quiet = quietUntil(parts.settings, notice.kind, parts.clock().getTime());
  if (notice.status !== 'sending' || quiet) return false;
  const { onTheWay } = await countOnTheWay(parts.storage.db, notice.id);
  let room = window - onTheWay;
  // Filled up in larger steps than one by one.
  while (room >= window / 4) {
    const taken = await dispatchPage(parts, notice);
    if (taken === 0) return false;
    room -= taken;
    parts.nudge();
  }
  return false;
}

const countOnTheWay = (db: Db, notice: string) =>
  db
    .selectFrom('notice_receiver')
    .select((eb) => eb.fn.countAll<number>().as('onTheWay'))
    .where('notice', '=', notice)
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();

/** Nobody waits and nothing is on its way: those who are told on their next visit keep it from nothing. */
async function finish({ storage, clock }: WorkerParts): Promise<void> {
  const now = clock().getTime();
  await storage.commit((tx) =>
    sql`
      update notice set status = 'done', finished_at = ${now}, updated_at = ${now}
      where status = 'sending' and gathered_at is not null and not exists (
        select 1 from notice_receiver as receiver
        where receiver.notice = notice.id and receiver.status in ('waiting', 'queued'))`.execute(tx),
  );
}

/** Parcels that the outbox has given up are told as what they are. */
async function giveUpDead({ storage, clock }: WorkerParts): Promise<void> {
  const dead = await storage.db
    .selectFrom('outbox')
    .select(['payload', 'last_error'])
    .where('done_at', 'is', null)
    .where('dead_at', '>', clock().getTime() - 86_400_000)
    .where('topic', 'in', Object.values(topics))
    .execute();
  if (dead.length === 0) return;
  await storage.commit(async (tx) => {
    for (const { payload, last_error } of dead)
      await moveReceiver(tx, NoticeParcel.parse(JSON.parse(payload)), ['queued', 'held'], {
        status: 'failed',
        reason: last_error,
        done_at: clock().getTime(),
      });
  });
}

const every = 2000;

/** Runs rounds while there is something to do, at most one at a time among all replicas. */
export function openWorker(parts: WorkerParts) {
  let again = false;
  let stopped = false;
  let running: Promise<void> | undefined;

  async function rounds(): Promise<void> {
    do {
      again = false;
      if (await parts.cluster.inTurn('notices', () => round(parts))) again = true;
    } while (again && !stopped);
  }
  function run(): Promise<void> {
    again = true;
    running ??= rounds().finally(() => {
      running = undefined;
    });
    return running;
  }
  const nudge = () => {
    if (!stopped) void run().catch((error) => parts.log.error({ error }, 'notices could not be looked at'));
  };
  const timer = setInterval(nudge, every);
  timer.unref();
  return {
    nudge,
    /** Resolves when nothing is left that can be done now. */
    run,
    async close() {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => {});
    },
  };
}
