interface Page {
  activities: { text: string; from: { role?: string } }[];
  watermark: string;
}

/** Someone at the widget. */
export async function customerOf(url: string) {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const { conversationId, token } = (await (await post('/api/widget/token', {})).json()) as Record<string, string>;
  const bearer = { authorization: `Bearer ${token}` };
  const at = `/v3/directline/conversations/${conversationId}/activities`;
  return {
    say: (text: string) => post(at, { type: 'message', text }, bearer),
    /** What the service said so far, page after page. */
    async heard(): Promise<string[]> {
      const texts: string[] = [];
      for (let watermark = '', more = true; more; ) {
        const answer = await fetch(`${url}${at}?watermark=${watermark}`, { headers: bearer });
        const page = (await answer.json()) as Page;
        texts.push(...page.activities.filter(({ from }) => from.role === 'bot').map(({ text }) => text));
        more = page.activities.length > 0 && page.watermark !== watermark;
        watermark = page.watermark;
      }
      return texts;
    },
  };
}

/** An administrator's requests. */
export async function adminOf(url: string, password: string) {
  const signIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'admin', password }),
  });
  const { csrf } = (await signIn.json()) as { csrf: string };
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  return {
    cookie,
    async ask<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${url}/api/studio${path}`, { method, headers, body: JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as T };
    },
  };
}
