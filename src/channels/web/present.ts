import type { Activity, Attachment } from 'botbuilder-core';
import type { Said } from '#bot';
import { uploadPath } from './pictures.ts';

/** What a client gets by polling and as a frame: always an array, always a watermark that is a non-empty text. */
export interface ActivitySet {
  activities: Activity[];
  watermark: string;
}

const shown = new Set(['message', 'event', 'typing', 'endOfConversation', 'messageReaction', 'handoff']);

/** `base` is the origin under which this client reached us; pictures are stored without one. */
export function present(said: Said, base: string): ActivitySet {
  const activities = said.activities.filter((activity) => shown.has(activity.type));
  return { activities: activities.map((activity) => withLinks(activity, base)), watermark: String(said.lastSeq) };
}

function withLinks(activity: Activity, base: string): Activity {
  if (!activity.attachments?.some(isOurs)) return activity;
  return { ...activity, attachments: activity.attachments.map((one) => (isOurs(one) ? linked(one, base) : one)) };
}

/** Web Chat shows a customer's own picture only where it has a thumbnail; browsers can't draw HEIC, so that stays a file. */
function linked(attachment: Attachment, base: string): Attachment {
  const contentUrl = `${base}${attachment.contentUrl}`;
  return { ...attachment, contentUrl, ...(attachment.contentType !== 'image/heic' && { thumbnailUrl: contentUrl }) };
}

const isOurs = (attachment: Attachment) => attachment.contentUrl?.startsWith(uploadPath('')) ?? false;
