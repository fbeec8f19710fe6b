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
import { certainFrom } from './decide.ts';
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

/** The signs whose phrases the message holds, in the file's order; «没来电了» does not hold «来电了». */
export function signsIn(text: string, signs: Readonly<Record<string, readonly string[]>> = {}): string[] {
  const holds = (phrase: string) => {
    const at = text.indexOf(phrase);
    return at >= 0 && !/[没不未]$/.test(text.slice(0, at));
  };
  return Object.keys(signs).filter((sign) => signs[sign]?.some(holds));
}

/** What a message holds of a dialog's signs, in all and in each of its clauses. */
export function heardSigns(text: string, signs?: Readonly<Record<string, readonly string[]>>) {
  const clauses = text.split(/[，。；！？,;!?\s]+|(?=但是|不过|只要|另外)/).filter(Boolean);
  return { signs: signsIn(text, signs), clauses: clauses.map((clause) => signsIn(clause, signs)) };
}

/**
 * Phrases under the sign `begin` of an intent settle what is wanted where the classifier is not certain: «1500度要多少钱» may not be
 * among the voices it has heard.
 */
function settled(text: string, found: Recognition, intents: Parts['intents']): Recognition {
  if (found.confidence >= certainFrom) return found;
  for (const { id, signs } of intents.values())
    if (signs.begin && signsIn(text, { begin: signs.begin }).length > 0)
      return { ...found, intent: id, confidence: certainFrom, inScope: Math.max(found.inScope, certainFrom) };
  return found;
}

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
      ...heardSigns(text, intent?.signs),
      question: asks.test(text),
    },
    recognition: settled(text, parts.classifier().recognise(text), parts.intents),
    dangers: readDangers(text).map((danger) => danger.kind),
    tap,
    correction,
  };
}
