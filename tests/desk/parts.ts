import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCluster } from '#cluster';
import { desk } from '#desk';
import { openIdentity } from '#identity';
import { openStorage } from '#storage';
import { type WorkOrder, type WorkOrderNotice, workOrdersTopic } from '#wire';
import { insertOrder, openWorkOrders } from '#workorders';

type Filed = Partial<WorkOrder> & Pick<WorkOrder, 'number'>;

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Storage in a temporary folder, identity and desk as in the product, over a clock that the test sets. */
export async function openParts(adminPassword?: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'gridtalk-desk-'));
  const storage = await openStorage({ dataDir });
  const cluster = await openCluster({});
  const time = { now: Date.parse('2026-11-24T08:00:00+08:00') };
  const clock = () => new Date(time.now);
  const announce = (event: WorkOrderNotice['event'], order: WorkOrder) =>
    cluster.publish(workOrdersTopic, { event, order } satisfies WorkOrderNotice);
  const workorders = openWorkOrders({ storage, clock, announce });
  const { identity, firstPassword } = await openIdentity({ storage, cluster, clock, adminPassword });
  const endpoints = desk({ storage, cluster, workorders, log: quiet, sweepSeconds: 0.05 });
  /** What the bot does when a customer has reported. */
  async function file(given: Filed) {
    const order = await write(given);
    announce('created', order);
    return order;
  }
  /** The same, by a replica that dies before it can tell anybody. */
  async function write(given: Filed) {
    const order = { ...plainOrder(clock().toISOString()), ...given };
    await storage.commit((tx) => insertOrder(tx, { order, openKey: order.number }));
    return order;
  }
  async function close() {
    await endpoints.close?.();
    await cluster.close();
    await storage.close();
    await rm(dataDir, { recursive: true });
  }
  return { storage, cluster, clock, time, workorders, file, write, identity, firstPassword, desk: endpoints, close };
}

export type Parts = Awaited<ReturnType<typeof openParts>>;

const plainOrder = (now: string): Omit<WorkOrder, 'number'> => ({
  type: 'fault',
  intent: 'fault.report',
  status: 'accepted',
  urgent: false,
  anonymous: false,
  photos: [],
  facts: {},
  marks: [],
  reminders: 0,
  createdAt: now,
  updatedAt: now,
  channel: 'web',
  conversationId: 'conversation-1',
});
