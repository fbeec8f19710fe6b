import type { ColumnTypes, Migration } from '../types.ts';

const tables = ({ text, integer, bigint, strict, byKey }: ColumnTypes) => [
  `create table inbox (
    id ${text} primary key not null, channel ${text} not null, conversation_id ${text} not null, payload ${text} not null,
    attempts ${integer} not null, due_at ${bigint} not null, created_at ${bigint} not null,
    done_at ${bigint}, dead_at ${bigint}, last_error ${text}
  ) ${strict}`,
  'create index inbox_due on inbox (done_at, due_at)',
  `create table wechat_contact (
    openid ${text} primary key not null, gone ${integer} not null,
    message_at ${bigint} not null, message_used ${integer} not null,
    event_at ${bigint} not null, event_used ${integer} not null
  ) ${byKey}`,
  // What waits for one customer, in order: asked for every parcel that is due.
  'create index outbox_waiting on outbox (ordering_key, created_at) where done_at is null',
];

export const inbox: Migration = { name: '0004-inbox', statements: tables };
