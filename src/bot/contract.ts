import type { Activity } from 'botbuilder-core';
import type { Parcel } from '#delivery';

/** What is said and must be carried to the customer: it commits with the turn and leaves by the outbox, once. */
export type Posts = (said: readonly Activity[]) => readonly Omit<Parcel, 'at'>[];

/** A message as a channel hands it over: the channel vouches for `conversation.id`, `from.id` and `channelId`. */
export interface Incoming {
  /**
   * `type: 'message'` with `text`, `attachments` (images: `contentUrl` of an upload below) or an entity
   * `{type: 'Place', geo: {latitude, longitude, name}}` for a location.
   */
  activity: Partial<Activity>;
  /** The channel's key of this very message; the same key in the same conversation is never a second turn. */
  dedupeKey: string;
  /** Files that commit with the turn. */
  uploads?: readonly Upload[];
  /** For a channel whose customers do not fetch what was said; not asked for a duplicate. */
  posts?: Posts;
}

export interface Upload {
  id: string;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

export interface Receipt {
  /** Id of the customer's activity as stored; the first one's where this is a duplicate. */
  id: string;
  duplicate: boolean;
  /** What the bot answered, as stored (also for a duplicate). */
  replies: readonly Activity[];
}

export interface Opening {
  id: string;
  channel: 'web' | 'wechat' | 'botframework';
  customerId: string;
  /** Accounts this customer is known to own; offered, masked. */
  accounts?: readonly string[];
  /** Of the welcome, where it is to be carried; not asked where the conversation is there already. */
  posts?: Posts;
}

export interface Telling {
  conversationId: string;
  text: string;
  /** Of this very message, unlike every channel's keys. */
  key: string;
}

export interface Said {
  activities: readonly Activity[];
  /** seq of the last of them, or the `after` that was asked when there is none. */
  lastSeq: number;
}

export interface Bot {
  /** Makes the conversation, with its welcome; does nothing if it is there already. */
  open(opening: Opening): Promise<void>;
  /** One turn: resolves when everything it said and did is on disk. Throws NotFound for an unknown conversation. */
  receive(incoming: Incoming): Promise<Receipt>;
  /**
   * Says something without having been asked: it is part of the conversation once this resolves. The same `key` twice is said once;
   * false where it was there already, or the conversation is unknown.
   */
  notify(said: Telling): Promise<boolean>;
  /** What was said after `seq`, oldest first, or undefined for an unknown conversation. */
  history(conversationId: string, after: number, limit?: number): Promise<Said | undefined>;
}

/** `cluster` topic on which a conversation's new activities (customer's too) appear after their commit, as `Said & {firstSeq}`. */
export const conversationTopic = (conversationId: string) => `conversation:${conversationId}`;
