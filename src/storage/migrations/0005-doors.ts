import type { ColumnTypes, Migration } from '../types.ts';

const tables = ({ text, bigint, strict, byKey }: ColumnTypes) => [
  `create table bot_reference (
    conversation_id ${text} primary key not null, reference ${text} not null, updated_at ${bigint} not null
  ) ${byKey}`,
  `create table resend (
    id ${text} primary key not null, at ${bigint} not null, staff_name ${text} not null, parcel_id ${text} not null,
    topic ${text} not null, reason ${text} not null
  ) ${strict}`,
  // Few among many: the console looks for them.
  'create index outbox_dead on outbox (dead_at) where dead_at is not null',
];

export const doors: Migration = { name: '0005-doors', statements: tables };
