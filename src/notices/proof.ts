import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '#storage';
import { receiversAfter } from './present.ts';
import type { Receiver } from './receivers.ts';

const page = 1000;
/** The first line tells what each column is; the words of statuses and ways are those of the wire. */
const head = [
  'customer',
  'accounts',
  'channel',
  'way',
  'outcome',
  'queued_at',
  'sent_at',
  'receipt_at',
  'reason',
  'text',
];

/** Beijing time to the second, as evidence is read. */
const at = (ms: number | null) =>
  ms === null ? '' : `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}+08:00`;

/** Spreadsheets take what begins like a formula for one; digits stay digits. */
const cell = (value: string) => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const lineOf = (row: Receiver) =>
  [
    ...[row.customer_id, (JSON.parse(row.accounts) as string[]).join(' '), row.channel, row.way, row.status],
    ...[at(row.queued_at), at(row.sent_at), at(row.done_at), row.reason ?? '', row.body ?? ''],
  ]
    .map(cell)
    .join(',');

/** Every receiver with what they were told, when, by which way and with which outcome: CSV that spreadsheets open as UTF-8. */
export async function proofOf(db: Db, notice: string): Promise<string> {
  const lines = [head.join(',')];
  for (let after = ''; ; await breathe()) {
    const rows = await receiversAfter(db, notice, after, page);
    lines.push(...rows.map(lineOf));
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = last.customer_id;
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
