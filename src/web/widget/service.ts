import { type Frame, readFrame } from './activity.ts';
import type { Memory, Outgoing, Session } from './memory.ts';

/** `later`: try again; `refused`: this message never; `gone`: the conversation is no more. */
export type Trouble = 'later' | 'refused' | 'gone';

export class Failure extends Error {
  readonly trouble: Trouble;
  /** The server was reached and stumbled: over this very request, perhaps. */
  readonly stumbled: boolean;
  constructor(trouble: Trouble, status = 0) {
    super(`${trouble} ${status}`);
    this.trouble = trouble;
    this.stumbled = status >= 500;
  }
}

export const troubleOf = (fault: unknown): Trouble => (fault instanceof Failure ? fault.trouble : 'later');

interface Reply {
  status: number;
  body: unknown;
}

export type Service = ReturnType<typeof openService>;

const second = 1000;

function checked({ status, body }: Reply): unknown {
  if (status < 300) return body;
  if (status === 401 || status === 403 || status === 404) throw new Failure('gone', status);
  throw new Failure(status === 408 || status === 429 || status >= 500 ? 'later' : 'refused', status);
}

async function request(url: string, init: RequestInit & { json?: unknown }): Promise<Reply> {
  try {
    const signal = AbortSignal.timeout?.(20 * second);
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await fetch(url, { ...init, headers, signal });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    throw new Failure('later');
  }
}

/** fetch can't tell how far an upload is, and a customer on a weak line wants to see it move. */
function upload(url: string, token: string, form: FormData, progress: (part: number) => void): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', url);
    xhr.setRequestHeader('authorization', `Bearer ${token}`);
    xhr.timeout = 180 * second;
    xhr.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    xhr.onload = () => resolve({ status: xhr.status, body: {} });
    xhr.onerror = xhr.ontimeout = () => reject(new Failure('later'));
    xhr.send(form);
  });
}

/** Two tabs that begin at once must share one conversation; where locks are missing (plain http) the later one wins. */
const oneTabAtATime = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request('gridtalk', work) : work();

export const activityOf = (item: Outgoing, locale: string) => ({
  type: 'message',
  text: item.text,
  textFormat: 'plain',
  locale,
  value: item.value,
  channelData: { clientActivityID: item.id },
  entities: item.place && [{ type: 'Place', geo: { type: 'GeoCoordinates', ...item.place } }],
});

/** Direct Line 3.0 over HTTP: every call has a live token, renewed once when the server refuses it. */
export function openService(base: string, memory: Memory, locale: string) {
  const root = `${base}/v3/directline`;
  let renewing: Promise<Session> | undefined;

  function keep(body: unknown): Session {
    const {
      conversationId,
      token,
      expires_in: life,
    } = body as { conversationId: string; token: string; expires_in: number };
    const session = {
      conversationId,
      token,
      renewAt: Date.now() + life * second * 0.5,
      endsAt: Date.now() + life * second * 0.95,
    };
    memory.keepSession(session);
    return session;
  }

  const post = (url: string, json: unknown, headers?: Record<string, string>) =>
    request(url, { method: 'POST', body: JSON.stringify(json), headers }).then(checked);
  const bearer = (session: Session) => ({ authorization: `Bearer ${session.token}` });

  /** A live token refreshes itself, a dead one may still resume its conversation; else a new conversation begins. */
  function waysIn(saved: Session | undefined): (() => Promise<unknown>)[] {
    const begin = () => post(`${base}/api/widget/token`, {});
    if (!saved) return [begin];
    const { conversationId, token } = saved;
    const resume = () => post(`${base}/api/widget/token`, { conversationId, token });
    const refresh = () => post(`${root}/tokens/refresh`, {}, bearer(saved));
    return Date.now() < saved.endsAt ? [refresh, resume, begin] : [resume, begin];
  }

  async function obtain(stale: string | undefined): Promise<Session> {
    const saved = memory.session();
    if (saved && saved.token !== stale) return saved;
    for (const way of waysIn(saved)) {
      try {
        return keep(await way());
      } catch (fault) {
        if (troubleOf(fault) === 'later') throw fault;
      }
    }
    throw new Failure('later');
  }

  function renew(stale: string | undefined): Promise<Session> {
    renewing ??= oneTabAtATime(() => obtain(stale)).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function session(): Promise<Session> {
    const saved = memory.session();
    if (saved && Date.now() < saved.renewAt) return saved;
    return renew(saved?.token).catch((fault) => {
      if (saved && Date.now() < saved.endsAt) return saved;
      throw fault;
    });
  }

  async function authorised(work: (session: Session) => Promise<Reply>): Promise<unknown> {
    const first = await session();
    let reply = await work(first);
    if (reply.status === 401 || reply.status === 403) {
      const next = await renew(first.token);
      if (next.conversationId !== first.conversationId) throw new Failure('gone');
      reply = await work(next);
    }
    // Only our own: another tab may have begun the next conversation already.
    if (reply.status === 404 && memory.session()?.conversationId === first.conversationId) memory.forgetSession();
    return checked(reply);
  }

  const conversation = (session: Session) => `${root}/conversations/${encodeURIComponent(session.conversationId)}`;

  return {
    session,
    async activities(watermark: string): Promise<Frame> {
      const query = `/activities?watermark=${encodeURIComponent(watermark)}`;
      return readFrame(await authorised((each) => request(conversation(each) + query, { headers: bearer(each) })));
    },
    /** The address the server names may be what it sees behind a proxy; ours is what this browser can reach. */
    async streamUrl(watermark: string): Promise<string> {
      const query = `?watermark=${encodeURIComponent(watermark)}`;
      const body = await authorised((each) => request(conversation(each) + query, { headers: bearer(each) }));
      const url = new URL((body as { streamUrl: string }).streamUrl, base);
      return base.replace(/^http/, 'ws') + url.pathname + url.search;
    },
    async send(item: Outgoing, picture?: Blob, progress: (part: number) => void = () => undefined): Promise<void> {
      const activity = activityOf(item, locale);
      if (!picture) {
        const body = JSON.stringify(activity);
        const headers = bearer;
        await authorised((each) =>
          request(`${conversation(each)}/activities`, { method: 'POST', body, headers: headers(each) }),
        );
        return;
      }
      const form = new FormData();
      const attachments = [{ contentType: picture.type, name: item.picture }];
      const json = JSON.stringify({ ...activity, attachments });
      form.append('activity', new Blob([json], { type: 'application/vnd.microsoft.activity' }), 'blob');
      form.append('file', picture, item.picture);
      await authorised((each) => upload(`${conversation(each)}/upload`, each.token, form, progress));
    },
    /**
     * A picture that our server keeps, as bytes of this page: a strict CSP allows `blob:` on whatever site the widget
     * stands. As with streams, the host is the one this browser can reach; pictures from elsewhere are not fetched.
     */
    async picture(url: string): Promise<Blob> {
      const { pathname, search } = new URL(url, base);
      if (!pathname.startsWith('/v3/directline/uploads/')) throw new Failure('refused');
      const response = await fetch(base + pathname + search);
      if (!response.ok) throw new Failure('later');
      return response.blob();
    },
  };
}
