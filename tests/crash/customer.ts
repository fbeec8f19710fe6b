import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

interface Token {
  conversationId: string;
  token: string;
}

export interface Told {
  /** clientActivityID of every message that was acknowledged. */
  acknowledged: string[];
  conversationId: string;
  confirmed: boolean;
}

/** A customer who sends each message again, under the same id, until it is acknowledged: what every good client does. */
export class PatientCustomer {
  /** Where the server is, once it is up: asking a dead one again and again would only keep the next from starting. */
  private readonly base: () => Promise<string>;
  private readonly secret: string;
  private readonly giveUp: () => boolean;

  constructor(base: () => Promise<string>, secret: string, giveUp: () => boolean) {
    this.base = base;
    this.secret = secret;
    this.giveUp = giveUp;
  }

  async report(words: string[]): Promise<Told | undefined> {
    const token = await this.untilAnswered<Token>(() => this.post('/v3/directline/conversations', {}, this.secret));
    if (!token) return undefined;
    const acknowledged: string[] = [];
    for (const text of words) {
      const clientActivityID = randomUUID();
      const body = { type: 'message', from: { id: '' }, text, channelData: { clientActivityID } };
      const path = `/v3/directline/conversations/${token.conversationId}/activities`;
      const receipt = await this.untilAnswered(() => this.post(path, body, token.token));
      if (!receipt) return { acknowledged, conversationId: token.conversationId, confirmed: false };
      acknowledged.push(clientActivityID);
    }
    return { acknowledged, conversationId: token.conversationId, confirmed: true };
  }

  private async post(path: string, body: unknown, token?: string): Promise<Response> {
    return fetch((await this.base()) + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
  }

  private async untilAnswered<T>(send: () => Promise<Response>): Promise<T | undefined> {
    while (!this.giveUp()) {
      try {
        const response = await send();
        if (response.ok) return (await response.json()) as T;
        if (response.status < 500) throw new Error(`refused with ${response.status}: ${await response.text()}`);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('refused')) throw error;
      }
      await pause(50);
    }
    return undefined;
  }
}
