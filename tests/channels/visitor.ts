import type { Activity } from 'botbuilder-core';
import { WebSocket } from 'ws';
import type { Target } from './target.ts';

/** What a Direct Line error looks like. */
export interface Refusal {
  error: { code: string; message: string };
}

export interface Reply<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Connection {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
}

export interface Frame {
  activities: Activity[];
  watermark: string;
}

/** One HTTP call; the body of the answer is read as JSON. */
export async function call<T = Refusal>(target: Target, path: string, init: RequestInit = {}): Promise<Reply<T>> {
  const response = await fetch(target.base + path, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export const posted = (body: unknown, token?: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(token && bearer(token)) },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A customer at the level of HTTP. */
export class Visitor {
  readonly target: Target;
  readonly id: string;
  token: string;

  constructor(target: Target, id: string, token: string) {
    this.target = target;
    this.id = id;
    this.token = token;
  }

  get path(): string {
    return `/v3/directline/conversations/${this.id}`;
  }

  say(text: string, more: object = {}): Promise<Reply<{ id: string } & Partial<Refusal>>> {
    return this.post({ type: 'message', text, ...more });
  }

  post(activity: unknown): Promise<Reply<{ id: string } & Partial<Refusal>>> {
    return call(this.target, `${this.path}/activities`, posted(activity, this.token));
  }

  hear(watermark = ''): Promise<Reply<Frame>> {
    return call(this.target, `${this.path}/activities?watermark=${watermark}`, { headers: bearer(this.token) });
  }

  /** What the customer said, as stored. */
  async said(): Promise<Activity[]> {
    return (await this.hear()).body.activities.filter(isCustomer);
  }

  upload(form: FormData): Promise<Reply<{ id: string } & Partial<Refusal>>> {
    return call(this.target, `${this.path}/upload?userId=x`, {
      method: 'POST',
      headers: bearer(this.token),
      body: form,
    });
  }

  connect(watermark = ''): Promise<Reply<Connection>> {
    return call(this.target, `${this.path}?watermark=${watermark}`, { headers: bearer(this.token) });
  }
}

export async function newVisitor(target: Target): Promise<Visitor> {
  const { body } = await call<Connection>(target, '/api/widget/token', posted({}));
  return new Visitor(target, body.conversationId, body.token);
}

/** A socket whose frames are awaited one after the other. */
export class Listener {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  #frames: Frame[] = [];
  #wake: () => void = () => {};

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('message', (data) => {
      this.#frames.push(JSON.parse(String(data)));
      this.#wake();
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  /** The status with which the upgrade was refused, or 101. */
  opened(): Promise<number> {
    const { socket } = this;
    return new Promise((resolve) => {
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      socket.on('error', () => {});
    });
  }

  async frame(): Promise<Frame> {
    while (this.#frames.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#frames.shift()!;
  }

  /** Everything said until it holds what is asked for. */
  async until(enough: (heard: Activity[]) => boolean): Promise<Activity[]> {
    const heard: Activity[] = [];
    while (!enough(heard)) heard.push(...(await this.frame()).activities);
    return heard;
  }
}

/** Messages of customers carry an id that only our tokens give. */
export const isCustomer = (activity: Activity) => activity.from.id.startsWith('dl_');
export const textsOf = (activities: readonly Activity[]) => activities.map((activity) => activity.text);
/** The bot said something after the message with this text. */
export const answered = (text: string) => (heard: Activity[]) => {
  const at = heard.findIndex((activity) => isCustomer(activity) && activity.text === text);
  return at >= 0 && heard.slice(at).some((activity) => !isCustomer(activity));
};

export async function listen(visitor: Visitor, watermark = ''): Promise<Listener> {
  const { body } = await visitor.connect(watermark);
  return new Listener(body.streamUrl);
}
