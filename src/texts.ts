import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '#yaml';

/** What we say, by file and key: `locales/zh-CN/fault.report.yml` → `ask.address`. Nested YAML keys are joined by dots. */
export interface Texts {
  /** The words of `key` in `file`, else in common.yml; undefined where neither has it. */
  find(file: string, key: string): string | undefined;
  /** @throws if the key is nowhere: boot has checked every key a dialog says, so this is a fault of ours. */
  say(file: string, key: string, facts?: Facts): string;
  files(): string[];
  keys(file: string): string[];
  /** Whether `file` has words of its own for `key`, whatever common.yml says. */
  has(file: string, key: string): boolean;
}

export type Facts = Readonly<Record<string, string | number | undefined>>;

/** zh-CN is written; zh-TW is derived from it, with overrides; en is short, and written too. */
export const languages = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof languages)[number];

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
  for (const name of existsSync(folder) ? readdirSync(folder).filter((entry) => entry.endsWith('.yml')) : []) {
    const tree = Tree.safeParse(readYaml(readFileSync(join(folder, name), 'utf8')) ?? {});
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
    has: (file, key) => files.get(file)?.has(key) === true,
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

/** The other languages, each as a view of the texts that are in force (admins edit the written ones). */
export interface Translations {
  of(texts: Texts, language: Language): Texts;
  /** Texts that a language lacks, has in vain or with other facts than the written ones, a line each. */
  faults(texts: Texts): string[];
}

export function readTranslations(folder: string): Translations {
  const own = { 'zh-TW': readTexts(join(folder, 'zh-TW')), en: readTexts(join(folder, 'en')) };
  const phrases = own['zh-TW']
    .keys(phrasesFile)
    .map((phrase) => [phrase, own['zh-TW'].say(phrasesFile, phrase)] as const);
  const traditional = (words: string) =>
    inTraditional(phrases.reduce((text, [from, to]) => text.replaceAll(from, to), words));
  const views = new WeakMap<Texts, Map<Language, Texts>>();
  const view = (texts: Texts, language: Exclude<Language, 'zh-CN'>) =>
    language === 'en'
      ? over(texts, { ...own.en, say: sayInEnglish(own.en) }, (words) => words)
      : over(texts, own['zh-TW'], traditional);
  return {
    of(texts, language) {
      if (language === 'zh-CN') return texts;
      const known = views.get(texts) ?? new Map<Language, Texts>();
      views.set(texts, known);
      const made = known.get(language) ?? view(texts, language);
      known.set(language, made);
      return made;
    },
    faults: (texts) => [
      ...unknown(folder),
      ...missing(texts, own.en),
      ...unlike(texts, own.en),
      ...inVain(texts, own.en, 'en'),
      ...inVain(texts, own['zh-TW'], 'zh-TW'),
    ],
  };
}

/** Its own words first, then the written ones, turned. A file's own Chinese goes before another language's common words. */
function over(texts: Texts, own: Texts, turn: (words: string) => string): Texts {
  const has = (file: string, key: string) =>
    own.has(file, key) || (!texts.has(file, key) && own.find(file, key) !== undefined);
  return {
    ...texts,
    find(file, key) {
      if (has(file, key)) return own.find(file, key);
      const words = texts.find(file, key);
      return words === undefined ? undefined : turn(words);
    },
    say: (file, key, facts) => (has(file, key) ? own.say(file, key, facts) : turn(texts.say(file, key, facts))),
  };
}

/** locales/zh-TW/phrases.yml: words of the trade that a general converter gets wrong, simplified: traditional. */
const phrasesFile = 'phrases';

let converter: ((words: string) => string) | undefined;

/** Loaded when the first customer writes in traditional script: its tables cost memory that most utilities never need. */
function inTraditional(words: string): string {
  converter ??= loadConverter();
  return converter(words);
}

function loadConverter(): (words: string) => string {
  const { Converter } = createRequire(import.meta.url)('opencc-js/cn2t') as typeof import('opencc-js');
  return Converter({ from: 'cn', to: 'tw' });
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const chineseDate = /(?<!\p{Script=Han})(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?(?!\p{Script=Han})/gu;

/** Dates and lists come written for Chinese: «11月18日 21:00» is «18 Nov 21:00», «10月、11月» «October, November»; what stands in Chinese stays. */
function factInEnglish(fact: string): string {
  return fact
    .replaceAll(chineseDate, (_, year?: string, month?: string, day?: string) => {
      const name = months[Number(month) - 1] ?? '';
      return [day, day ? name.slice(0, 3) : name, year].filter(Boolean).join(' ');
    })
    .replaceAll(/(?<!\p{Script=Han})、/gu, ', ')
    .replaceAll(/(?<!\p{Script=Han})；/gu, '; ');
}

/** A fact that is not known leaves no gap between two words. */
const sayInEnglish =
  (own: Texts) =>
  (file: string, key: string, facts: Facts = {}) => {
    const told = Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' ? factInEnglish(fact) : fact,
    ]);
    return own.say(file, key, Object.fromEntries(told)).replaceAll(/^ +/gm, '').replaceAll(/ {2,}/g, ' ');
  };

const unknown = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !(languages as readonly string[]).includes(name))
    .map(({ name }) => `locales/${name} is no language that GridTalk speaks (${languages.join(', ')}): remove it`);

const factsIn = (text = '') => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');

/** A text that tells other facts than the one it is translated from. */
const unlike = (texts: Texts, own: Texts) =>
  texts.files().flatMap((file) =>
    own
      .keys(file)
      .filter((key) => texts.has(file, key) && factsIn(own.find(file, key)) !== factsIn(texts.find(file, key)))
      .map(
        (key) =>
          `locales/en/${file}.yml tells ${factsIn(own.find(file, key)) || 'no facts'} in ${key}, but locales/zh-CN/${file}.yml ${factsIn(texts.find(file, key)) || 'none'}: translate it anew`,
      ),
  );

const missing = (texts: Texts, own: Texts) =>
  texts.files().flatMap((file) =>
    texts
      .keys(file)
      .filter((key) => !own.has(file, key))
      .map((key) => `locales/en/${file}.yml lacks ${key}: translate it there`),
  );

const inVain = (texts: Texts, own: Texts, language: Language) =>
  own
    .files()
    .filter((file) => file !== phrasesFile)
    .flatMap((file) =>
      own
        .keys(file)
        .filter((key) => !texts.has(file, key))
        .map((key) => `locales/${language}/${file}.yml has ${key}, which locales/zh-CN/${file}.yml has not: remove it`),
    );
