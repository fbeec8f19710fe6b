import type { Said } from '#bot';
import { GridTalkError } from '#errors';
import type { Answer, Call, Route } from '#routes';
import { type Access, unknownConversation } from './access.ts';
import { origin } from './address.ts';
import { prefix, type WebParts } from './parts.ts';
import { present } from './present.ts';
import { takeTurn } from './turn.ts';
import { readWatermark } from './watermark.ts';

const page = 200;
/** The stock client's polling dies after 20 s without an answer. */
const patienceSeconds = 10;

/** Saying something, and hearing by polling what was said. */
export function activityRoutes(parts: WebParts, access: Access): Route[] {
  const open = { audience: 'public', crossOrigin: true, path: `${prefix}/conversations/:id/activities` } as const;
  return [
    { ...open, method: 'GET', handle: (call) => poll(parts, access, call) },
    { ...open, method: 'POST', body: 'json', limit: 256 * 1024, handle: (call) => post(parts, access, call) },
  ];
}

async function post(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  return takeTurn(parts, await access.customer(call), call.body);
}

/** Polling stops for ever on any status but 200, 403 and 404: trouble of ours looks like silence. */
async function poll(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  const after = readWatermark(call.query.get('watermark'));
  try {
    const { conversationId } = await access.customer(call);
    const said = await patiently(parts.bot.history(conversationId, after, page));
    if (!said) throw unknownConversation();
    return { json: present(said, origin(call.raw)) };
  } catch (err) {
    if (err instanceof GridTalkError && err.status < 500 && err.status !== 429) throw err;
    parts.log.error(
      { err, conversationId: call.params.id },
      'history could not be read; the poll answered nothing new',
    );
    return { json: { activities: [], watermark: String(after) } };
  }
}

async function patiently(history: Promise<Said | undefined>): Promise<Said | undefined> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no history within ${patienceSeconds} s`)), patienceSeconds * 1000);
  try {
    return await Promise.race([history, promise]);
  } finally {
    clearTimeout(timer);
  }
}
