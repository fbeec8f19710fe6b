import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();
const rooms = readdirSync(src).filter((name) => isFolder(join(src, name)) && name !== 'commands');

/** Files at the root of src that put the rooms together; no room may import them. */
const shared = new Set(['errors', 'log', 'routes', 'texts', 'intents', 'config', 'yaml']);

interface Import {
  file: string;
  /** `bot`, `dialogs`, `boot` for the files at the root of src. */
  from: string;
  specifier: string;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function roomOf(file: string): string {
  const path = relative(root, file);
  if (path.startsWith('dialogs/')) return 'dialogs';
  const [, first = ''] = path.split('/');
  return rooms.includes(first) ? first : 'boot';
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|import\s*\(\s*'([^']+)'|(?:^|\n)import\s*'([^']+)'/g,
  );
  return [...found].map((match) => ({
    file: relative(root, file),
    from: roomOf(file),
    specifier: (match[1] ?? match[2] ?? match[3]) as string,
  }));
}

const imports = [...filesIn(src), ...filesIn(join(root, 'dialogs'))].flatMap(importsOf);
const listed = (found: Import[]) => found.map(({ file, specifier }) => `${file} imports ${specifier}`);
const outside = ({ specifier }: Import) => !specifier.startsWith('.') && !specifier.startsWith('#');

describe('the house', () => {
  test('every room has one door', () => {
    const doors = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports as Record<string, string>;
    for (const room of rooms.filter((name) => name !== 'web')) expect(doors[`#${room}`]).toBe(`./src/${room}/index.ts`);
    for (const path of Object.values(doors)) expect(existsSync(join(root, path))).toBe(true);
  });

  test('nobody reaches past a door', () => {
    const reaching = imports.filter(({ file, from, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = roomOf(resolve(root, dirname(file), specifier));
      return target !== from && !(from === 'boot' && target === 'boot');
    });
    expect(listed(reaching)).toEqual([]);
  });

  test('dialogs know #conversation only', () => {
    const strangers = imports.filter(({ from, specifier }) => from === 'dialogs' && specifier !== '#conversation');
    expect(listed(strangers)).toEqual([]);
  });

  test.each(['nlu', 'tariff', 'storage'])('%s imports nothing of ours', (room) => {
    const ours = imports.filter(
      ({ from, specifier }) => from === room && specifier.startsWith('#') && specifier !== '#errors',
    );
    expect(listed(ours)).toEqual([]);
  });

  test('browser code imports the wire only', () => {
    const ours = imports.filter(
      ({ from, specifier }) => from === 'web' && specifier.startsWith('#') && specifier !== '#wire',
    );
    expect(listed(ours)).toEqual([]);
  });

  test.each([
    ['restify', /^restify/, ['src/server.ts', 'src/guards.ts']],
    ['botbuilder', /^bot(builder|framework)/, ['src/bot/', 'src/channels/', 'src/commands/converse.ts']],
    ['SQL drivers', /^(node:sqlite|pg|kysely)(\/|$)/, ['src/storage/']],
    ['Redis', /^ioredis/, ['src/cluster/']],
    ['React', /^(react|antd)/, ['src/web/']],
  ])('only its room knows %s', (_name, pattern, allowed) => {
    const strangers = imports.filter(
      (each) => outside(each) && pattern.test(each.specifier) && !allowed.some((path) => each.file.startsWith(path)),
    );
    expect(listed(strangers)).toEqual([]);
  });

  test('only config.ts reads the environment', () => {
    const readers = filesIn(src)
      .filter((file) => !relative(src, file).startsWith('web/') && /process\.env\b/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(root, file));
    expect(readers).toEqual(['src/config.ts']);
  });

  test('rooms import rooms and what they share, never the files that put them together', () => {
    const allowed = new Set([...rooms, ...shared].map((name) => `#${name}`));
    const strangers = imports.filter(
      ({ from, specifier }) => from !== 'boot' && specifier.startsWith('#') && !allowed.has(specifier),
    );
    expect(listed(strangers)).toEqual([]);
  });

  test('no circles between rooms', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, specifier } of imports)
      if (from !== 'boot' && specifier.startsWith('#'))
        edges.set(from, (edges.get(from) ?? new Set()).add(specifier.slice(1)));
    const circles: string[] = [];
    const walk = (room: string, path: string[]) => {
      if (path.includes(room)) circles.push([...path.slice(path.indexOf(room)), room].join(' → '));
      else for (const next of edges.get(room) ?? []) walk(next, [...path, room]);
    };
    for (const room of edges.keys()) walk(room, []);
    expect(circles).toEqual([]);
  });

  test('the root holds what the README explains, and no more', () => {
    const expected = [
      '.ci',
      '.git',
      '.gitignore',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'biome.json',
      'data',
      'dialogs',
      'dist',
      'docs',
      'intents',
      'jest.config.js',
      'locales',
      'node_modules',
      'package-lock.json',
      'package.json',
      'scripts',
      'src',
      'tests',
      'tsconfig.json',
    ];
    expect(readdirSync(root).filter((name) => !expected.includes(name))).toEqual([]);
  });
});
