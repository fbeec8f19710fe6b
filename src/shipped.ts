import { join } from 'node:path';
import type { Backend, CodeMessage, OrderForUtility } from '#backends';
import { loadDialogs } from '#bot';
import { readIntents } from '#intents';
import { demoGazetteer } from '#nlu';
import { readTexts, readTranslations } from '#texts';
import { shippedModel } from './understanding.ts';

/** All that a release brings: what it understands, says and does. @throws SettingsError with every fault at once. */
export async function readShipped(root: string) {
  const intents = readIntents(join(root, 'intents'));
  const texts = readTexts(join(root, 'locales/zh-CN'));
  const translations = readTranslations(join(root, 'locales'));
  const dialogs = await loadDialogs(join(root, 'dialogs'), intents, texts);
  return { intents, texts, translations, dialogs, model: shippedModel(root), gazetteer: demoGazetteer };
}

/** What leaves for the utility's systems, by the topic it has in the outbox. */
export const carriersTo = (backend: Backend) => ({
  'backend.order': (order: unknown) => backend.orders.create(order as OrderForUtility),
  'backend.code': (message: unknown) => backend.accounts.sendCode(message as CodeMessage),
});
