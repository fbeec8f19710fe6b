/** Somebody who is signed in at the console. */
export interface Admin {
  name: string;
  cookie: string;
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
}

/** An answer that is no success, as the server words it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export async function signIn(url: string, user: string, password: string): Promise<Admin> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password }),
  });
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    ...{ name: user, cookie },
    async call<T>(method: string, path: string, body?: unknown) {
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json', ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }) },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const isJson = /json/.test(reply.headers.get('content-type') ?? '');
      const content = isJson ? await reply.json() : await reply.text();
      const { error } = content as { error?: { code: string; message: string } };
      if (!reply.ok) throw new Refused(reply.status, error?.code ?? '', error?.message ?? '');
      return content as T;
    },
  };
}

/** A second administrator, as the rule of two persons wants one. */
export async function secondAdmin(url: string, first: Admin, name = 'lihua'): Promise<Admin> {
  const member = { name, displayName: '李华', roles: ['admin'] };
  const { oneTimePassword } = await first.call<{ oneTimePassword: string }>('POST', '/api/staff', member);
  const fresh = await signIn(url, name, oneTimePassword);
  const next = 'another long password';
  await fresh.call('POST', '/api/session/password', { current: oneTimePassword, next });
  return signIn(url, name, next);
}
