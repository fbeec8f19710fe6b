import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { notFound } from '#errors';
import type { Answer, Call, Endpoints, Route } from '#routes';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Scripts and styles of our own only; pictures may be previews of what the customer is about to send. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

interface Page {
  type: string;
  bytes: Buffer;
  zipped: Buffer;
}

/** Built pages are few and small: they are read once and kept, zipped as well. */
function readPages(folder: string): Map<string, Page> {
  const pages = new Map<string, Page>();
  if (!existsSync(folder)) return pages;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)];
    if (!type) continue;
    const bytes = readFileSync(join(folder, name));
    pages.set(name.replaceAll('\\', '/'), { type, bytes, zipped: gzipSync(bytes) });
  }
  return pages;
}

function answer(page: Page, call: Call): Answer {
  const zip = /\bgzip\b/.test(String(call.headers['accept-encoding'] ?? ''));
  const hashed = /-[\w-]{8,}\.\w+$/.test(call.path);
  return {
    headers: {
      'content-type': page.type,
      'content-security-policy': policy,
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    },
    bytes: zip ? page.zipped : page.bytes,
  };
}

/** The customer page with its widget at `/`, the console at `/console/`. */
export function pages(dist: string): Endpoints {
  const customer = readPages(join(dist, 'customer'));
  const console = readPages(join(dist, 'console'));
  const widget = readPages(dist).get('widget.js');
  const serve = (folder: Map<string, Page>, name: (call: Call) => string) => (call: Call) => {
    const page = folder.get(name(call) || 'index.html');
    if (!page) throw notFound('There is no such page.', 'Pages are built by: npm run build.');
    return answer(page, call);
  };
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, audience: 'public', handle });
  const consolePage = serve(console, (call) => call.path.replace(/^\/console\/?/, ''));
  return {
    routes: [
      get(
        '/',
        serve(customer, () => ''),
      ),
      get(
        '/widget.js',
        serve(new Map(widget ? [['widget.js', widget]] : []), () => 'widget.js'),
      ),
      ...[...customer.keys()]
        .filter((name) => name !== 'index.html')
        .map((name) =>
          get(
            `/${name}`,
            serve(customer, () => name),
          ),
        ),
      get('/console', consolePage),
      get('/console/*', consolePage),
    ],
  };
}
