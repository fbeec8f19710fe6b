import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder-core';
import type { Bot, Incoming } from '#bot';
import type { BotFrameworkSettings } from '#config';
import { type Delivery, enqueue } from '#delivery';
import { forbidden } from '#errors';
import type { Answer, Call, Endpoints } from '#routes';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import { letter } from './carrier.ts';
import type { Door } from './door.ts';
import { type Arrival, readArrival, readSent, type Sent } from './incoming.ts';
import type { References } from './references.ts';

export interface ChannelParts {
  settings: BotFrameworkSettings;
  door: Door;
  references: References;
  storage: Storage;
  bot: Bot;
  texts(): Texts;
  delivery: Pick<Delivery, 'nudge'>;
  clock: () => Date;
}

const limit = 256 * 1024;

/** `/api/messages`: Teams, the Emulator and the other channels of the Bot Framework. What the bot says leaves by the outbox. */
export function botFrameworkChannel(parts: ChannelParts): Endpoints {
  const { settings, door } = parts;
  const appId = settings.is === 'registered' ? settings.appId : '';

  async function receive(call: Call): Promise<Answer> {
    const sent = readSent(call.body);
    if (settings.is === 'development') refuseStrangers(call, sent);
    const logic = (context: TurnContext) => take(parts, sent, readArrival(sent, appId), context);
    const body = await door.hear(sent as unknown as Activity, call.headers.authorization ?? '', logic);
    return { json: body ?? {} };
  }

  return {
    routes: [{ method: 'POST', path: '/api/messages', audience: 'public', body: 'json', limit, handle: receive }],
  };
}

async function take(parts: ChannelParts, sent: Sent, arrival: Arrival, context: TurnContext): Promise<void> {
  const { bot, references } = parts;
  const { wish, conversationId: id, customerId } = arrival;
  if (wish.is === 'nothing') return;
  if (wish.is === 'gone') return references.drop(id);
  await references.keep(id, sent, arrival.userId);
  if (wish.is === 'unread') return note(parts, sent, arrival, context);
  if (!(await bot.history(id, 0, 1))) await bot.open({ id, channel: 'botframework', customerId, ...welcomed(arrival) });
  if (wish.is === 'greeting') return;
  const { replies } = await bot.receive(turnOf(parts, sent, arrival, wish.text));
  if (expectsReplies(sent)) await context.sendActivities(replies.map(spoken));
}

/** Who writes first has their answer; the welcome is for those who were only added. */
const welcomed = ({ wish, conversationId }: Arrival) =>
  wish.is === 'greeting' && { posts: (said: readonly Activity[]) => said.map((each) => letter(conversationId, each)) };

/** Some callers want the answer in the very answer of their call. */
const expectsReplies = ({ deliveryMode }: Sent) => deliveryMode === 'expectReplies';

function turnOf({ clock }: ChannelParts, sent: Sent, arrival: Arrival, text: string): Incoming {
  const { conversationId: id, customerId } = arrival;
  const activity = {
    type: 'message',
    id: randomUUID(),
    timestamp: clock(),
    channelId: 'botframework',
    conversation: { id, isGroup: false, conversationType: 'personal', name: '' },
    from: { id: customerId, name: '', role: 'user' },
    recipient: { id: 'gridtalk', name: '', role: 'bot' },
    ...{ text, textFormat: 'plain' },
  };
  const posts = (said: readonly Activity[]) =>
    expectsReplies(sent) ? [] : said.map((each) => letter(id, { ...each, replyToId: sent.id }));
  return { activity, dedupeKey: arrival.key ?? randomUUID(), posts };
}

/** What the bot can't read is answered without a turn, once. */
async function note(parts: ChannelParts, sent: Sent, { wish, key, conversationId }: Arrival, context: TurnContext) {
  if (wish.is !== 'unread') return;
  const text = parts.texts().say('common', wish.answer);
  if (expectsReplies(sent)) return void (await context.sendActivities([{ type: 'message', text }]));
  const post = letter(conversationId, { text, replyToId: sent.id });
  await parts.storage.commit((tx) =>
    enqueue(tx, { ...post, at: parts.clock().getTime(), id: `${conversationId}-${key ?? randomUUID()}` }),
  );
  parts.delivery.nudge();
}

const spoken = ({ text, suggestedActions }: Activity): Partial<Activity> => ({
  type: 'message',
  text,
  textFormat: 'plain',
  ...(suggestedActions?.actions.length && { suggestedActions }),
});

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/** Without sign-in, only programs on this machine: none behind a proxy, no web page, and no address elsewhere to answer to. */
function refuseStrangers({ remoteAddress, headers }: Call, { serviceUrl }: Sent): void {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(serviceUrl).hostname);
  const direct = !headers['x-forwarded-for'] && !headers.forwarded && !headers.origin;
  if (!loopback.test(remoteAddress) || !local || !direct)
    throw forbidden('GRIDTALK_BOT_DEV lets in only programs on this machine.', 'Set MICROSOFT_APP_ID for others.');
}
