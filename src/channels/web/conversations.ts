import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '#errors';
import type { Answer, Call, Route } from '#routes';
import { type Access, newCustomer, unknownConversation } from './access.ts';
import { streamUrl } from './address.ts';
import { prefix, type WebParts } from './parts.ts';
import { type Customer, tokenLifetime, UserId } from './tokens.ts';
import { readWatermark } from './watermark.ts';

const UserBody = z.object({ user: z.object({ id: UserId.optional() }).optional() });

/** Getting a token, beginning a conversation and coming back to it, as Direct Line 3.0 clients know it. */
export function conversationRoutes(parts: WebParts, access: Access): Route[] {
  const open = { audience: 'public', crossOrigin: true } as const;
  return [
    {
      ...open,
      method: 'POST',
      path: `${prefix}/tokens/generate`,
      body: 'json',
      handle: (call) => generate(access, call),
    },
    {
      ...open,
      method: 'POST',
      path: `${prefix}/tokens/refresh`,
      body: 'json',
      handle: (call) => refresh(access, call),
    },
    {
      ...open,
      method: 'POST',
      path: `${prefix}/conversations`,
      body: 'json',
      handle: (call) => begin(parts, access, call),
    },
    { ...open, method: 'GET', path: `${prefix}/conversations/:id`, handle: (call) => resume(parts, access, call) },
    { ...open, method: 'GET', path: `${prefix}/session/getsessionid`, handle: (call) => session(access, call) },
  ];
}

async function generate(access: Access, call: Call): Promise<Answer> {
  const caller = await access.caller(call);
  if (!caller.secret) return renewed(access, caller);
  return renewed(access, newCustomer(userIn(call)));
}

async function refresh(access: Access, call: Call): Promise<Answer> {
  const caller = await access.caller(call);
  if (caller.secret)
    throw badRequest('A secret needs no refreshing.', 'Refresh a token, or generate a new one.', 'BadArgument');
  return renewed(access, caller);
}

async function begin(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  const caller = await access.caller(call);
  const customer = caller.secret ? newCustomer(userIn(call)) : caller;
  const known = (await parts.bot.history(customer.conversationId, 0, 1)) !== undefined;
  if (!known) await parts.bot.open({ id: customer.conversationId, channel: 'web', customerId: customer.userId });
  return { status: known ? 200 : 201, json: await connection(access, call, customer) };
}

async function resume(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  const customer = await access.customer(call);
  if (!(await exists(parts, customer.conversationId))) throw unknownConversation();
  return { json: await connection(access, call, customer) };
}

/** The stock client gives up for ever on a 5xx here, so trouble of ours is no reason to refuse a token that holds. */
async function exists(parts: WebParts, conversationId: string): Promise<boolean> {
  try {
    return (await parts.bot.history(conversationId, 0, 1)) !== undefined;
  } catch (err) {
    parts.log.error({ err, conversationId }, 'conversation could not be looked up');
    return true;
  }
}

/** For sign-in cards, which we don't send; the stock client asks all the same. */
async function session(access: Access, call: Call): Promise<Answer> {
  await access.caller(call);
  return { json: { sessionId: randomUUID() } };
}

async function connection(access: Access, call: Call, customer: Customer) {
  const { conversationId } = customer;
  const seen = readWatermark(call.query.get('watermark'));
  const ticket = await access.tokens.issueForStream(customer);
  return {
    conversationId,
    token: await access.tokens.issue(customer),
    expires_in: tokenLifetime,
    streamUrl: streamUrl(call.raw, conversationId, ticket, seen ? String(seen) : ''),
  };
}

async function renewed(access: Access, customer: Customer): Promise<Answer> {
  const token = await access.tokens.issue(customer);
  return { json: { conversationId: customer.conversationId, token, expires_in: tokenLifetime } };
}

function userIn(call: Call): string | undefined {
  const body = UserBody.safeParse(call.body || {});
  if (body.success) return body.data.user?.id;
  const mend = 'Send {"user": {"id": "dl_…"}}: an id that starts with dl_, of letters, digits and . : @ _ -, or none.';
  throw badRequest(z.prettifyError(body.error), mend, 'BadArgument');
}
