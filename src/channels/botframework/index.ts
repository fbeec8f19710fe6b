import type { Bot } from '#bot';
import type { Carrier, Delivery } from '#delivery';
import type { Endpoints as Routes } from '#routes';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import type { DoorParts } from './door.ts';
import { openReferences } from './references.ts';

interface Parts extends DoorParts {
  storage: Storage;
  clock: () => Date;
}

interface ChannelParts {
  bot: Bot;
  texts(): Texts;
  delivery: Pick<Delivery, 'nudge'>;
}

/** The Bot Framework: what sends for it, and, once there is a bot, the door through which its channels come. */
export interface BotFramework {
  carriers: Readonly<Record<string, Carrier>>;
  channel(parts: ChannelParts): Routes;
}

export async function openBotFramework({ storage, clock, ...parts }: Parts): Promise<BotFramework> {
  // Only where it is on: the connector costs memory and time at every start.
  const [{ Door }, { botFrameworkCarrier, topic }, { botFrameworkChannel }] = await Promise.all([
    import('./door.ts'),
    import('./carrier.ts'),
    import('./channel.ts'),
  ]);
  const references = openReferences(storage, clock);
  const door = new Door(parts);
  return {
    carriers: { [topic]: botFrameworkCarrier(door, references, clock, parts.log) },
    channel: (more) => botFrameworkChannel({ settings: parts.settings, door, references, storage, clock, ...more }),
  };
}
