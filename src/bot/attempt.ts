import { BackendUnavailable } from '#errors';
import type { Scene } from './scene.ts';

/** What `look` finds, or undefined without the utility's system: one that can't be reached keeps nobody from reporting a fault. */
export async function attempt<T>({ parts, conversation }: Scene, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof BackendUnavailable)) throw error;
    parts.log.warn({ error, conversation: conversation.id }, 'went on without a system of the utility');
    return undefined;
  }
}
