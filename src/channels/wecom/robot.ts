import { z } from 'zod';

/** Shorter than the outbox's lease allows for. */
const patience = 5000;
/** The most that one markdown message holds, in bytes of UTF-8. */
export const longest = 4096;

/** What an answer of the robot asks of us. */
export type Action =
  /** More than 20 in a minute: it takes none for a while. */
  | 'minute'
  /** The key is not, or no longer, a robot's: an operator must act. */
  | 'operator'
  /** Busy. */
  | 'again'
  /** What we sent is wrong: it will not get better. */
  | 'ours';

/** Codes as WeCom documents them for the webhook and in its list of global codes. */
const actions: Readonly<Record<number, Action>> = {
  [-1]: 'again',
  45009: 'minute',
  45033: 'minute',
  93000: 'operator',
  93008: 'operator',
  40001: 'operator',
  40014: 'operator',
  48002: 'operator',
  60020: 'operator',
};

/** An answer of WeCom that is no success. It never holds the key. */
export class WecomFault extends Error {
  readonly action: Action;

  constructor(code: number, words: string) {
    super(`WeCom answered ${code} ${words.slice(0, 200)}`);
    this.name = 'WecomFault';
    this.action = actions[code] ?? 'ours';
  }
}

const Answer = z.object({ errcode: z.number(), errmsg: z.string().default('') });

/** One message into the group. @throws WecomFault where WeCom refuses it, another error where the line is broken */
export async function post(webhook: string, content: string): Promise<void> {
  const response = await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
    // Its address is fixed by the settings: an answer that leads elsewhere is not followed.
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`WeCom answered with status ${response.status}.`);
  const answer = Answer.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new Error('WeCom answered what can’t be read.');
  const { errcode, errmsg } = answer.data;
  const key = new URL(webhook).searchParams.get('key') ?? '';
  if (errcode !== 0) throw new WecomFault(errcode, errmsg.replaceAll(key, '***'));
}
