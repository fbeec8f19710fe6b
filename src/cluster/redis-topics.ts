import type { Redis } from 'ioredis';
import type { Subscription } from './cluster.ts';
import { type Listener, type Listeners, listeners } from './listeners.ts';

/** Fan-out: listeners in this process are told at once, other replicas through Redis, one channel a topic. */
export function redisTopics(commands: Redis, subscriber: Redis, replica: string, prefix: string) {
  const local = listeners();
  const channelOf = (topic: string) => `${prefix}topic:${topic}`;
  const subscriptions = channels(subscriber);

  return {
    publish(topic: string, message: unknown): void {
      // Named first, so that this replica can drop its own message unread.
      const payload = `${replica}\n${JSON.stringify(message) ?? 'null'}`;
      local.tell(topic, message);
      commands.publish(channelOf(topic), payload).catch(() => undefined);
    },
    subscribe(topic: string, listener: Listener): Subscription {
      const mine: Listener = (message) => listener(message);
      if (local.add(topic, mine)) subscriptions.want(channelOf(topic));
      const stop = () => {
        if (local.remove(topic, mine)) subscriptions.drop(channelOf(topic));
      };
      return Object.assign(stop, { ready: subscriptions.ready(channelOf(topic)) });
    },
    /** Listens on a channel of this replica's own, outside the topics. */
    own: (channel: string) => {
      subscriptions.want(channel);
      return subscriptions.ready(channel);
    },
    receive(channel: string, payload: string): void {
      const start = channelOf('');
      if (channel.startsWith(start)) deliver(local, channel.slice(start.length), payload, replica);
    },
    close: () => local.clear(),
  };
}

function deliver(local: Listeners, topic: string, payload: string, replica: string): void {
  const end = payload.indexOf('\n');
  if (payload.slice(0, end) !== replica) local.tell(topic, JSON.parse(payload.slice(end + 1)));
}

/**
 * What should be subscribed, kept here and not in the client: after a lost connection everything that is wanted by then is
 * asked for anew, and nothing queues up meanwhile.
 */
function channels(subscriber: Redis) {
  const wanted = new Map<string, Promise<void>>();
  const connected = () => subscriber.status === 'ready';
  const ask = async (names: readonly string[]) => {
    if (connected() && names.length > 0) await subscriber.subscribe(...names).catch(() => undefined);
  };
  subscriber.on('ready', () => void ask([...wanted.keys()]));
  return {
    want: (channel: string) => void wanted.set(channel, ask([channel])),
    ready: async (channel: string) => wanted.get(channel),
    drop(channel: string) {
      wanted.delete(channel);
      if (connected()) subscriber.unsubscribe(channel).catch(() => undefined);
    },
  };
}
