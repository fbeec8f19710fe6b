import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '#routes';

const name = 'gridtalk_session';

export function sessionToken(headers: IncomingHttpHeaders): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || undefined;
}

/** TLS ends here or at the proxy before us; a plain-HTTP start on a developer's machine must still be able to sign in. */
const overTls = (call: Call) =>
  String(call.headers['x-forwarded-proto'] ?? '')
    .split(',')[0]
    ?.trim() === 'https' || (call.raw?.socket as { encrypted?: boolean } | undefined)?.encrypted === true;

// No Max-Age: the server knows when the session ends, and a closed browser ends it too.
const written = (call: Call, value: string) =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${overTls(call) ? '; Secure' : ''}`;

export const sessionCookie = (call: Call, token: string) => ({ 'set-cookie': written(call, token) });
export const noCookie = (call: Call) => ({ 'set-cookie': `${written(call, '')}; Max-Age=0` });
