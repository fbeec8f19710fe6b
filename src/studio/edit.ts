import { type ChangeIntent, FEWEST_UTTERANCES, type NewIntent, type Refusal } from '#wire';
import type { Deed } from './changes.ts';
import type { Draft, DraftIntent } from './draft.ts';
import {
  answeredByDialog,
  changedMeanwhile,
  intentTaken,
  LinesRefused,
  nameTaken,
  reservedFamily,
  shippedIntent,
  tooFew,
  unknownIntent,
} from './faults.ts';
import { Lines } from './likeness.ts';

/** What the rules of editing need to know beside the draft. */
export interface Rules {
  /** The answer text that customers get now, or undefined where a dialog answers or nothing does. */
  answerOf(intent: DraftIntent): string | undefined;
}

/** Each decides, by the draft as it stands, what is to be written down; it throws where that may not be. */
export type Decision = (draft: Draft, rules: Rules) => Deed[];

export function intentOf(draft: Draft, id: string): DraftIntent {
  const intent = draft.intents.get(id);
  if (!intent) throw unknownIntent(id);
  return intent;
}

export const makeIntent =
  ({ id, name, answer, utterances }: NewIntent): Decision =>
  (draft) => {
    if (draft.intents.has(id)) throw intentTaken(id);
    if (id.startsWith('control.')) throw reservedFamily(id);
    refuseName(draft, id, name);
    refuseLines(draft, { id, name }, utterances);
    return [{ kind: 'intent.made', intent: id, data: { name, answer, texts: utterances } }];
  };

export const changeIntent =
  (id: string, { name, answer }: ChangeIntent): Decision =>
  (draft, { answerOf }) => {
    const intent = intentOf(draft, id);
    const deeds: Deed[] = [];
    if (name && name.to !== name.from) {
      if (intent.name !== name.from) throw changedMeanwhile(`The name of ${id}`);
      refuseName(draft, id, name.to);
      deeds.push({ kind: 'intent.named', intent: id, data: name });
    }
    if (answer && answer.to !== answer.from) {
      const now = answerOf(intent);
      if (now === undefined) throw answeredByDialog(id);
      if (now !== answer.from) throw changedMeanwhile(`The answer of ${id}`);
      deeds.push({ kind: 'intent.answered', intent: id, data: answer });
    }
    return deeds;
  };

export const removeIntent =
  (id: string): Decision =>
  (draft) => {
    const { shipped, name } = intentOf(draft, id);
    if (shipped) throw shippedIntent(id);
    return [{ kind: 'intent.removed', intent: id, data: { name } }];
  };

export const addUtterances =
  (id: string, texts: readonly string[]): Decision =>
  (draft) => {
    refuseLines(draft, intentOf(draft, id), texts);
    return [{ kind: 'utterances.added', intent: id, data: { texts: [...texts] } }];
  };

export const editUtterance =
  (id: string, from: string, to: string): Decision =>
  (draft) => {
    const intent = intentOf(draft, id);
    if (!intent.utterances.has(from)) throw changedMeanwhile(`«${from}»`);
    if (from === to) return [];
    refuseLines(draft, intent, [to], from);
    return [{ kind: 'utterance.edited', intent: id, data: { from, to } }];
  };

export const removeUtterances =
  (id: string, texts: readonly string[]): Decision =>
  (draft) => {
    const { utterances } = intentOf(draft, id);
    const gone = texts.find((text) => !utterances.has(text));
    if (gone !== undefined) throw changedMeanwhile(`«${gone}»`);
    const removed = [...new Set(texts)];
    if (utterances.size - removed.length < FEWEST_UTTERANCES) throw tooFew(id, FEWEST_UTTERANCES);
    return [{ kind: 'utterances.removed', intent: id, data: { texts: removed } }];
  };

function refuseName(draft: Draft, id: string, name: string): void {
  for (const other of draft.intents.values())
    if (other.id !== id && other.name === name) throw nameTaken(name, other.id);
}

/** Within an intent a line must not be there twice; across intents not even nearly. `instead` is the line it takes the place of. */
function refuseLines(
  draft: Draft,
  intent: { id: string; name: string },
  texts: readonly string[],
  instead?: string,
): void {
  const given = new Lines();
  const refused: Refusal[] = [];
  const note = (text: string, why: Refusal['why'], other: { text: string; intent: string }) =>
    refused.push({
      ...{ text, why, intent: other.intent, other: other.text },
      name: draft.intents.get(other.intent)?.name ?? intent.name,
    });
  for (const text of texts) {
    const there = draft.lines.same(text);
    const same = (there?.text === instead ? undefined : there) ?? given.same(text);
    const alike = draft.lines.alike(text, intent.id);
    if (same) note(text, 'same', same);
    else if (alike) note(text, 'alike', alike);
    else given.add(text, intent.id);
  }
  if (refused.length > 0) throw new LinesRefused(refused);
}
