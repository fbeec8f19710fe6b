import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Incoming, Upload } from '#bot';
import { badRequest } from '#errors';
import { countCharacters, firstCharacters, Payload, shortText } from './clean.ts';
import { uploadPath } from './pictures.ts';
import type { Customer } from './tokens.ts';

const kept = 4000;
const refused = 5000;

const Place = z.object({
  type: z.literal('Place'),
  geo: z.object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: shortText(200).optional(),
  }),
});

/** Only what a client may rightly say; everything else it sends (from, id, timestamp, links …) is ours to say. */
const Sent = z.object({
  type: z.string().min(1).max(64),
  name: shortText(128).optional(),
  text: z
    .string()
    .refine((text) => countCharacters(text) < refused, `has ${refused} characters or more`)
    .pipe(shortText(2 * refused))
    .transform((text) => firstCharacters(text, kept))
    .nullish(),
  value: Payload.optional(),
  locale: shortText(35).nullish(),
  entities: z.array(z.unknown()).max(20).nullish(),
  channelData: z
    .object({
      clientActivityID: z.string().min(1).max(256).optional(),
      postBack: z.boolean().optional(),
      messageBack: z.object({ displayText: shortText(kept).optional() }).optional(),
      attachmentSizes: z.array(z.number()).max(20).optional(),
    })
    .nullish(),
});
type Sent = z.infer<typeof Sent>;

/** What came in, with the names that only the server may give; `turn` says whether the bot has to hear it. */
export interface Parsed extends Incoming {
  turn: boolean;
}

export function parseActivity(body: unknown, who: Customer, now: Date, uploads: readonly Upload[] = []): Parsed {
  const result = Sent.safeParse(body);
  if (!result.success) throw malformed(z.prettifyError(result.error));
  const sent = result.data;
  const places = placesOf(sent);
  const turn = sent.type === 'message';
  if (sent.type === 'message' && isEmpty(sent, places.length + uploads.length)) {
    throw malformed('A message needs a text, a value, a place or a picture.');
  }
  return {
    turn,
    activity: { ...stamp(sent, who, now), ...content(sent), entities: places, attachments: uploads.map(attachment) },
    dedupeKey: sent.channelData?.clientActivityID ?? randomUUID(),
    uploads,
  };
}

const stamp = (sent: Sent, who: Customer, now: Date) => ({
  type: sent.type,
  id: randomUUID(),
  timestamp: now,
  channelId: 'directline',
  conversation: { id: who.conversationId, isGroup: false, conversationType: 'personal', name: '' },
  from: { id: who.userId, name: '', role: 'user' },
  recipient: { id: 'gridtalk', name: '', role: 'bot' },
});

const content = (sent: Sent) => ({
  ...(sent.name && { name: sent.name }),
  ...(sent.text && { text: sent.text, textFormat: 'plain' }),
  ...(sent.value !== undefined && { value: sent.value }),
  ...(sent.locale && { locale: sent.locale }),
  ...(sent.channelData && { channelData: sent.channelData }),
});

/** Places are kept; what else clients describe themselves with (ClientCapabilities …) is nothing to us. */
function placesOf(sent: Sent): z.infer<typeof Place>[] {
  const places = (sent.entities ?? []).filter(
    (entity) => z.object({ type: z.literal('Place') }).safeParse(entity).success,
  );
  const result = z.array(Place).max(1).safeParse(places);
  if (!result.success) throw malformed(z.prettifyError(result.error));
  return result.data;
}

const attachment = (upload: Upload) => ({
  contentType: upload.contentType,
  contentUrl: uploadPath(upload.id),
  name: upload.name,
});

const isEmpty = (sent: Sent, others: number) => !sent.text?.trim() && sent.value === undefined && others === 0;

const malformed = (message: string) =>
  badRequest(
    message,
    `Send a Bot Framework activity: {"type": "message", "text": "…"}, below ${refused} characters; pictures go to …/upload.`,
    'MalformedActivity',
  );
