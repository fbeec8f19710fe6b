import type { Scene } from './scene.ts';

/** How long what a customer says after an urgent order is about it. */
const aboutMinutes = 30;

/** The urgent order that this customer filed or added to just now. */
export function urgentNumber({ draft, now }: Pick<Scene, 'draft' | 'now'>): string | undefined {
  const { urgent } = draft.state;
  return urgent && now.getTime() - urgent.at <= aboutMinutes * 60_000 ? urgent.number : undefined;
}
