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

type Pages = ReadonlyMap<string, () => Page>;

/** Built pages are few and small: each is read and zipped when first asked for, then kept. A start waits for none of them. */
function pagesIn(folder: string): Pages {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    names.flatMap((name) => {
      const type = types[extname(name)];
      return type ? [[name.replaceAll('\\', '/'), pageOf(join(folder, name), type)] as const] : [];
    }),
  );
}

function pageOf(file: string, type: string): () => Page {
  let page: Page | undefined;
  return () => {
    if (!page) {
      const bytes = readFileSync(file);
      page = { type, bytes, zipped: gzipSync(bytes) };
    }
    return page;
  };
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
  const customer = pagesIn(join(dist, 'customer'));
  const console = pagesIn(join(dist, 'console'));
  const widget = pagesIn(dist).get('widget.js');
  const serve = (folder: Pages, name: (call: Call) => string) => (call: Call) => {
    const page = folder.get(name(call) || 'index.html');
    if (!page) throw notFound('There is no such page.', 'Pages are built by: npm run build.');
    return answer(page(), call);
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
