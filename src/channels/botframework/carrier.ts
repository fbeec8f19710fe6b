import type { Activity } from 'botbuilder-core';
import { z } from 'zod';
import { type Carrier, Later, type Parcel, Undeliverable } from '#delivery';
import type { Log } from '#log';
import type { Door } from './door.ts';
import { orderingKey, type References } from './references.ts';

export const topic = 'botframework.send';

/** One activity for one conversation in the outbox. */
const Letter = z.object({ conversationId: z.string(), activity: z.custom<Partial<Activity>>() });

/** A message to a conversation of this channel, for whoever has something to tell: it leaves with the commit that it is put into. */
export const letter = (conversationId: string, said: Partial<Activity>): Omit<Parcel, 'at'> => ({
  topic,
  orderingKey: orderingKey(conversationId),
  payload: { conversationId, activity: outgoing(said) },
});

/** Only what the channel is to show: the addressing is put on when it leaves. */
const outgoing = ({ text, suggestedActions, replyToId }: Partial<Activity>): Partial<Activity> => ({
  type: 'message',
  text,
  textFormat: 'plain',
  inputHint: 'acceptingInput',
  ...(suggestedActions?.actions.length && { suggestedActions }),
  ...(replyToId && { replyToId }),
});

const minute = 60_000;

/** Sends to whatever address the customer was last heard from. */
export function botFrameworkCarrier(door: Door, references: References, clock: () => Date, log: Log): Carrier {
  return async (payload) => {
    const { conversationId, activity } = Letter.parse(payload);
    const reference = await references.find(conversationId);
    if (!reference) throw new Undeliverable('The customer has removed the bot.');
    try {
      await door.send(reference, activity);
    } catch (fault) {
      throw afterFault(fault, clock().getTime(), log);
    }
  };
}

/** What the outbox is to do, by the connector's status; without one the line was broken. */
function afterFault(fault: unknown, now: number, log: Log): unknown {
  const { statusCode: status, message } = fault as { statusCode?: number; message?: string };
  const told = `The channel answered ${status} ${String(message).slice(0, 200)}`;
  if (status === 429) return new Later(told, now + minute);
  if (status === 401) {
    log.error({ fault }, 'the channel refuses our sign-in: check MICROSOFT_APP_PASSWORD, which may have run out');
    return new Later(told, now + 10 * minute);
  }
  // Blocked, gone, or a message that is none: no further try can help. 408 and 412 are Teams' words for «busy».
  const final = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 412;
  return final ? new Undeliverable(told) : fault;
}
