import type { IncomingMessage } from 'node:http';
import { prefix } from './parts.ts';

/**
 * The server as this very client reached it, `https://host:port`: links to streams and pictures are made for the reader and
 * never stored, or one customer's Host header would end up in another's page.
 */
export function origin(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  if (!/^[\w.:[\]-]{1,255}$/.test(host)) return '';
  return `${isSecure(request) ? 'https' : 'http'}://${host}`;
}

export function streamUrl(request: IncomingMessage, conversationId: string, token: string, watermark: string): string {
  const query = new URLSearchParams({ watermark, t: token });
  const base = origin(request).replace(/^http/, 'ws');
  return `${base}${prefix}/conversations/${encodeURIComponent(conversationId)}/stream?${query}`;
}

/** Browsers send an Origin and can't forge it; anything else has no ambient rights that a foreign page could use. */
export function isAllowedOrigin(request: IncomingMessage, allowed: readonly string[]): boolean {
  const from = request.headers.origin;
  if (from === undefined || allowed.includes('*') || allowed.includes(from)) return true;
  return URL.canParse(from) && new URL(from).host === request.headers.host?.toLowerCase();
}

function isSecure(request: IncomingMessage): boolean {
  const forwarded = String(request.headers['x-forwarded-proto'] ?? '').split(',')[0];
  return forwarded === 'https' || ('encrypted' in request.socket && request.socket.encrypted === true);
}
