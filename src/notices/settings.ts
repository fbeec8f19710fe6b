import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { SettingsError } from '#errors';
import { NoticeTopic } from '#wire';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like "22:00", in quotes');

/** A message of WeChat that needs no open window: its fields, by name, get facts of the notice (compose.ts). */
const Template = z.strictObject({
  send: z.enum(['template', 'subscribe']),
  id: z.string().min(1),
  fields: z.record(z.string(), z.string()),
  /** A page of the utility's own that a tap opens. */
  url: z.url().optional(),
});
export type Template = z.infer<typeof Template>;

const Settings = z.strictObject({
  /** Beijing time, over midnight too; equal ends mean that there are none. */
  quiet: z.strictObject({ from: Clock, to: Clock }),
  exempt: z.array(z.string()),
  outages: z.strictObject({ every: z.number().min(1) }),
  wechat: z.partialRecord(NoticeTopic, Template),
});
export type NoticeSettings = z.infer<typeof Settings>;

const shipped = new URL('settings.yml', import.meta.url);

/**
 * What is shipped, and over it, part by part, what the operator's own file (`GRIDTALK_NOTICES`) says.
 * @throws SettingsError that names the file and what is wrong in it.
 */
export function readNoticeSettings(file?: string): NoticeSettings {
  const own = file ? contentOf(file) : {};
  const read = Settings.safeParse({ ...contentOf(shipped), ...own });
  if (read.success) return read.data;
  throw new SettingsError([
    `GRIDTALK_NOTICES names ${file}, which does not fit: ${z.prettifyError(read.error)}; see src/notices/settings.yml`,
  ]);
}

function contentOf(file: string | URL): object {
  try {
    return z.looseObject({}).parse(parse(readFileSync(file, 'utf8')) ?? {});
  } catch (error) {
    throw new SettingsError([`GRIDTALK_NOTICES names ${file}, which can't be read as YAML: ${String(error)}`]);
  }
}
