import { prefix } from './parts.ts';

/** Where a picture is read; the last part is the upload's id. It is stored without a host (see address.ts). */
export const uploadPath = (id: string) => `${prefix}/uploads/${id}`;

const starts: readonly [string, RegExp][] = [
  ['image/png', /^\x89PNG\r\n.\n/s],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/heic', /^.{4}ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)/s],
];

export const pictureTypes: readonly string[] = starts.map(([type]) => type);

/** What the bytes are, whatever name or type they came with; undefined for anything that is no picture we take. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return starts.find(([, start]) => start.test(head))?.[0];
}
