import { createHash } from 'node:crypto';
import { Undeliverable } from '#delivery';
import type { Log } from '#log';
import type { Follower, Passed, TemplateMessage, WechatWays } from '#notices';
import type { TemplateMessage as TemplateBody, WechatApi } from './api.ts';
import { faultAnswers } from './carrier.ts';
import type { Contacts } from './contacts.ts';
import { WechatFault } from './faults.ts';
import { split, textMessage } from './render.ts';

interface Parts {
  api: WechatApi;
  contacts: Contacts;
  clock: () => Date;
  log: Log;
}

/** A notice leaves the customer at least one message of the window for what they asked. */
const reserve = 1;
/** What one line of a template shows, in characters. */
const longestField = 20;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function fitted(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  // No character is shorter than one unit: most fields need no counting, which is slow.
  if (line.length <= longestField) return line;
  const characters = Array.from(graphemes.segment(line), ({ segment }) => segment);
  return characters.length <= longestField ? characters.join('') : `${characters.slice(0, longestField - 1).join('')}…`;
}

/**
 * Each way by which a notice reaches a follower. They throw `Later` where the account must wait, and anything else that a further try
 * may mend; a refusal by this follower or of this way is an answer.
 */
export function noticeSender({ api, contacts, clock, log }: Parts): WechatWays {
  const answered = faultAnswers({ contacts, clock, log });

  /** What no further try helps is an answer here: the notice goes another way, and whose fault it was is logged already. */
  async function passed(
    { openid, conversationId }: Follower,
    send: () => Promise<string | undefined>,
  ): Promise<Passed> {
    try {
      return { is: 'sent', messageId: await send() };
    } catch (fault) {
      if (!(fault instanceof WechatFault)) throw fault;
      const reason = fault.message;
      if (fault.action === 'gone') await contacts.isGone(openid, reason);
      if (fault.action === 'gone') return { is: 'blocked', reason };
      // A template's quota is the day's, not the window's.
      if (fault.action === 'refused' || fault.action === 'window' || fault.action === 'quota')
        return { is: 'closed', reason };
      return answered(fault, openid, conversationId).then(
        () => ({ is: 'sent' }) as const,
        (outcome: unknown) => {
          if (outcome instanceof Undeliverable) return { is: 'closed', reason };
          throw outcome;
        },
      );
    }
  }

  const bodyOf = ({ openid }: Follower, { template, data, url }: TemplateMessage): TemplateBody => ({
    touser: openid,
    template_id: template,
    data: Object.fromEntries(Object.entries(data).map(([field, value]) => [field, { value: fitted(value) }])),
    ...(url && { url }),
  });

  return {
    /** Whether the customer-service window is open, with something left for the customer. */
    async isOpen({ openid, conversationId }) {
      return (await contacts.look(openid, conversationId, reserve)).is === 'granted';
    },
    /** By the customer-service API, which takes no idempotency key: the caller sends one at a time. */
    async service(to, text) {
      const { openid, conversationId } = to;
      const permission = await contacts.take(openid, conversationId, reserve);
      if (permission.is === 'gone') return { is: 'blocked', reason: 'The follower has unsubscribed.' };
      if (permission.is !== 'granted') return { is: 'closed', reason: `The window is ${permission.is}.` };
      const sent = await passed(to, async () => {
        const [first = text] = split(text);
        await api.send(openid, textMessage(first));
        return undefined;
      });
      if (sent.is === 'closed') await contacts.usedUp(openid, conversationId);
      return sent;
    },
    template: (to, message) =>
      passed(to, () => api.template({ ...bodyOf(to, message), client_msg_id: keyOf(message.key) })),
    subscribe: (to, message) => passed(to, () => api.subscribe(bodyOf(to, message))),
  };
}

/** WeChat takes 32 characters. */
const keyOf = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 32);
