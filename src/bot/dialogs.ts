import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Dialog, isAsked } from '#conversation';
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

/** The keys that the product itself says of a dialog, beside those its hooks say. */
function keysOf({ slots, says, confirm }: Dialog): string[] {
  const ofSlots = Object.entries(slots).flatMap(([name, slot]) => [
    ...(slot.asking === 'never' ? [] : [`ask.${name}`]),
    ...(isAsked(slot) ? [`again.${name}`] : []),
    ...(slot.enough ? [`more.${name}`] : []),
    ...(slot.show && confirm ? [`slot.${name}`] : []),
    ...(slot.asking === 'never' ? [] : (slot.buttons ?? [])),
  ]);
  return [...says, ...ofSlots, ...(confirm ? ['confirm'] : [])];
}

/** Keys a dialog's own file may use beside those it must: labels by which a field is named, kinds of fault, overrides. */
const allowed = (key: string) => /^(slot|kind|ask|again|more)\./.test(key) || key === 'cancelled' || key === 'stuck';

function faultsOf(id: string, dialog: Dialog, intents: ReadonlyMap<string, Intent>, texts: Texts): string[] {
  const wanted = keysOf(dialog);
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
    .filter((id) => id !== 'none' && !dialogs.has(id) && !texts.keys(id).includes('answer'))
    .map((id) => `intents/${id}.yml has neither dialogs/${id}.ts nor an answer: in locales/zh-CN/${id}.yml`);

const orphans = (intents: ReadonlyMap<string, Intent>, texts: Texts) =>
  texts
    .files()
    .filter((file) => file !== 'common' && !intents.has(file))
    .map((file) => `locales/zh-CN/${file}.yml belongs to no intent: write intents/${file}.yml or remove it`);

/** @throws SettingsError with every fault of every dialog at once. */
export async function loadDialogs(
  folder: string,
  intents: ReadonlyMap<string, Intent>,
  texts: Texts,
): Promise<Map<string, Dialog>> {
  const dialogs = await importDialogs(folder);
  const faults = [
    ...[...dialogs].flatMap(([id, dialog]) => faultsOf(id, dialog, intents, texts)),
    ...answerless(intents, dialogs, texts),
    ...orphans(intents, texts),
  ];
  if (faults.length) throw new SettingsError(faults);
  return dialogs;
}
