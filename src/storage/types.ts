/** How each database spells the few column types that the schema uses; nullable columns add nothing, others `not null`. */
export interface ColumnTypes {
  /** Compared by its bytes on both, whatever the server's language. */
  text: string;
  integer: string;
  /** Read as a number: times and counters stay far below 2^53. */
  bigint: string;
  bytes: string;
  /** At the end of a table. */
  strict: string;
  /** The same for a small table that is only ever reached by its primary key (for long rows a row id measured a quarter faster). */
  byKey: string;
}

export const columnTypes: Record<'sqlite' | 'postgresql', ColumnTypes> = {
  sqlite: {
    text: 'text',
    integer: 'integer',
    bigint: 'integer',
    bytes: 'blob',
    strict: 'strict',
    byKey: 'strict, without rowid',
  },
  postgresql: {
    text: 'text collate "C"',
    integer: 'integer',
    bigint: 'bigint',
    bytes: 'bytea',
    strict: '',
    byKey: '',
  },
};

/** One step of the schema, the same on both databases. Steps that were released are never edited: add the next one. */
export interface Migration {
  name: string;
  statements(types: ColumnTypes): readonly string[];
}
