import { createHash } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '#errors';
import { cleanText, firstCharacters } from '../web/clean.ts';

const longest = 4000;
const name = z.string().min(1).max(1024);
const isSafe = (url: string) => /^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/i.test(url);

const Account = z.looseObject({ id: name });

/** What of an activity counts; the rest is handed on as it came. */
const Shape = z.looseObject({
  type: z.string().min(1).max(64),
  id: name.optional(),
  channelId: z.string().regex(/^[\w.-]{1,64}$/),
  serviceUrl: z.url().max(1024).refine(isSafe, 'must be https (http only on this machine)'),
  conversation: z.looseObject({ id: name, isGroup: z.boolean().nullish(), conversationType: z.string().nullish() }),
  from: Account,
  recipient: Account,
  text: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string().catch('') })).nullish(),
  membersAdded: z.array(Account).nullish(),
  membersRemoved: z.array(Account).nullish(),
  action: z.string().nullish(),
  deliveryMode: z.string().nullish(),
});
export type Sent = z.infer<typeof Shape>;

/** What one activity asks of us. */
export type Wish =
  | { is: 'text'; text: string }
  /** Nothing that the bot can read: these words of common.yml say what to do instead. */
  | { is: 'unread'; answer: 'botframework.file' | 'botframework.group' }
  | { is: 'greeting' }
  | { is: 'gone' }
  | { is: 'nothing' };

/** One message or event of one customer. */
export interface Arrival {
  /** The same for every delivery of this very activity within its conversation; absent where the channel gives none. */
  key: string | undefined;
  conversationId: string;
  customerId: string;
  userId: string;
  wish: Wish;
}

/** @throws BadRequest where it is no activity. */
export function readSent(body: unknown): Sent {
  const parsed = Shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const what = z.prettifyError(parsed.error);
  throw badRequest(
    `This is no activity of the Bot Framework: ${what}`,
    'Send what its channels send.',
    'MalformedActivity',
  );
}

export function readArrival(sent: Sent, appId: string): Arrival {
  const wish = wishOf(sent);
  const userId = wish.is === 'greeting' ? (newcomer(sent) ?? sent.from.id) : sent.from.id;
  const where = [appId, sent.channelId, sent.conversation.id];
  return {
    key: sent.id,
    conversationId: digest(...where, userId),
    customerId: customerOf(sent, userId, where),
    userId,
    wish,
  };
}

/** Not to be guessed from outside, and it shows nobody's name to those who see conversations. */
const digest = (...parts: string[]) =>
  `bf-${createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 32)}`;

/**
 * Channels that vouch for who is writing: there a customer is known again in a new conversation. Elsewhere a page may say any name, so
 * that what is proved holds for the conversation only.
 */
const vouching = new Set(['msteams', 'm365extensions', 'email', 'sms']);

const customerOf = ({ channelId }: Sent, userId: string, where: string[]) =>
  vouching.has(channelId) ? `${channelId}|${userId}` : digest(...where, userId, 'customer');

const newcomer = ({ membersAdded, recipient }: Sent) => membersAdded?.find(({ id }) => id !== recipient.id)?.id;

function wishOf(sent: Sent): Wish {
  const reader = Object.hasOwn(wishes, sent.type) ? wishes[sent.type] : undefined;
  return reader?.(sent) ?? { is: 'nothing' };
}

const wishes: Readonly<Record<string, (sent: Sent) => Wish | undefined>> = {
  message(sent) {
    // What one asks about an account, all of a group would read.
    if (isGroup(sent)) return { is: 'unread', answer: 'botframework.group' };
    const text = sent.text?.trim() ? sent.text : sent.value;
    if (typeof text === 'string' && text.trim()) return { is: 'text', text: firstCharacters(cleanText(text), longest) };
    return sent.attachments?.length ? { is: 'unread', answer: 'botframework.file' } : undefined;
  },
  conversationUpdate(sent) {
    if (isGroup(sent)) return undefined;
    if (sent.membersRemoved?.some(({ id }) => id === sent.recipient.id)) return { is: 'gone' };
    return newcomer(sent) ? { is: 'greeting' } : undefined;
  },
  installationUpdate: ({ action }) => (action?.startsWith('remove') ? { is: 'gone' } : undefined),
  contactRelationUpdate: ({ action }) => (action === 'remove' ? { is: 'gone' } : undefined),
};

const isGroup = ({ conversation }: Sent) =>
  conversation.isGroup === true || /^(groupChat|channel)$/.test(conversation.conversationType ?? '');
