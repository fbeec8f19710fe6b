import { notFound } from '#errors';
import type { Answer, Call, Route } from '#routes';
import type { Storage } from '#storage';

/** What a browser draws without running anything; everything else is only for download. */
const drawable = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** Customers' photos, for staff. They come from strangers: never sniffed, never a page of ours, never in a shared cache. */
export const uploadRoute = (storage: Storage): Route => ({
  method: 'GET',
  path: '/api/uploads/:id',
  audience: 'staff',
  async handle(call: Call): Promise<Answer> {
    const id = call.params.id ?? '';
    const row = /^[\w.-]{1,128}$/.test(id)
      ? await storage.db.selectFrom('upload').select(['bytes', 'content_type']).where('id', '=', id).executeTakeFirst()
      : undefined;
    if (!row) throw notFound('There is no such photo.', 'Ids are in the work order and its conversation.');
    const shown = drawable.includes(row.content_type);
    return {
      bytes: row.bytes,
      headers: {
        'content-type': shown ? row.content_type : 'application/octet-stream',
        'content-disposition': shown ? 'inline' : 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, max-age=86400, immutable',
      },
    };
  },
});
