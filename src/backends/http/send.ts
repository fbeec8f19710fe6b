import { Fault } from './fault.ts';

export interface Call {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: unknown;
}

export interface Reply {
  status: number;
  answer: unknown;
}

async function textOf(response: Response, most: number): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > most) throw new Fault('unreadable', `answered with more than ${most} bytes`, false, { most });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string, status: number): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    if (status >= 300) return undefined;
    throw new Fault('unreadable', 'answered with something that is no JSON', true, { status, length: text.length });
  }
}

/** One request, one answer, within the time; whatever goes wrong is a Fault. Redirects are refused: they would carry the token away. */
export async function send(call: Call, milliseconds: number, most: number): Promise<Reply> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: {
        accept: 'application/json',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...call.headers,
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      redirect: 'error',
      signal,
    });
    const { status } = response;
    return { status, answer: jsonOf(await textOf(response, most), status) };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (signal.aborted) throw new Fault('slow', `no answer within ${Math.round(milliseconds)} ms`, true);
    const { code } = ((cause as Error).cause ?? {}) as { code?: string };
    throw new Fault('unreachable', `not reached${code ? ` (${code})` : ''}`, true, { code });
  }
}
