import type { Log } from '#log';
import type { Storage } from '#storage';
import { changesAfter } from './changes.ts';
import type { Draft } from './draft.ts';
import type { Learnt, Lesson, Tell } from './learn.ts';
import type { Learning } from './thread.ts';
import { beginVersion, failDead, finishVersion, type Manifest, updateVersion } from './versions.ts';

export type Learn = (lesson: Lesson, tell: Tell) => Learning;

interface Parts {
  storage: Storage;
  clock(): Date;
  log: Log;
  engine: string;
  learn: Learn;
  /** What to learn from and how, but for the changes. */
  lesson(): Promise<Omit<Lesson, 'changes' | 'engine'>>;
  published(): number;
}

export interface Training {
  /** Begins and answers the version's number; the learning goes on. @throws TrainingAlready */
  start(author: string, draft: Draft, fresh: boolean): Promise<number>;
  /** Resolves when nothing is being learnt here; true if the last one succeeded. */
  idle(): Promise<boolean>;
  close(): Promise<void>;
}

/** Signs of life are this far apart, so that other replicas know that the learning goes on. */
const BEAT = 5000;

export const manifestOf = (draft: Draft): Manifest =>
  [...draft.intents.values()].map(({ id, name, answer }) => ({ id, name, answer }));

/** Learning happens in a thread, one at a time over all replicas; how far it is stands in the database, for all of them to show. */
export async function openTraining(parts: Parts): Promise<Training> {
  const { storage, clock, log, engine } = parts;
  let running: Promise<boolean> = Promise.resolve(true);
  let learning: Learning | undefined;
  const now = () => clock().getTime();
  // Nobody else writes into an embedded database: whatever was learning there is gone.
  if (storage.kind === 'sqlite') await storage.commit((tx) => failDead(tx, Number.MAX_SAFE_INTEGER));

  async function run(number: number, lesson: Lesson): Promise<boolean> {
    const state = { stage: 'reading', share: 0 };
    const note = () =>
      storage.commit((tx) => updateVersion(tx, number, { ...state, updated_at: now() })).catch(() => undefined);
    const beat = setInterval(note, BEAT).unref();
    try {
      learning = parts.learn(lesson, (stage, share) => {
        Object.assign(state, { stage, share });
        void note();
      });
      const learnt = await learning.done;
      await storage.commit((tx) => finishVersion(tx, number, learnt, parts.published(), now()));
      return true;
    } catch (error) {
      log.warn({ error, version: number }, 'a training failed');
      await fail(number, error);
      return false;
    } finally {
      clearInterval(beat);
      learning = undefined;
    }
  }

  const fail = (number: number, error: unknown) =>
    storage
      .commit((tx) => updateVersion(tx, number, { status: 'failed', failure: reasonOf(error), updated_at: now() }))
      .catch((fault) => log.error({ error: fault }, 'a failed training could not be written down'));

  return {
    async start(author, draft, fresh) {
      const changes = (await changesAfter(storage.db, 0)).filter(({ seq }) => seq <= draft.seq);
      const { previous, ...rest } = await parts.lesson();
      const begun = { author, seq: draft.seq, engine, intents: manifestOf(draft) };
      const number = await storage.commit((tx) => beginVersion(tx, begun, now()));
      running = run(number, { ...rest, engine, changes, previous: fresh ? undefined : previous });
      return number;
    },
    idle: () => running,
    async close() {
      learning?.stop();
      await running;
    },
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500);

export type { Learnt };
