import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { forbidden, GridTalkError } from '#errors';
import type { Upgrade } from '#routes';
import { type Access, foreign, missingToken, unknownConversation } from '../access.ts';
import { isAllowedOrigin, origin } from '../address.ts';
import { prefix, type WebParts } from '../parts.ts';
import { readWatermark } from '../watermark.ts';
import type { Audience } from './audience.ts';
import { Viewer, type Watched } from './viewer.ts';

/** Clients only ever send empty frames; anything longer than this is refused unread. */
const maxFrame = 1024;
const path = new RegExp(`^${prefix}/conversations/([^/?]+)/stream(?:\\?|$)`);

/** `GET /conversations/:id/stream`, upgraded: what is said arrives as it is said. */
export function streamDoor(parts: WebParts, access: Access, audience: Audience): Upgrade & { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrame,
    perMessageDeflate: false,
    clientTracking: false,
  });
  let closing = false;
  const handle = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client may vanish while its token is being read; nobody else listens to this socket yet.
    const vanish = () => socket.destroy();
    socket.on('error', vanish);
    try {
      const watched = await admit(parts, access, request);
      if (closing) throw new GridTalkError('ServiceUnavailable', 503, 'The server is stopping.', 'Connect again.');
      socket.off('error', vanish);
      sockets.handleUpgrade(request, socket, head, (opened) => attend(parts, audience, opened, watched));
    } catch (fault) {
      refuse(parts, socket, fault);
    }
  };
  const close = () => {
    closing = true;
  };
  return { path, handle: (request, socket, head) => void handle(request, socket, head), close };
}

async function admit(parts: WebParts, access: Access, request: IncomingMessage): Promise<Watched> {
  if (!isAllowedOrigin(request, parts.origins ?? [])) {
    throw forbidden(
      'Pages of this origin may not open a stream.',
      'Add the origin to the allowed ones.',
      'OriginRefused',
    );
  }
  const url = new URL(request.url ?? '/', 'http://unused');
  const token = url.searchParams.get('t');
  if (!token) throw missingToken();
  const { conversationId } = await access.tokens.verifyForStream(token);
  if (path.exec(url.pathname)?.[1] !== encodeURIComponent(conversationId)) throw foreign();
  const seq = readWatermark(url.searchParams.get('watermark'));
  if (!(await parts.bot.history(conversationId, seq, 1))) throw unknownConversation();
  return { conversationId, seq, base: origin(request) };
}

function attend(parts: WebParts, audience: Audience, socket: WebSocket, watched: Watched): void {
  const viewer = new Viewer(socket, watched, parts.bot, parts.log);
  socket.on('pong', () => {
    viewer.alive = true;
  });
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    // Empty text frames are the stock client's heartbeat; messages are posted, never sent here.
    if (isBinary || data.length > 0) socket.close(1003, 'messages are posted to /activities');
    viewer.alive = true;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => audience.leave(viewer));
  audience.join(viewer);
}

function refuse(parts: WebParts, socket: Duplex, fault: unknown): void {
  const known = fault instanceof GridTalkError ? fault : undefined;
  if (!known) parts.log.error({ err: fault }, 'a stream could not be opened');
  const status = known?.status ?? 503;
  const error = { code: known?.code ?? 'ServiceUnavailable', message: known?.message ?? 'Try again in a moment.' };
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
