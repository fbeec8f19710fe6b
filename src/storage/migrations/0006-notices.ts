import type { ColumnTypes, Migration } from '../types.ts';

const tables = ({ text, integer, bigint, strict, byKey }: ColumnTypes) => [
  `create table notice (
    id ${text} primary key not null, topic ${text} not null, kind ${text} not null, title ${text} not null, content ${text} not null,
    legal ${integer} not null, status ${text} not null, author ${text} not null, approver ${text}, version ${integer} not null,
    gather_after ${text} not null, gathered_at ${bigint}, created_at ${bigint} not null, updated_at ${bigint} not null,
    finished_at ${bigint}
  ) ${strict}`,
  'create index notice_status on notice (status)',
  'create index notice_newest on notice (created_at)',
  `create table notice_receiver (
    notice ${text} not null, customer_id ${text} not null, conversation_id ${text} not null, channel ${text} not null,
    accounts ${text} not null, status ${text} not null, way ${text} not null, body ${text}, message_id ${text}, reason ${text},
    queued_at ${bigint}, sent_at ${bigint}, done_at ${bigint},
    primary key (notice, customer_id)
  ) ${strict}`,
  'create index notice_receiver_status on notice_receiver (notice, status, customer_id)',
  'create index notice_receiver_message on notice_receiver (message_id) where message_id is not null',
  // A receipt may come before the answer that names its message: it waits here.
  `create table notice_receipt (message_id ${text} primary key not null, outcome ${text} not null, at ${bigint} not null) ${byKey}`,
  `create table notice_event (
    id ${text} primary key not null, notice ${text} not null, at ${bigint} not null, actor ${text} not null, kind ${text} not null,
    data ${text} not null
  ) ${strict}`,
  'create index notice_event_order on notice_event (notice, at)',
  `create table notice_opt_out (
    customer_id ${text} not null, topic ${text} not null, created_at ${bigint} not null, primary key (customer_id, topic)
  ) ${byKey}`,
  `create table outage_stage (
    outage_id ${text} primary key not null, stage ${text} not null, ends_at ${text} not null, at ${bigint} not null,
    notice ${text} not null
  ) ${byKey}`,
  `alter table subscription add column place ${text} not null default ''`,
  'create index subscription_customer on subscription (topic, customer_id)',
];

export const notices: Migration = { name: '0006-notices', statements: tables };
