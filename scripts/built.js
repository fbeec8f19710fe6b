import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (...parts) => fileURLToPath(new URL(join('..', ...parts), import.meta.url));

/** When something in a folder of the checkout was last written, in milliseconds. */
export const newest = (folder) =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

/** Whether dist/ holds the pages as their sources are now. */
export function built() {
  const mark = at('dist/built');
  if (!existsSync(mark)) return false;
  const since = statSync(mark).mtimeMs;
  return ['src/web', 'src/wire'].every((folder) => newest(folder) <= since);
}
