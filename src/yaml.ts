import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const kept = new URL('../dist/yaml/', import.meta.url);

/**
 * The tree that a YAML text of a release says. Parsing all of them takes half a second of every start, reading them as JSON a
 * twentieth of it: each tree is kept in dist/ under the hash of its text, so that it can never be another text's. @throws YAMLParseError
 */
export function readYaml(text: string): unknown {
  const file = new URL(`${hash('sha1', text)}.json`, kept);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    const { parse } = createRequire(import.meta.url)('yaml') as typeof import('yaml');
    const tree: unknown = parse(text);
    keep(file, tree);
    return tree;
  }
}

/** Where dist/ may not be written, every start parses. */
function keep(file: URL, tree: unknown): void {
  const half = new URL(`${file.href}.${process.pid}`);
  try {
    mkdirSync(kept, { recursive: true });
    writeFileSync(half, JSON.stringify(tree));
    renameSync(half, file);
  } catch {}
}
