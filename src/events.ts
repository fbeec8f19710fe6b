import type { ServerResponse } from 'node:http';
import type { Log } from '#log';
import type { Answer } from '#routes';
import { securityHeaders } from './guards.ts';

type Events = Extract<Answer, { events: unknown }>['events'];

/** Buffered bytes from which on a reader counts as gone: it reconnects and reads the list anew. */
const mostBuffered = 1024 * 1024;
const heartbeatMs = 15_000;

const open = new Set<ServerResponse>();

/** Ends every stream, so that a stop need not wait for readers; browsers come back to whoever listens then. */
export function endEvents(): void {
  for (const response of open) response.end();
}

/** A server-sent-event stream with a heartbeat, so that proxies keep it and a dead reader is noticed. */
export function openEvents(response: ServerResponse, events: Events, log: Log): void {
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  const write = (text: string) => {
    if (response.writableLength > mostBuffered) response.destroy();
    else response.write(text);
  };
  const stop = events((event, data, id) => {
    const identified = id === undefined ? '' : `id: ${id}\n`;
    write(`${identified}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  });
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  open.add(response);
  response.once('close', () => {
    open.delete(response);
    clearInterval(heartbeat);
    stop();
  });
  response.once('error', (error) => log.debug({ error }, 'an event stream broke'));
}
