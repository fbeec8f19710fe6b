import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response, Next as Step } from 'restify';

/** Nothing of ours is framed, sniffed or cached by others, and pages load only our own scripts. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const crossOrigin = /^\/(v3\/directline|api\/widget)\//;

/**
 * Runs before routing. Any content-encoding is refused: restify inflates without a limit, and dies of a body that only claims to
 * be gzip (node-restify#1975). Answers preflights of pages on other origins for the customer API.
 */
export function guard(origins: readonly string[]) {
  return (request: Request, response: Response, next: Step): void =>
    next(answered(request, response, origins) ? false : undefined);
}

/** Whether the request is over already: refused, or a preflight. */
function answered(request: Request, response: Response, origins: readonly string[]): boolean {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    refuse(response, 415, 'UnsupportedEncoding', 'Compressed bodies are not taken. Send the body as it is.');
    return true;
  }
  if (!crossOrigin.test(request.url ?? '')) return false;
  allowOrigin(request, response, origins);
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204);
  response.end();
  return true;
}

function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  const { origin } = request.headers;
  if (!origin || (origins.length > 0 && !origins.includes(origin))) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, x-ms-bot-agent, x-requested-with');
  response.setHeader('access-control-max-age', '86400');
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
  });
  response.end(JSON.stringify({ error: { code, message } }));
}
