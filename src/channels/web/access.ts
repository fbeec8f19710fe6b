import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { forbidden, notFound, unauthorized } from '#errors';
import type { Call } from '#routes';
import type { WebParts } from './parts.ts';
import { type Customer, invalid, makeTokens, type Tokens } from './tokens.ts';

/** Who is calling: a customer by token, or a page's backend by the Direct Line secret. */
export type Caller = { secret: true } | ({ secret: false } & Customer);

export interface Access {
  tokens: Tokens;
  /** Throws 401 without a header and 403 for a token or secret that doesn't hold. */
  caller(call: Call): Promise<Caller>;
  /** The customer of `/conversations/:id/…`; a token of another conversation is refused, also where that one exists. */
  customer(call: Call): Promise<Customer>;
}

export function makeAccess(parts: WebParts): Access {
  const tokens = makeTokens(parts.secret.signing, parts.clock);
  const secretDigest = digest(parts.secret.directLine);
  const caller = async (call: Call): Promise<Caller> => {
    const shown = credential(call);
    if (timingSafeEqual(digest(shown), secretDigest)) return { secret: true };
    return { secret: false, ...(await tokens.verify(shown)) };
  };
  const customer = async (call: Call): Promise<Customer> => {
    const conversationId = call.params.id ?? '';
    const who = await caller(call);
    if (who.secret) return ownerOf(parts, conversationId);
    if (who.conversationId !== conversationId) throw foreign();
    return { conversationId, userId: who.userId };
  };
  return { tokens, caller, customer };
}

/** Not to be guessed; and it begins with the time, so that what is said now lies together in the database. */
const conversationId = () => `${Date.now().toString(36)}-${randomUUID()}`;

export const newCustomer = (userId = `dl_${randomUUID()}`): Customer => ({ conversationId: conversationId(), userId });

export const foreign = () =>
  forbidden(
    'This token belongs to another conversation.',
    'Use the token that came with this conversation.',
    'BadArgument',
  );

export const unknownConversation = () =>
  notFound(
    'There is no such conversation.',
    'Start one with POST /v3/directline/conversations.',
    'ConversationNotFound',
  );

export const missingToken = () =>
  unauthorized('Neither token nor secret was sent.', 'Send the header «Authorization: Bearer <token>».', 'BadArgument');

async function ownerOf(parts: WebParts, conversationId: string): Promise<Customer> {
  const row = await parts.storage.db
    .selectFrom('conversation')
    .select('customer_id')
    .where('id', '=', conversationId)
    .where('channel', '=', 'web')
    .executeTakeFirst();
  if (!row) throw unknownConversation();
  return { conversationId, userId: row.customer_id };
}

function credential(call: Call): string {
  const header = call.headers.authorization;
  if (!header) throw missingToken();
  const shown = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!shown) throw invalid();
  return shown;
}

// Digests have one length whatever is shown, so the comparison tells nothing about the secret.
const digest = (text: string) => createHash('sha256').update(text).digest();
