import type { Activity } from 'botbuilder-core';
import type { Heard } from '#conversation';
import {
  type DangerKind,
  type Moment,
  type Recognition,
  readAddressPart,
  readAddressParts,
  readCorrection,
  readDangers,
  readEntities,
  readTimeAnswer,
  readYesNo,
  simplify,
} from '#nlu';
import { type Button, tapped } from './buttons.ts';
import type { Parts } from './parts.ts';
import type { Form, State } from './state.ts';

/** A message, read every way that any step of the turn may need. */
export interface Understood {
  /** As written; `heard.text` is in simplified script. */
  said: string;
  heard: Heard;
  recognition: Recognition;
  dangers: DangerKind[];
  tap?: Button;
  correction?: ReturnType<typeof readCorrection>;
  /** Slots of the form on top that it has filled so far. */
  filled: string[];
}

const asks = /[?？]|吗|呢[。！!~]*$|什么时候|啥时候|几点|多久|怎么|咋|为什么|为啥|哪里|哪儿|多少|是不是|能不能|有没有/;

function locationOf(activity: Partial<Activity>): Heard['location'] {
  const place = activity.entities?.find((entity) => entity.type === 'Place');
  const geo = place?.geo;
  if (typeof geo?.latitude !== 'number' || typeof geo?.longitude !== 'number') return undefined;
  return { latitude: geo.latitude, longitude: geo.longitude, label: geo.name || place?.name || undefined };
}

/** When the trouble began, as the form has it: «不对，是两点» keeps its day. */
const knownMoment = (form: Form | undefined) =>
  Object.values(form?.slots ?? {}).find(
    (value): value is Moment => typeof value === 'object' && value !== null && 'grain' in value,
  );

type Signs = Readonly<Record<string, readonly string[]>>;

const denied = /(?:[没不未]|[不没]是|没有|不想|不要)$/;

/** The phrases of each sign that the message holds, in the file's order; «没来电了» does not hold «来电了». */
export function phrasesIn(text: string, signs: Signs = {}): Record<string, string[]> {
  const holds = (phrase: string): boolean => {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
      if (!denied.test(text.slice(0, at))) return true;
    return false;
  };
  const found = Object.entries(signs).map(([sign, phrases]): [string, string[]] => [sign, phrases.filter(holds)]);
  return Object.fromEntries(found.filter(([, phrases]) => phrases.length > 0));
}

export const signsIn = (text: string, signs?: Signs): string[] => Object.keys(phrasesIn(text, signs));

/** Reads the message once. The yes or no of a button counts as one that was said. */
export function understand(
  activity: Partial<Activity>,
  state: State,
  parts: Parts,
  photos: readonly string[],
): Understood {
  const said = activity.text ?? '';
  // One script for all rules; the characters stay where they are.
  const text = simplify(said);
  const form: Form | undefined = state.forms.at(-1);
  const tap = tapped(state.buttons, said);
  const entities = readEntities(said, parts.clock(), { gazetteer: parts.gazetteer });
  const yesNo = tap?.means === 'yes' || tap?.means === 'no' ? tap.means : readYesNo(text);
  const intent = form && parts.intents.get(form.intent);
  const correction = readCorrection(text);
  const phrases = phrasesIn(text, intent?.signs);
  return {
    said,
    heard: {
      text,
      entities,
      moment: correction || /时间/.test(text) ? readTimeAnswer(text, parts.clock(), knownMoment(form)) : undefined,
      addressPart: readAddressPart(text),
      addressParts: readAddressParts(text, { gazetteer: parts.gazetteer }),
      yesNo,
      tapped: tap !== undefined,
      chosen: tap?.means.startsWith('choice:') ? tap.means.slice('choice:'.length) : undefined,
      bound: state.accounts,
      photos,
      location: locationOf(activity),
      signs: Object.keys(phrases),
      phrases,
      question: asks.test(text),
    },
    recognition: parts.classifier().recognise(text),
    dangers: readDangers(text).map((danger) => danger.kind),
    tap,
    correction,
    filled: [],
  };
}
