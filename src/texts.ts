import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** What we say, by file and key: `locales/zh-CN/fault.report.yml` → `ask.address`. Nested YAML keys are joined by dots. */
export interface Texts {
  /** The words of `key` in `file`, else in common.yml; undefined where neither has it. */
  find(file: string, key: string): string | undefined;
  /** @throws if the key is nowhere: boot has checked every key a dialog says, so this is a fault of ours. */
  say(file: string, key: string, facts?: Facts): string;
  files(): string[];
  keys(file: string): string[];
}

export type Facts = Readonly<Record<string, string | number | undefined>>;

type Tree = { [key: string]: string | Tree };
const Tree: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), Tree])));

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value.trim()]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Reads one language's folder. @throws with the file's name where it is not a tree of strings. */
export function readTexts(folder: string): Texts {
  const files = new Map<string, Map<string, string>>();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.yml'))) {
    const tree = Tree.safeParse(parse(readFileSync(join(folder, name), 'utf8')) ?? {});
    if (!tree.success) throw new Error(`${join(folder, name)} must hold only texts: ${z.prettifyError(tree.error)}`);
    files.set(basename(name, '.yml'), new Map(flatten(tree.data)));
  }
  const find = (file: string, key: string) => files.get(file)?.get(key) ?? files.get('common')?.get(key);
  return {
    find,
    say(file, key, facts = {}) {
      const text = find(file, key);
      if (text === undefined) throw new Error(`No text ${key} in ${folder}/${file}.yml or common.yml; add it there.`);
      return fill(text, facts);
    },
    files: () => [...files.keys()],
    keys: (file) => [...(files.get(file)?.keys() ?? [])],
  };
}

/** `{name}` becomes the fact; a line whose only facts are all unknown is left out, so that texts need no conditions. */
function fill(text: string, facts: Facts): string {
  const lines = text.split('\n').filter((line) => {
    const names = [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
    return names.length === 0 || names.some((name) => facts[name] !== undefined && facts[name] !== '');
  });
  return lines.join('\n').replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
