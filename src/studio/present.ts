import type { StudioChange, StudioIntent, StudioUtterance, StudioVersion } from '#wire';
import type { Change } from './changes.ts';
import type { Draft, DraftIntent, DraftUtterance } from './draft.ts';
import { isDead, type Version } from './versions.ts';

const iso = (at: number) => new Date(at).toISOString();

/** `since` is the last change that the published version has learnt. */
export function presentIntent(intent: DraftIntent, since: number, dialog: boolean): StudioIntent {
  const { id, name, shipped, utterances, seq } = intent;
  const fresh = [...utterances.values()].filter((each) => each.seq > since).length;
  return { id, name, shipped, dialog, utterances: utterances.size, fresh, changed: seq > since };
}

export const presentUtterance = ({ text, seq, by }: DraftUtterance, since: number): StudioUtterance => ({
  ...{ text, shipped: seq === 0, fresh: seq > since, by },
});

export const presentChange = ({ seq, at, author, kind, intent, data }: Change, draft: Draft): StudioChange => ({
  ...{ seq, at: iso(at), by: author, kind, intent, data },
  stale: draft.stale.has(seq),
});

export interface Shelf {
  published: { version: number; seq: number };
  kept: ReadonlySet<number>;
  publications: readonly Extract<Change, { kind: 'published' }>[];
  now: number;
}

/** The last time that a version was published. */
function publicationOf(number: number, { publications }: Shelf): StudioVersion['published'] {
  const found = publications.findLast(({ data }) => data.version === number);
  return found && { by: found.author, at: iso(found.at), note: found.data.note };
}

export const presentShipped = (shelf: Shelf): StudioVersion => ({
  ...{ number: 0, status: 'trained', by: '', at: iso(0), seq: 0, stage: '', share: 100 },
  ...{ current: shelf.published.version === 0, kept: true, published: publicationOf(0, shelf) },
});

export function presentVersion(version: Version, shelf: Shelf): StudioVersion {
  const { number, author, seq, stage, share, report } = version;
  const dead = isDead(version, shelf.now);
  return {
    ...{ number, by: author, at: iso(version.created_at), seq, stage, share, report },
    status: dead ? 'failed' : version.status,
    failure: dead ? 'The server stopped while it learnt.' : (version.failure ?? undefined),
    current: number === shelf.published.version,
    kept: shelf.kept.has(number),
    published: publicationOf(number, shelf),
  };
}
