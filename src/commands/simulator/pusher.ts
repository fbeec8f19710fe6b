import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, decrypt, encrypt, signature } from './envelope.ts';
import { answerField, type PushFields, toJson, toXml } from './messages.ts';

/** How one push went, over all its deliveries. */
export interface Pushed {
  /** answered: a text to show; silent: «success»; failed: the customer sees «该公众号提供的服务出现故障». */
  outcome: 'answered' | 'silent' | 'failed';
  /** What is shown: the first answer that arrived. */
  text?: string;
  /** Every text that any delivery was answered with. */
  texts: string[];
  /** Every delivery's way: a text, silence, or what went wrong. */
  deliveries: string[];
  /** Milliseconds of the delivery that was answered. */
  milliseconds: number;
}

export interface PusherOptions {
  account: Account;
  target: () => string;
  mode: 'plain' | 'compatible' | 'safe';
  notation: 'xml' | 'json';
  /** Milliseconds after which a connection is cut (5000). */
  cutOff: number;
  tries: number;
  /** Milliseconds before the next try where nobody answered at all. */
  between: number;
}

type Answered = { text: string } | { silent: true } | { wrong: string };

/** Posts to the account as WeChat does: signed, sealed, cut off after five seconds, three times in all. */
export function openPusher(options: PusherOptions) {
  const { account, mode, notation, cutOff, tries, between } = options;

  function envelope(fields: PushFields): { query: string; body: string } {
    const write = notation === 'json' ? toJson : toXml;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(Math.floor(Math.random() * 1e10));
    const query = new URLSearchParams({ timestamp, nonce, openid: String(fields.FromUserName) });
    query.set('signature', signature(account.token, timestamp, nonce));
    if (mode === 'plain') return { query: query.toString(), body: write(fields) };
    const sealed = encrypt(account, write(fields));
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', signature(account.token, timestamp, nonce, sealed));
    const open = mode === 'compatible' ? fields : { ToUserName: fields.ToUserName ?? '' };
    return { query: query.toString(), body: write({ ...open, Encrypt: sealed }) };
  }

  /** The answer without its envelope. @throws where WeChat would not take it */
  function opened(body: string): string {
    const sealed = answerField(body, 'Encrypt');
    if (mode !== 'compatible' && (mode === 'safe') !== (sealed !== undefined)) throw new Error('sealed or not');
    if (sealed === undefined) return body;
    if (!isSigned(body, sealed)) throw new Error('signature');
    return decrypt(account, sealed);
  }

  function readAnswer(body: string, fields: PushFields): Answered {
    if (body === '' || body === 'success') return { silent: true };
    try {
      const plain = opened(body);
      if (answerField(plain, 'ToUserName') !== fields.FromUserName) return { wrong: 'receiver' };
      if (answerField(plain, 'FromUserName') !== fields.ToUserName) return { wrong: 'sender' };
      const text = answerField(plain, 'Content') ?? '';
      return Buffer.byteLength(text) > 2048 ? { wrong: 'longer than 2048 bytes' } : { text };
    } catch (error) {
      return { wrong: String(error) };
    }
  }

  const isSigned = (body: string, sealed: string) =>
    answerField(body, 'MsgSignature') ===
    signature(account.token, answerField(body, 'TimeStamp') ?? '', answerField(body, 'Nonce') ?? '', sealed);

  async function tryOnce(fields: PushFields, pushed: Pushed): Promise<Answered> {
    const { query, body } = envelope(fields);
    const began = performance.now();
    const reply = await post(`${options.target()}?${query}`, body, notation, cutOff);
    pushed.milliseconds = performance.now() - began;
    const answer = typeof reply === 'string' ? readAnswer(reply, fields) : { wrong: reply.fault };
    pushed.deliveries.push(wayOf(answer));
    return answer;
  }

  async function deliver(fields: PushFields, pushed: Pushed): Promise<void> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const answer = await tryOnce(fields, pushed);
      if (!('wrong' in answer)) return settle(pushed, answer);
      if (attempt < tries && answer.wrong !== 'cut off') await pause(between);
    }
  }

  return {
    /** `again`: that many milliseconds later the same is delivered once more, answered or not, as WeChat does when an answer was lost. */
    async push(fields: PushFields, again?: number): Promise<Pushed> {
      const pushed: Pushed = { outcome: 'failed', texts: [], deliveries: [], milliseconds: 0 };
      const first = deliver(fields, pushed);
      if (again === undefined) await first;
      else await Promise.all([first, pause(again).then(() => deliver(fields, pushed))]);
      return pushed;
    },
    /** What the account answers when its address is entered at mp.weixin.qq.com. */
    async isConfirmed(): Promise<boolean> {
      const [timestamp, nonce, echostr] = [String(Math.floor(Date.now() / 1000)), '4711', '8675309'];
      const query = { timestamp, nonce, echostr, signature: signature(account.token, timestamp, nonce) };
      const response = await fetch(`${options.target()}?${new URLSearchParams(query)}`).catch(() => undefined);
      return (await response?.text()) === echostr;
    },
  };
}

function wayOf(answer: Answered): string {
  if ('wrong' in answer) return answer.wrong;
  return 'text' in answer ? 'text' : 'success';
}

/** The first answer that arrives is what is shown. */
function settle(pushed: Pushed, answer: { text: string } | { silent: true }): void {
  const text = 'text' in answer ? answer.text : undefined;
  if (text !== undefined) pushed.texts.push(text);
  if (pushed.outcome === 'answered') return;
  pushed.outcome = text === undefined ? 'silent' : 'answered';
  pushed.text = text;
}

function post(url: string, body: string, notation: string, cutOff: number): Promise<string | { fault: string }> {
  const bytes = Buffer.from(body);
  const headers = {
    'content-type': notation === 'json' ? 'application/json' : 'text/xml',
    'content-length': bytes.length,
  };
  return new Promise((resolve) => {
    const call = request(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve(response.statusCode === 200 ? text : { fault: `status ${response.statusCode}` }),
      );
      response.on('error', () => resolve({ fault: 'broken off' }));
    });
    const timer = setTimeout(() => {
      resolve({ fault: 'cut off' });
      call.destroy();
    }, cutOff);
    call.on('close', () => clearTimeout(timer));
    call.on('error', () => resolve({ fault: 'nobody answered' }));
    call.end(bytes);
  });
}
