import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Db, Schema, Storage } from '#storage';

/** Rows that are complete; a test names only what it is about. */
export const conversation = (id: string, change: Partial<Insertable<Schema['conversation']>> = {}) => ({
  id,
  channel: 'web',
  customer_id: 'customer',
  version: 1,
  last_seq: 0,
  state: '{}',
  created_at: 1_790_000_000_000,
  updated_at: 1_790_000_000_000,
  ...change,
});

export const activity = (
  conversationId: string,
  seq: number,
  dedupeKey: string | null = null,
  id: string = randomUUID(),
) => ({
  conversation_id: conversationId,
  seq,
  id,
  role: 'customer' as const,
  dedupe_key: dedupeKey,
  body: '{}',
  created_at: 1_790_000_000_000,
});

export const workOrder = (number: string, openKey: string | null) => ({
  number,
  type: 'fault',
  intent: 'fault.report',
  status: 'filed',
  urgent: 0,
  anonymous: 1,
  fault_kind: null,
  address: '杭州市西湖区文三路199号2幢1单元301室',
  phone: null,
  name: null,
  account_number: null,
  started_at: null,
  started_grain: null,
  capacity: null,
  household: 4,
  grid: null,
  area: null,
  details: '{}',
  conversation_id: 'c',
  channel: 'web',
  open_key: openKey,
  claimed_by: null,
  version: 1,
  created_at: 1_790_000_000_000,
  updated_at: 1_790_000_000_000,
});

export const setting = (storage: Storage, name: string, value: string) =>
  storage.commit((tx) => tx.insertInto('setting').values({ name, value }).execute());

export const settingNames = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name);
