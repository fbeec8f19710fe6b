import type { ColumnTypes, Migration } from '../types.ts';

const tables = ({ text, integer, bigint, bytes, strict, byKey }: ColumnTypes) => [
  `create table studio_change (
    seq ${integer} primary key not null, at ${bigint} not null, author ${text} not null, kind ${text} not null,
    intent ${text} not null, data ${text} not null
  ) ${strict}`,
  'create index studio_change_kind on studio_change (kind, seq)',
  `create table studio_version (
    number ${integer} primary key not null, status ${text} not null, author ${text} not null, seq ${integer} not null,
    engine ${text} not null, stage ${text} not null, share ${integer} not null, intents ${text} not null,
    report ${text}, failure ${text}, created_at ${bigint} not null, updated_at ${bigint} not null
  ) ${byKey}`,
  `create table studio_model (number ${integer} primary key not null, bytes ${bytes} not null) ${strict}`,
];

export const studio: Migration = { name: '0002-studio', statements: tables };
