import type { ColumnTypes, Migration } from '../types.ts';

const tables = ({ text, integer, bigint, strict, byKey }: ColumnTypes) => [
  `create table binding (
    customer_id ${text} not null, account_number ${text} not null, created_at ${bigint} not null,
    primary key (customer_id, account_number)
  ) ${byKey}`,
  `create table proof (
    id ${text} primary key not null, customer_id ${text} not null, account_number ${text} not null, code_hash ${text} not null,
    matched ${integer} not null, wrong ${integer} not null, used ${integer} not null, created_at ${bigint} not null
  ) ${strict}`,
  'create index proof_customer on proof (customer_id, created_at)',
  'create index proof_account on proof (account_number, created_at)',
  `create table look_up (
    id ${text} primary key not null, at ${bigint} not null, customer_id ${text} not null, conversation_id ${text} not null,
    account_number ${text} not null, what ${text} not null
  ) ${strict}`,
  'create index look_up_account on look_up (account_number, at)',
  `create table sealed_contact (number ${text} primary key not null, phone ${text}, name ${text}) ${byKey}`,
];

export const customers: Migration = { name: '0003-customers', statements: tables };
