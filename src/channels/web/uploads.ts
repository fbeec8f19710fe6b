import { randomBytes } from 'node:crypto';
import type { Upload } from '#bot';
import { badRequest, notFound, unsupported } from '#errors';
import type { Answer, Call, Route } from '#routes';
import type { Access } from './access.ts';
import { cleanText, firstCharacters } from './clean.ts';
import { type Form, readForm } from './form.ts';
import { prefix, type WebParts } from './parts.ts';
import { pictureType, pictureTypes } from './pictures.ts';
import { resumableDays } from './tokens.ts';
import { takeTurn } from './turn.ts';

/** Pictures from customers: in with their message, and out again to whoever holds the address. */
export function uploadRoutes(parts: WebParts, access: Access): Route[] {
  const open = { audience: 'public', crossOrigin: true } as const;
  const send = (call: Call) => receive(parts, access, call);
  const show = (call: Call) => picture(parts, call);
  return [
    { ...open, method: 'POST', path: `${prefix}/conversations/:id/upload`, body: 'stream', handle: send },
    { ...open, method: 'GET', path: `${prefix}/uploads/:id`, handle: show },
  ];
}

async function receive(parts: WebParts, access: Access, call: Call): Promise<Answer> {
  const who = await access.customer(call);
  const form = await readForm(call.raw);
  if (form.files.length === 0) throw badRequest('The form has no file.', 'Send a part «file».', 'MalformedForm');
  return takeTurn(parts, who, activityOf(form), form.files.map(toUpload));
}

function activityOf(form: Form): unknown {
  if (form.activity === undefined) return { type: 'message' };
  try {
    return JSON.parse(form.activity);
  } catch {
    throw badRequest('The part «activity» is not JSON.', 'Send a Bot Framework activity.', 'MalformedForm');
  }
}

function toUpload(file: { name: string; bytes: Buffer }): Upload {
  const contentType = pictureType(file.bytes);
  if (!contentType) {
    throw unsupported('A file is no PNG, JPEG, WebP, GIF or HEIC picture.', 'Send a photo; its name does not matter.');
  }
  // 192 random bits: the address is the key (see `picture`).
  const id = randomBytes(24).toString('base64url');
  return { id, name: safeName(file.name, contentType), contentType, bytes: file.bytes };
}

function safeName(name: string, contentType: string): string {
  const last =
    cleanText(name)
      .split(/[\\/]/)
      .at(-1)
      ?.replaceAll(/["<>:|?*\n\t]/g, '')
      .trim() ?? '';
  return firstCharacters(last.replace(/^\.+/, ''), 100) || `picture.${contentType.slice('image/'.length)}`;
}

/**
 * The address itself is the right to read it, for as long as its conversation can be resumed: an `<img>` sends no token, and a token in
 * the address would lapse after half an hour and leave holes in a resumed conversation. Nobody but that customer and staff
 * (who have the desk's own route) ever gets the address.
 */
async function picture(parts: WebParts, call: Call): Promise<Answer> {
  const id = call.params.id ?? '';
  const row = /^[\w-]{32}$/.test(id) ? await find(parts, id) : undefined;
  if (!row || !pictureTypes.includes(row.content_type))
    throw notFound('There is no such picture.', 'Ask for it again.');
  const headers = {
    'content-type': row.content_type,
    'content-disposition': 'inline',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, max-age=86400, immutable',
  };
  return { headers, bytes: row.bytes };
}

const find = (parts: WebParts, id: string) =>
  parts.storage.db
    .selectFrom('upload')
    .select(['content_type', 'bytes'])
    .where('id', '=', id)
    .where('created_at', '>', parts.clock().getTime() - resumableDays * 86_400_000)
    .executeTakeFirst();
