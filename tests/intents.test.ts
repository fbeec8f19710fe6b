import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readTaught } from '#intents';

const taught = readTaught(join(fileURLToPath(new URL('..', import.meta.url)), 'intents'));
const said = taught.flatMap(({ id, utterances }) => utterances.map(({ text }) => ({ id, text, key: bare(text) })));

/** What is left when spaces, marks and case are gone. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]+/gu, '') || text;
}

const pairsOf = (key: string) => new Set(Array.from({ length: key.length - 1 }, (_, at) => key.slice(at, at + 2)));

type Row = (typeof said)[number] & { pairs: Set<string> };

/** How many of its character pairs each earlier row shares with this one; then it joins them. */
function sharedWith(row: Row, index: number, holders: Map<string, number[]>): Map<number, number> {
  const shared = new Map<number, number>();
  for (const pair of row.pairs) {
    const list = holders.get(pair) ?? [];
    for (const other of list) shared.set(other, (shared.get(other) ?? 0) + 1);
    list.push(index);
    holders.set(pair, list);
  }
  return shared;
}

/** Pairs of different intents that share most of their character pairs: one of the two is labelled wrongly, or says nothing. */
function nearDuplicates(from: number): string[] {
  const rows: Row[] = said.filter(({ key }) => key.length >= 5).map((row) => ({ ...row, pairs: pairsOf(row.key) }));
  const holders = new Map<string, number[]>();
  return rows.flatMap((row, index) =>
    [...sharedWith(row, index, holders)].flatMap(([at, count]) => {
      const other = rows[at] as Row;
      const likeness = count / (row.pairs.size + other.pairs.size - count);
      return other.id !== row.id && likeness >= from ? [`${row.id} «${row.text}» ~ ${other.id} «${other.text}»`] : [];
    }),
  );
}

describe('what customers say', () => {
  test('is written down often enough for every intent', () => {
    const least = (id: string) => (id === 'none' ? 1200 : /^(chat|control)\./.test(id) ? 80 : 200);
    const few = taught.filter(({ id, utterances }) => utterances.length < least(id));
    expect(few.map(({ id, utterances }) => `${id} ${utterances.length}`)).toEqual([]);
    expect(taught).toHaveLength(45);
  });

  test('is never written down twice', () => {
    const twice = [...Map.groupBy(said, ({ key }) => key).values()].filter((rows) => rows.length > 1);
    expect(twice.map((rows) => rows.map(({ id, text }) => `${id} «${text}»`).join(' = '))).toEqual([]);
  });

  test('is not nearly the same under two intents', () => {
    expect(nearDuplicates(0.7)).toEqual([]);
  });
});
