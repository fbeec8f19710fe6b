import { badRequest, GridTalkError } from '#errors';

/** SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _ROWID. */
const sqliteUnique = new Set([2067, 1555, 2579]);
const postgresqlUnique = '23505';

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

/** Whether a statement failed since the row is there already, on either database: the loser of a race asks this. */
export const isUniqueViolation = (error: unknown): boolean =>
  field(error, 'code') === postgresqlUnique || sqliteUnique.has(Number(field(error, 'errcode')));

/** Whether PostgreSQL gave up a transaction that may simply be run again: serialization failure or deadlock. */
export const isWorthRetrying = (error: unknown): boolean =>
  field(error, 'code') === '40001' || field(error, 'code') === '40P01';

const reason = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));

export const folderInUse = (dataDir: string, pid: string | undefined) =>
  new GridTalkError(
    'DataFolderInUse',
    503,
    `The data folder ${dataDir} is in use by another GridTalk${pid ? ` (process ${pid})` : ''}.`,
    'Stop that process, or give this one its own folder in GRIDTALK_DATA. Several replicas share a database through DATABASE_URL.',
  );

export const folderUnusable = (dataDir: string, error: unknown) =>
  new GridTalkError(
    'DataFolderUnusable',
    500,
    `The data folder ${dataDir} can't be used: ${reason(error)}.`,
    'Give GRIDTALK_DATA a folder on a local disk that this user may write; if its database is damaged, restore a backup.',
  );

/** The URL is not named: it holds a password. */
export const databaseUnreachable = (error: unknown) =>
  new GridTalkError(
    'DatabaseUnreachable',
    503,
    `PostgreSQL can't be used: ${reason(error)}.`,
    'Check DATABASE_URL, and that the server runs and lets this user create tables.',
  );

export const wrongEncoding = (encoding: string) =>
  new GridTalkError(
    'DatabaseEncoding',
    500,
    `The database's encoding is ${encoding}, which can't hold Chinese text whole.`,
    "Create it anew: CREATE DATABASE gridtalk ENCODING 'UTF8' TEMPLATE template0.",
  );

export const databaseIsNewer = (names: readonly string[]) =>
  new GridTalkError(
    'DatabaseIsNewer',
    500,
    `A newer GridTalk has changed this database (${names.join(', ')}).`,
    'Start that version or a later one, or restore a backup from before the upgrade.',
  );

export const storageClosed = () =>
  new GridTalkError('StorageClosed', 503, 'The database is being closed.', 'Ask again once GridTalk is up.');

export const nestedCommit = () =>
  new GridTalkError(
    'NestedCommit',
    500,
    'A commit was asked for inside the work of another one.',
    'Pass its `tx` on instead: the inner commit would wait for the outer one, and that one for it.',
  );

export const workIsOver = () =>
  new GridTalkError(
    'WorkIsOver',
    500,
    'A statement was run on the `tx` of a commit whose work had already returned.',
    'Await every statement inside the work.',
  );

export const nulInText = () =>
  badRequest(
    'A text holds a NUL character, which no database keeps.',
    'Strip U+0000 where text comes in.',
    'NulInText',
  );
