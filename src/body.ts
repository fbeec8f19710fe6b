import type { IncomingMessage } from 'node:http';
import { badRequest, tooLarge, unsupported } from '#errors';
import type { Route } from '#routes';

const defaultLimit = 64 * 1024;

/** Reads what a route asks for, and not a byte more than it allows. @throws TooLarge, Unsupported, BadRequest */
export async function readBody(request: IncomingMessage, { body, limit = defaultLimit }: Route): Promise<unknown> {
  if (body === undefined || body === 'stream') return undefined;
  const bytes = await readBytes(request, limit);
  if (body === 'bytes') return bytes;
  if (bytes.length === 0) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/([\w.]+\+)?json\b/i.test(type))
    throw unsupported(`The body is ${type || 'of no stated type'}, not JSON.`, 'Send content-type: application/json.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badRequest('The body is not valid JSON in UTF-8.', 'Check quotes, commas and encoding.', 'MalformedJson');
  }
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      request.removeAllListeners('data');
      request.resume();
      reject(tooLarge(`The body is larger than ${limit} bytes.`, 'Send less at once.'));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) return refuse();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) return refuse();
      chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(badRequest('The connection broke off within the body.', 'Send it again.')));
  });
}
