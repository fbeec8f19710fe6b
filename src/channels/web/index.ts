import type { Endpoints } from '#routes';
import { makeAccess } from './access.ts';
import { activityRoutes } from './activities.ts';
import { conversationRoutes } from './conversations.ts';
import type { WebParts } from './parts.ts';
import { Audience } from './stream/audience.ts';
import { streamDoor } from './stream/door.ts';
import { uploadRoutes } from './uploads.ts';
import { visitorRoutes } from './visitors.ts';

export type { WebParts } from './parts.ts';

/** Beside the routes: what operations may ask of the open streams. The channel calls `sweep` and `beat` by itself. */
export interface WebChannel extends Endpoints {
  close(): Promise<void>;
  /** Sockets open on this replica, for /metrics. */
  readonly sockets: number;
  sweep(): Promise<void>;
  beat(): void;
}

const sweepSeconds = 10;
const beatSeconds = 30;

/** Direct Line 3.0 and the widget's token: how web pages talk with the bot, Microsoft's clients and our own alike. */
export function webChannel(parts: WebParts): WebChannel {
  const access = makeAccess(parts);
  const audience = new Audience(parts);
  const door = streamDoor(parts, access, audience);
  const sweep = () => audience.sweep();
  const timers = [
    setInterval(
      () => sweep().catch((err) => parts.log.error({ err }, 'the sweep of streams failed')),
      sweepSeconds * 1000,
    ),
    setInterval(() => audience.beat(), beatSeconds * 1000),
  ];
  for (const timer of timers) timer.unref();
  return {
    routes: [
      ...conversationRoutes(parts, access),
      ...visitorRoutes(parts, access),
      ...activityRoutes(parts, access),
      ...uploadRoutes(parts, access),
    ],
    upgrades: [door],
    get sockets() {
      return audience.size;
    },
    sweep,
    beat: () => audience.beat(),
    async close() {
      for (const timer of timers) clearInterval(timer);
      door.close();
      await audience.close();
    },
  };
}
