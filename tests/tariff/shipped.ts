import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PriceBook } from '#tariff';

const folder = new URL('../../src/backends/demo/prices/', import.meta.url);

export const files = readdirSync(folder);

export const contentOf = (file: string): { books?: unknown[]; changes?: unknown[] } =>
  parse(readFileSync(new URL(encodeURIComponent(file), folder), 'utf8'));

/** Every price book of the demo utility. */
export const books: PriceBook[] = files.flatMap((file) =>
  (contentOf(file).books ?? []).map((book) => PriceBook.parse(book)),
);

export function book(id: string): PriceBook {
  const found = books.find((each) => each.id === id);
  if (!found) throw new Error(`The demo utility ships no price book «${id}».`);
  return found;
}
