import { z } from 'zod';
import type { Log } from '#log';
import type { ActivityTable, Db } from '#storage';
import type { TranscriptLine } from '#wire';

/** Enough for any conversation that led to an order; the newest count. */
const longest = 300;

const Attachment = z.object({
  contentType: z.string().catch(''),
  contentUrl: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  content: z
    .object({ title: z.string().optional().catch(undefined), text: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const Place = z.object({
  type: z.literal('Place'),
  geo: z.object({ latitude: z.number(), longitude: z.number(), name: z.string().optional() }),
});

/** What of an activity staff read. Channels and versions write more and less; what does not fit is left out, never a fault. */
const Said = z.object({
  type: z.string().catch(''),
  text: z.string().catch(''),
  attachments: z.array(Attachment).catch([]),
  entities: z.array(z.unknown()).catch([]),
  channelData: z.object({ sealed: z.boolean().catch(false) }).catch({ sealed: false }),
});

/** `…/uploads/<id>?t=…`: the last part of the path is the upload's id, on whatever channel's route. */
const uploadId = (url: string) => url.split(/[?#]/)[0]?.split('/').at(-1) ?? '';

/** The conversation beside an order, oldest first; `open`: without the turns of what is sealed. */
export async function transcript(db: Db, conversationId: string, log: Log, open = false): Promise<TranscriptLine[]> {
  const rows = await db
    .selectFrom('activity')
    .select(['seq', 'role', 'body', 'created_at'])
    .where('conversation_id', '=', conversationId)
    .orderBy('seq', 'desc')
    .limit(longest)
    .execute();
  return rows
    .reverse()
    .flatMap((row) => line(row, open, () => log.warn({ conversationId, seq: row.seq }, 'unreadable activity')));
}

function line(
  row: Pick<ActivityTable, 'role' | 'body' | 'created_at'>,
  open: boolean,
  warn: () => void,
): TranscriptLine[] {
  const said = Said.safeParse(parsed(row.body));
  if (!said.success) warn();
  if (!said.success || said.data.type !== 'message' || (open && said.data.channelData.sealed)) return [];
  const { text, attachments, entities } = said.data;
  const cards = attachments.flatMap(({ content }) => [content?.title, content?.text]);
  const shown: TranscriptLine = {
    at: new Date(row.created_at).toISOString(),
    role: row.role,
    text: [text, ...cards].filter(Boolean).join('\n'),
    images: attachments.flatMap(image),
    location: location(entities),
  };
  return shown.text || shown.images.length || shown.location ? [shown] : [];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const image = ({ contentType, contentUrl, name }: z.infer<typeof Attachment>) =>
  contentType.startsWith('image/') && contentUrl ? [{ id: uploadId(contentUrl), name: name ?? '' }] : [];

function location(entities: unknown[]): TranscriptLine['location'] {
  const place = entities.map((entity) => Place.safeParse(entity)).find((found) => found.success)?.data;
  if (!place) return undefined;
  const { latitude, longitude, name } = place.geo;
  return { latitude, longitude, label: name };
}
