import type { Incoming, Upload } from '#bot';
import { GridTalkError } from '#errors';
import type { Answer } from '#routes';
import { parseActivity } from './incoming.ts';
import type { WebParts } from './parts.ts';
import type { Customer } from './tokens.ts';

/** From what a customer sent to the answer of the POST, which comes when the turn is on disk. */
export async function takeTurn(
  parts: WebParts,
  who: Customer,
  body: unknown,
  uploads: readonly Upload[] = [],
): Promise<Answer> {
  const { turn, ...incoming } = parseActivity(body, who, parts.clock(), uploads);
  if (!turn) return { json: { id: incoming.activity.id } };
  try {
    const receipt = await parts.bot.receive(incoming);
    return { json: { id: receipt.id } };
  } catch (fault) {
    return failed(parts, incoming, fault);
  }
}

/** Direct Line's word for a bot that failed is 502; the client may send the same again, nothing was changed. */
function failed(parts: WebParts, incoming: Incoming, fault: unknown): Answer {
  if (fault instanceof GridTalkError && fault.status < 500 && fault.status !== 429) throw fault;
  parts.log.error({ err: fault, conversationId: incoming.activity.conversation?.id }, 'a turn failed');
  const error = {
    code: 'BotError',
    message: 'The bot could not take this message. Nothing was changed: send it again.',
  };
  return { status: 502, json: { error } };
}
