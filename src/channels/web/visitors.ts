import { z } from 'zod';
import { badRequest } from '#errors';
import type { Answer, Call, Route } from '#routes';
import { type Access, foreign, newCustomer } from './access.ts';
import type { WebParts } from './parts.ts';
import { type Customer, tokenLifetime } from './tokens.ts';

const Body = z.union([
  z.object({ conversationId: z.string().min(1).max(128), token: z.string().min(1).max(4096) }),
  z.object({ conversationId: z.undefined().optional(), token: z.undefined().optional() }),
]);

/** Our own widget's way in: anybody may begin a conversation, and come back to it with the token that was given then. */
export function visitorRoutes(parts: WebParts, access: Access): Route[] {
  const handle = (call: Call) => admit(parts, access, call);
  return [{ method: 'POST', path: '/api/widget/token', audience: 'public', crossOrigin: true, body: 'json', handle }];
}

async function admit(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  const body = Body.safeParse(call.body || {});
  if (!body.success) {
    throw badRequest(
      'The body is neither empty nor {conversationId, token}.',
      'Send both to resume, or none to begin.',
    );
  }
  if (!(await isWithinLimit(parts, call.remoteAddress))) return busy();
  const { conversationId, token } = body.data;
  const customer = token ? await returning(access, token, conversationId) : newCustomer();
  await parts.bot.open({ id: customer.conversationId, channel: 'web', customerId: customer.userId });
  const fresh = await access.tokens.issue(customer);
  return { json: { conversationId: customer.conversationId, token: fresh, expires_in: tokenLifetime } };
}

async function returning(access: Access, token: string, conversationId: string): Promise<Customer> {
  const customer = await access.tokens.verifyForResume(token);
  if (customer.conversationId !== conversationId) throw foreign();
  return customer;
}

async function isWithinLimit(parts: WebParts, address: string): Promise<boolean> {
  // A loopback address is our own proxy or this very machine: it stands for everybody and says nothing about one customer.
  if (/^(127\.|::1$|::ffff:127\.)/.test(address)) return true;
  return parts.cluster.allow(`widget-token:${address}`, parts.tokensPerMinute ?? 300, 60);
}

// Only our own widget calls this; Microsoft's client never does, which can't read a 429.
const busy = (): Answer => ({
  status: 429,
  headers: { 'retry-after': '60' },
  json: { error: { code: 'TooMany', message: 'Too many conversations from this address. Try again in a minute.' } },
});
