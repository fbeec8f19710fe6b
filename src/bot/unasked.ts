import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder-core';
import type { Parts } from './parts.ts';

interface To {
  id: string;
  channel: string;
  customerId: string;
}

/** A message of ours that answers no message: the welcome, a notice. `key`: which of our texts it is. */
export const unasked = (parts: Parts, { id, channel, customerId }: To, key: string, text: string, timestamp: Date) =>
  ({
    ...{ type: 'message', id: randomUUID(), timestamp, channelId: channel, conversation: { id } },
    from: { id: 'gridtalk', name: parts.texts.say('common', 'name'), role: 'bot' },
    recipient: { id: customerId, name: '' },
    ...{ text, textFormat: 'plain', channelData: { key: `common:${key}` } },
  }) as Activity;
