import { join } from 'node:path';
import { type Backend, type CodeMessage, demoBackend, httpBackend, type OrderForUtility, readMapping } from '#backends';
import { loadDialogs } from '#bot';
import type { Config } from '#config';
import { readIntents } from '#intents';
import type { Log } from '#log';
import { readTexts, readTranslations } from '#texts';
import { shippedModel, shippedModelFile } from './understanding.ts';

/** All that a release brings: what it understands, says and does. @throws SettingsError with every fault at once. */
export async function readShipped(root: string) {
  const intents = readIntents(join(root, 'intents'));
  const texts = readTexts(join(root, 'locales/zh-CN'));
  const translations = readTranslations(join(root, 'locales'));
  const dialogs = await loadDialogs(join(root, 'dialogs'), intents, texts, translations.faults(texts));
  const modelFile = shippedModelFile(root);
  return { intents, texts, translations, dialogs, modelFile, model: shippedModel(root, modelFile) };
}

/** The utility's own systems where the settings name them, else the demonstration. */
export function backendFrom({ backend }: Config, clock: () => Date, log: Log): Backend {
  if (!backend) return demoBackend(clock);
  const { mapping, url, token } = backend;
  return httpBackend({ mapping: readMapping(mapping), baseUrl: url, token, clock, log });
}

/** The utility's own names of places; without its directory the reader goes by general rules alone. */
export async function gazetteerOf(backend: Backend, log: Log) {
  try {
    return await backend.directory.gazetteer();
  } catch (error) {
    log.warn(
      { error },
      'the utility’s names of places could not be read; addresses are read by general rules until a restart',
    );
    return undefined;
  }
}

/** What leaves for the utility's systems, by the topic it has in the outbox. */
export const carriersTo = (backend: Backend) => ({
  'backend.order': (order: unknown) => backend.orders.create(order as OrderForUtility),
  'backend.code': (message: unknown) => backend.accounts.sendCode(message as CodeMessage),
});
