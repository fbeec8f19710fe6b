/** What the widget takes from a Direct Line activity. Checked by hand: a validation library alone would be larger than the widget. */
export interface Activity {
  id: string;
  typing: boolean;
  mine: boolean;
  at: number;
  /** The id this customer's browser gave the message; how an echo finds the message it confirms. */
  clientId: string;
  text: string;
  place?: Place;
  pictures: Picture[];
  cards: Card[];
  actions: Action[];
}

export interface Place {
  latitude: number;
  longitude: number;
}

/** `blob` is there for a picture of this very page, `url` for one that the server keeps. */
export interface Picture {
  name: string;
  url?: string;
  blob?: Blob;
}

export interface Card {
  title: string;
  subtitle: string;
  text: string;
  buttons: Action[];
}

export interface Action {
  type: string;
  title: string;
  value: unknown;
}

export interface Frame {
  activities: Activity[];
  watermark: string;
}

type Loose = Record<string, unknown>;
const loose = (value: unknown): Loose => (value && typeof value === 'object' ? (value as Loose) : {});
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(loose) : []);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

const readAction = (raw: Loose): Action => ({
  type: words(raw.type),
  title: words(raw.title) || words(raw.value),
  value: raw.value ?? raw.text ?? raw.title,
});

const readActions = (raw: unknown) =>
  list(raw)
    .map(readAction)
    .filter((action) => action.title !== '');

function readCard(attachment: Loose): Card {
  const content = loose(attachment.content);
  return {
    title: words(content.title),
    subtitle: words(content.subtitle),
    text: words(content.text),
    buttons: readActions(content.buttons),
  };
}

function readPlace(entities: unknown): Place | undefined {
  const geo = loose(list(entities).find((entity) => entity.type === 'Place')?.geo);
  const { latitude, longitude } = geo;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : undefined;
}

const isPicture = (attachment: Loose) => words(attachment.contentType).startsWith('image/');
const isCard = (attachment: Loose) => /\.card\.(hero|thumbnail)$/.test(words(attachment.contentType));

/** Undefined for what has nothing to show: traces, events, conversation updates. */
function readActivity(raw: Loose): Activity | undefined {
  const typing = raw.type === 'typing';
  if ((raw.type !== 'message' && !typing) || (!typing && !words(raw.id))) return undefined;
  const from = loose(raw.from);
  const attachments = list(raw.attachments);
  return {
    id: words(raw.id),
    typing,
    mine: from.role === 'user' || (from.role !== 'bot' && words(from.id).startsWith('dl_')),
    at: Date.parse(words(raw.timestamp)) || Date.now(),
    clientId: words(loose(raw.channelData).clientActivityID),
    text: words(raw.text),
    place: readPlace(raw.entities),
    pictures: attachments.filter(isPicture).map((each) => ({ name: words(each.name), url: words(each.contentUrl) })),
    cards: attachments.filter(isCard).map(readCard),
    actions: readActions(loose(raw.suggestedActions).actions),
  };
}

export function readFrame(raw: unknown): Frame {
  const frame = loose(raw);
  const activities = list(frame.activities).map(readActivity);
  return { activities: activities.filter((each) => each !== undefined), watermark: words(frame.watermark) };
}

/** A frame of a socket; one that can't be read says nothing, and what it held comes with the next catching up. */
export function parseFrame(data: unknown): Frame {
  try {
    return readFrame(JSON.parse(String(data)));
  } catch {
    return readFrame(undefined);
  }
}
