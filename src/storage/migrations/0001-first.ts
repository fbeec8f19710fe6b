import type { ColumnTypes, Migration } from '../types.ts';

/** `columns('text', 'a', 'b')`: several columns of one type that are always filled. */
const columns = (type: string, ...names: string[]) => names.map((name) => `${name} ${type} not null`).join(', ');
const optional = (type: string, ...names: string[]) => names.map((name) => `${name} ${type}`).join(', ');

const conversations = ({ text, integer, bigint, bytes, strict }: ColumnTypes) => [
  `create table conversation (
    id ${text} primary key not null, ${columns(text, 'channel', 'customer_id')},
    ${columns(integer, 'version', 'last_seq')}, ${columns(text, 'state')}, ${columns(bigint, 'created_at', 'updated_at')}
  ) ${strict}`,
  'create index conversation_customer on conversation (customer_id)',
  `create table activity (
    ${columns(text, 'conversation_id')}, ${columns(integer, 'seq')}, ${columns(text, 'id', 'role')},
    ${optional(text, 'dedupe_key')}, ${columns(text, 'body')}, ${columns(bigint, 'created_at')},
    primary key (conversation_id, seq)
  ) ${strict}`,
  // What the bot says has no key: only customers' messages stand in it.
  'create unique index activity_dedupe on activity (conversation_id, dedupe_key) where dedupe_key is not null',
  `create table upload (
    id ${text} primary key not null, ${columns(text, 'conversation_id', 'name', 'content_type')},
    ${columns(integer, 'size')}, ${columns(bytes, 'bytes')}, ${columns(bigint, 'created_at')}
  ) ${strict}`,
  'create index upload_conversation on upload (conversation_id)',
];

const work = ({ text, integer, bigint, strict }: ColumnTypes) => [
  `create table work_order (
    number ${text} primary key not null, ${columns(text, 'type', 'intent', 'status')}, ${columns(integer, 'urgent', 'anonymous')},
    ${optional(text, 'fault_kind', 'address', 'phone', 'name', 'account_number', 'started_at', 'started_grain', 'capacity')},
    ${optional(integer, 'household')}, ${optional(text, 'grid', 'area')}, ${columns(text, 'details', 'conversation_id', 'channel')},
    ${optional(text, 'open_key', 'claimed_by')}, ${columns(integer, 'version')}, ${columns(bigint, 'created_at', 'updated_at')}
  ) ${strict}`,
  'create unique index work_order_open on work_order (open_key)',
  'create index work_order_newest on work_order (created_at desc)',
  'create index work_order_status on work_order (status, created_at desc)',
  'create index work_order_conversation on work_order (conversation_id)',
  `create table work_order_event (
    id ${text} primary key not null, ${columns(text, 'number')}, ${columns(bigint, 'at')}, ${columns(text, 'actor', 'kind', 'data')}
  ) ${strict}`,
  'create index work_order_event_order on work_order_event (number, at)',
  `create table handoff (
    id ${text} primary key not null, ${columns(text, 'conversation_id', 'reason', 'summary', 'status')}, ${columns(bigint, 'created_at')}
  ) ${strict}`,
  'create index handoff_conversation on handoff (conversation_id)',
  `create table subscription (
    id ${text} primary key not null, ${columns(text, 'conversation_id', 'customer_id', 'topic', 'account_number')},
    ${columns(bigint, 'created_at')}
  ) ${strict}`,
  'create index subscription_conversation on subscription (conversation_id)',
  'create index subscription_topic on subscription (topic, account_number)',
];

const house = ({ text, integer, bigint, strict, byKey }: ColumnTypes) => [
  `create table outbox (
    id ${text} primary key not null, ${columns(text, 'topic', 'ordering_key', 'payload')}, ${columns(integer, 'attempts')},
    ${columns(bigint, 'due_at', 'created_at')}, ${optional(bigint, 'done_at', 'dead_at')}, ${optional(text, 'last_error')}
  ) ${strict}`,
  'create index outbox_due on outbox (done_at, due_at)',
  `create table staff (
    name ${text} primary key not null, ${columns(text, 'display_name', 'password', 'roles')},
    ${columns(integer, 'must_change', 'failures')}, ${columns(bigint, 'locked_until', 'created_at')}
  ) ${byKey}`,
  `create table session (
    id_hash ${text} primary key not null, ${columns(text, 'staff_name', 'csrf')}, ${columns(bigint, 'expires_at', 'created_at')}
  ) ${byKey}`,
  'create index session_expires on session (expires_at)',
  `create table setting (name ${text} primary key not null, ${columns(text, 'value')}) ${byKey}`,
  `create table counter (name ${text} primary key not null, ${columns(bigint, 'value')}) ${byKey}`,
];

export const first: Migration = {
  name: '0001-first',
  statements: (types) => [...conversations(types), ...work(types), ...house(types)],
};
