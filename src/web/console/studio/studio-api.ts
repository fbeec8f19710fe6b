import type {
  ChangeIntent,
  NewIntent,
  Publish,
  Refusal,
  StudioChanges,
  StudioIntent,
  StudioIntentDetail,
  StudioState,
  StudioVersion,
  Tried,
} from '#wire';
import { Problem, request } from '../api.ts';
import { words } from './studio-texts.ts';

const at = '/api/studio';
const intent = (id: string) => `${at}/intents/${encodeURIComponent(id)}`;
const search = (parameters: Record<string, string | number | boolean | undefined>) =>
  new URLSearchParams(Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])));

export interface Wanted {
  q: string;
  fresh: boolean;
  page: number;
}

export const studio = {
  state: (signal?: AbortSignal) => request<StudioState>('GET', at, undefined, signal),
  intents: (q: string, signal?: AbortSignal) =>
    request<{ items: StudioIntent[] }>('GET', `${at}/intents?${search({ q })}`, undefined, signal),
  make: (made: NewIntent) => request<StudioIntentDetail>('POST', `${at}/intents`, made),
  intent: (id: string, wanted: Wanted, signal?: AbortSignal) =>
    request<StudioIntentDetail>('GET', `${intent(id)}?${search({ ...wanted })}`, undefined, signal),
  change: (id: string, change: ChangeIntent) => request<StudioIntentDetail>('PUT', intent(id), change),
  remove: (id: string) => request<unknown>('DELETE', intent(id)),
  add: (id: string, texts: string[]) => request<StudioIntentDetail>('POST', `${intent(id)}/utterances`, { texts }),
  edit: (id: string, from: string, to: string) =>
    request<StudioIntentDetail>('PUT', `${intent(id)}/utterances`, { from, to }),
  drop: (id: string, texts: string[]) =>
    request<StudioIntentDetail>('POST', `${intent(id)}/utterances/removed`, { texts }),
  changes: (before?: number) => request<StudioChanges>('GET', `${at}/changes?${search({ before })}`),
  versions: () => request<{ items: StudioVersion[] }>('GET', `${at}/versions`),
  train: (fresh: boolean) => request<StudioState>('POST', `${at}/training`, { fresh }),
  publish: (number: number, how: Publish) => request<StudioState>('POST', `${at}/versions/${number}/publish`, how),
  attempt: (text: string) => request<Tried>('POST', `${at}/try`, { text }),
};

/** Which lines were not taken, and for whose sake; empty for any other fault. */
export const refusedOf = (fault: unknown): Refusal[] =>
  fault instanceof Problem ? ((fault.body as { refused?: Refusal[] } | undefined)?.refused ?? []) : [];

export function faultWords(fault: unknown): string {
  const problem = fault instanceof Problem ? fault : new Problem('other', 0);
  return words.problems[problem.code] ?? problem.words;
}
