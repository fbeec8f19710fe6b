import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Dialog, isAsked, type Slot } from '#conversation';
import { SettingsError } from '#errors';
import type { Intent } from '#intents';
import type { Texts } from '#texts';

/** Loads every dialog by listing the folder: there is no register to forget. */
async function importDialogs(folder: string): Promise<Map<string, Dialog>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const entries = await Promise.all(
    files.map(async (file): Promise<[string, Dialog]> => {
      const module = await import(pathToFileURL(join(folder, file)).href);
      return [basename(file, '.ts'), module.default as Dialog];
    }),
  );
  return new Map(entries);
}

const posts = new WeakMap<ReadonlyMap<string, Dialog>, Record<Post, string | undefined>>();
type Post = 'takes' | 'begins' | 'binds' | 'follows';

/** The dialog that takes a danger, that also begins with one, that proves accounts, or that follows orders up, by what it declares of itself. */
export function dialogThat(dialogs: ReadonlyMap<string, Dialog>, post: Post): string | undefined {
  const known = posts.get(dialogs);
  if (known) return known[post];
  const found = (is: (dialog: Dialog) => boolean) => [...dialogs].find(([, dialog]) => is(dialog))?.[0];
  const made = {
    takes: found(({ danger }) => danger === 'takes'),
    begins: found(({ danger }) => danger === 'begins'),
    binds: found(({ binds }) => binds === true),
    follows: found(({ follows }) => follows === true),
  };
  posts.set(dialogs, made);
  return made[post];
}

/** The keys that the product itself says of a dialog, beside those its hooks say. */
function keysOf({ slots, says, confirm, binds }: Dialog): string[] {
  const ofSlots = Object.entries(slots).flatMap(([name, slot]) => [
    ...asked(name, slot),
    ...(slot.enough ? [`more.${name}`] : []),
    ...(slot.show && confirm ? [`slot.${name}`] : []),
  ]);
  return [...says, ...ofSlots, ...(confirm ? ['confirm'] : []), ...(binds ? ['first'] : [])];
}

/** How a slot is asked for, or hinted at. */
function asked(name: string, { asking, proof, buttons = [] }: Slot): string[] {
  if (asking === 'never') return [];
  if (asking === 'hinted') return [`hint.${name}`];
  const again = isAsked({ asking }) && !proof;
  return [...(proof ? [] : [`ask.${name}`]), ...(again ? [`again.${name}`] : []), ...buttons];
}

/** Keys a dialog's own file may use beside those it must: labels by which a field is named, kinds of fault, overrides. */
const allowed = (key: string) =>
  /^(slot|kind|choice|ask|again|more|hint|aside)\.|\.brief$/.test(key) ||
  /^(cancelled|noted|stuck|time|offer(\.many)?)$/.test(key);

function faultsOf(id: string, dialog: Dialog, intents: ReadonlyMap<string, Intent>, texts: Texts): string[] {
  const withheld = intents.get(id)?.signs.withheld ? ['withheld'] : [];
  const wanted = [...keysOf(dialog), ...withheld];
  const missing = wanted.filter((key) => texts.find(id, key) === undefined);
  const unsaid = texts.keys(id).filter((key) => !wanted.includes(key) && !allowed(key));
  return [
    ...(intents.get(id)?.utterances ? [] : [`dialogs/${id}.ts has no utterances: write intents/${id}.yml`]),
    ...missing.map((key) => `dialogs/${id}.ts says ${key}, which has no text: add it to locales/zh-CN/${id}.yml`),
    ...unsaid.map((key) => `locales/zh-CN/${id}.yml has ${key}, which nobody says: remove it or list it under says`),
  ];
}

/** An intent without a dialog must at least have words of its own. `none` is answered by what it leads to. */
const answerless = (intents: ReadonlyMap<string, Intent>, dialogs: ReadonlyMap<string, Dialog>, texts: Texts) =>
  [...intents.keys()]
    .filter((id) => id !== 'none' && !dialogs.has(id) && !texts.has(id, 'answer'))
    .map((id) => `intents/${id}.yml has neither dialogs/${id}.ts nor an answer: in locales/zh-CN/${id}.yml`);

const orphans = (intents: ReadonlyMap<string, Intent>, texts: Texts) =>
  texts
    .files()
    .filter((file) => file !== 'common' && !intents.has(file))
    .map((file) => `locales/zh-CN/${file}.yml belongs to no intent: write intents/${file}.yml or remove it`);

/** A question that is recognised has an answer. */
const unanswered = (intents: ReadonlyMap<string, Intent>, texts: Texts) =>
  [...intents].flatMap(([id, { signs, asides }]) =>
    [
      ...Object.keys(signs).filter((sign) => sign.startsWith('aside.')),
      ...Object.keys(asides).map((key) => `aside.${key}`),
    ]
      .filter((key) => !texts.has(id, key))
      .map((key) => `intents/${id}.yml has ${key}, a question without an answer: add it to locales/zh-CN/${id}.yml`),
  );

/** What is refused outright leads to a text that says so. */
function doorless(intents: ReadonlyMap<string, Intent>, texts: Texts): string[] {
  const { begins = [], ...doors } = intents.get('none')?.signs ?? {};
  const told = Object.keys(doors)
    .filter((door) => texts.has('none', door))
    .flatMap((door) => doors[door] ?? []);
  return begins
    .filter((phrase) => !told.some((part) => phrase.includes(part)))
    .map(
      (phrase) => `intents/none.yml begins with «${phrase}», which none of its signs with a text holds: add it there`,
    );
}

/** @throws SettingsError with every fault of every dialog at once, and those that were `found` before. */
export async function loadDialogs(
  folder: string,
  intents: ReadonlyMap<string, Intent>,
  texts: Texts,
  found: readonly string[] = [],
): Promise<Map<string, Dialog>> {
  const dialogs = await importDialogs(folder);
  const faults = [
    ...[...dialogs].flatMap(([id, dialog]) => faultsOf(id, dialog, intents, texts)),
    ...answerless(intents, dialogs, texts),
    ...orphans(intents, texts),
    ...doorless(intents, texts),
    ...unanswered(intents, texts),
    ...found,
  ];
  if (faults.length) throw new SettingsError(faults);
  return dialogs;
}
