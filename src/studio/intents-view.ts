import type { StudioIntent, StudioIntentDetail } from '#wire';
import type { Draft, DraftIntent } from './draft.ts';
import { intentOf, type Rules } from './edit.ts';
import { presentIntent, presentUtterance } from './present.ts';

const PAGE_SIZE = 50;

interface View {
  draft: Draft;
  /** The last change that the published version has learnt. */
  since: number;
  rules: Rules;
  dialogs: { has(intent: string): boolean };
}

const holds = (text: string, words: string) => text.toLowerCase().includes(words);

/** All of them, or those whose id, name or utterances hold the words; the latter are counted. */
export function listIntents({ draft, since, dialogs }: View, q: string): { items: StudioIntent[] } {
  const words = q.trim().toLowerCase().slice(0, 100);
  const shown = [...draft.intents.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((intent) => presentIntent(intent, since, dialogs.has(intent.id)));
  if (!words) return { items: shown };
  const items = shown.flatMap((intent) => {
    const found = linesWith(intentOf(draft, intent.id), words).length;
    return found > 0 || holds(intent.id, words) || holds(intent.name, words) ? [{ ...intent, found }] : [];
  });
  return { items };
}

const linesWith = ({ utterances }: DraftIntent, words: string) =>
  [...utterances.values()].filter(({ text }) => holds(text, words));

/** One intent with a page of its utterances, the newest first and the shipped ones in the order of their files. */
export function oneIntent(
  { draft, since, rules, dialogs }: View,
  id: string,
  { q = '', fresh, page }: { q?: string; fresh?: 'true' | 'false'; page: number },
): StudioIntentDetail {
  const intent = intentOf(draft, id);
  const found = linesWith(intent, q.trim().toLowerCase())
    .filter(({ seq }) => fresh !== 'true' || seq > since)
    .sort((a, b) => b.seq - a.seq);
  return {
    intent: presentIntent(intent, since, dialogs.has(id)),
    answer: rules.answerOf(intent),
    items: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((each) => presentUtterance(each, since)),
    total: found.length,
    page,
    pageSize: PAGE_SIZE,
  };
}
