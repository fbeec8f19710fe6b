import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder-core';
import { z } from 'zod';
import { type Backend, demoBackend } from '#backends';
import { type Incoming, openBot } from '#bot';
import { openCluster } from '#cluster';
import { openDelivery } from '#delivery';
import { badRequest, conflict, notFound } from '#errors';
import { type Log, openLog } from '#log';
import { openStorage } from '#storage';
import { ordersOf } from '#workorders';
import { carriersTo, gazetteerOf, readShipped } from '../shipped.ts';
import { answerLines } from './lines.ts';

const id = z.string().min(1).max(200);
const Request = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('open'),
    id,
    now: z.iso.datetime({ offset: true }).optional(),
    channel: z.enum(['wechat', 'web']).default('web'),
    bound: z.array(z.string().regex(/^\d{10,16}$/)).default([]),
  }),
  z.object({ do: z.literal('say'), id, text: z.string() }),
  z.object({ do: z.literal('image'), id }),
  z.object({
    do: z.literal('location'),
    id,
    latitude: z.number(),
    longitude: z.number(),
    label: z.string().optional(),
  }),
  z.object({ do: z.literal('advance'), id, minutes: z.number().nonnegative() }),
  z.object({ do: z.literal('state'), id }),
]);
type Request = z.infer<typeof Request>;
type Of<Name extends Request['do']> = Extract<Request, { do: Name }>;

/** A grey pixel, standing in for a customer's photo. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

interface StageParts {
  backendOf?: (clock: () => Date) => Backend;
  log?: Log;
}

/** The same turn as the channels', on a store of its own and with a clock that stands until it is moved. */
export async function openStage(root: string, { backendOf = demoBackend, log = openLog('warn') }: StageParts = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gridtalk-converse-'));
  const clocks = new Map<string, number>();
  let now = Date.now();
  const clock = () => new Date(now);
  const storage = await openStorage({ dataDir });
  const cluster = await openCluster({});
  const { model, ...shipped } = await readShipped(root);
  const backend = backendOf(clock);
  const delivery = openDelivery({ storage, clock, carriers: carriersTo(backend), log, every: 0 });
  const gazetteer = await gazetteerOf(backend, log);
  const parts = { ...shipped, gazetteer, storage, cluster, backend, clock, log, deliver: delivery.nudge };
  const bot = openBot({ ...parts, classifier: () => model, announce: () => {} });

  function wake(conversation: string): void {
    const at = clocks.get(conversation);
    if (at === undefined) throw notFound(`There is no conversation ${conversation}.`, 'Send {"do": "open"} first.');
    now = at;
  }

  async function open({ id, now: at, channel, bound }: Of<'open'>) {
    if (clocks.has(id)) throw conflict(`Conversation ${id} is open already.`, 'Take another id.');
    now = at ? Date.parse(at) : Date.now();
    clocks.set(id, now);
    await bot.open({ id, channel, customerId: `customer-${id}`, accounts: bound });
    return { ok: true };
  }

  async function take(id: string, activity: Partial<Activity>, uploads: Incoming['uploads'] = []) {
    wake(id);
    const conversation = { id } as Activity['conversation'];
    const from = { id: `customer-${id}`, name: '' };
    const recipient = { id: 'gridtalk', name: '' };
    const { replies } = await bot.receive({
      activity: { ...activity, type: 'message', channelId: 'converse', conversation, from, recipient },
      dedupeKey: randomUUID(),
      uploads,
    });
    return { replies: replies.map(present) };
  }

  async function state(conversationId: string) {
    wake(conversationId);
    const [workOrders, sealed, handoffs, subscriptions] = await Promise.all([
      ordersOf(storage.db, conversationId),
      storage.db
        .selectFrom('sealed_contact')
        .innerJoin('work_order', 'work_order.number', 'sealed_contact.number')
        .select(['sealed_contact.number', 'sealed_contact.phone', 'sealed_contact.name'])
        .where('conversation_id', '=', conversationId)
        .execute(),
      storage.db.selectFrom('handoff').selectAll().where('conversation_id', '=', conversationId).execute(),
      storage.db.selectFrom('subscription').selectAll().where('conversation_id', '=', conversationId).execute(),
    ]);
    return {
      // A reporter sees their own report whole; staff never do.
      workOrders: workOrders.reverse().map((order) => {
        const contact = sealed.find(({ number }) => number === order.number);
        return contact ? { ...order, phone: contact.phone ?? undefined, name: contact.name ?? undefined } : order;
      }),
      subscriptions: subscriptions.map((row) => ({ topic: row.topic, accountNumber: row.account_number || undefined })),
      handoffs: handoffs.map(({ reason, summary }) => ({ reason, summary })),
    };
  }

  async function advance({ id, minutes }: Of<'advance'>) {
    wake(id);
    now += minutes * 60_000;
    clocks.set(id, now);
    await delivery.runDue();
    return { ok: true };
  }

  function run(request: Request): Promise<unknown> {
    if (request.do === 'open') return open(request);
    if (request.do === 'say') return take(request.id, { text: clean(request.text) });
    if (request.do === 'image') return take(request.id, { text: '' }, [photo()]);
    if (request.do === 'location') return take(request.id, { text: '', entities: [pin(request)] });
    if (request.do === 'advance') return advance(request);
    return state(request.id);
  }

  return {
    answer(line: unknown): Promise<unknown> {
      const request = Request.safeParse(line);
      if (!request.success)
        throw badRequest(z.prettifyError(request.error), 'See the command-line contract in the README.');
      return run(request.data);
    },
    async close() {
      await delivery.close();
      await cluster.close();
      await storage.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const clean = (text: string) => text.toWellFormed().replaceAll('\0', '');
const photo = () => ({ id: randomUUID(), name: 'photo.png', contentType: 'image/png', bytes: pixel });
const pin = ({ latitude, longitude, label }: Of<'location'>) => ({
  type: 'Place',
  geo: { type: 'GeoCoordinates', latitude, longitude, name: label },
});

function present(activity: Partial<Activity>) {
  const buttons = activity.suggestedActions?.actions.map(({ title }) => title) ?? [];
  return { key: activity.channelData?.key as string, text: activity.text ?? '', buttons };
}

export async function converse(root: string): Promise<void> {
  const stage = await openStage(root);
  await answerLines(async (line) => {
    const answer = (await stage.answer(line)) as { replies?: ReturnType<typeof present>[] };
    return answer.replies ? { replies: answer.replies.map(({ text, buttons }) => ({ text, buttons })) } : answer;
  });
  await stage.close();
}
