import { TurnAdapter } from './adapter.ts';
import { type Bot, conversationTopic } from './contract.ts';
import { readHistory } from './history.ts';
import { notifyCustomer } from './notify.ts';
import { openConversation } from './open.ts';
import type { Parts } from './parts.ts';
import { takeTurn } from './turn.ts';

export * from './contract.ts';
export { loadDialogs } from './dialogs.ts';
export type { Parts } from './parts.ts';

/** The bot on its parts. Messages of one conversation are taken in turn, on whatever replica they arrive. */
export function openBot(parts: Parts): Bot {
  const adapter = new TurnAdapter();
  return {
    open: (opening) => openConversation(parts, opening),
    receive: (incoming) => {
      const id = incoming.activity.conversation?.id ?? '';
      return parts.cluster.inTurn(conversationTopic(id), () => takeTurn(parts, adapter, incoming));
    },
    notify: (said) => parts.cluster.inTurn(conversationTopic(said.conversationId), () => notifyCustomer(parts, said)),
    history: (conversationId, after, limit = 1000) => readHistory(parts.storage.db, conversationId, after, limit),
  };
}
