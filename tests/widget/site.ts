import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openStub, type Stub } from './stub.ts';

/** As strict as a policy gets: what the widget can't do under it, it must not do at all. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const types: Record<string, string> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};

export interface Site {
  url: string;
  close(): Promise<void>;
}

/** The customer page and the widget from `folder`, in front of the stub. */
export async function openStubSite(folder: string, stub: Stub = openStub()): Promise<Site & { stub: Stub }> {
  const server = createServer(async (request, response) => {
    if (await stub.handle(request, response)) return;
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const file = path === '/widget.js' ? path : `customer${path === '/' ? '/index.html' : path}`;
    const bytes = await readFile(join(folder, file)).catch(() => undefined);
    const type = `${types[file.split('.').at(-1) ?? '']}; charset=utf-8`;
    response.writeHead(bytes ? 200 : 404, { 'content-type': type, 'content-security-policy': policy });
    response.end(bytes);
  });
  server.on('upgrade', stub.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    stub,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      stub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
