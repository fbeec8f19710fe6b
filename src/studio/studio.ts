import type { Cluster } from '#cluster';
import type { Intent } from '#intents';
import type { Log } from '#log';
import { type Gazetteer, type Model, modelToBytes } from '#nlu';
import type { Endpoints } from '#routes';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import { openBook } from './book.ts';
import { openCurrent, type Published } from './current.ts';
import type { Rules } from './edit.ts';
import { type Shipped, taughtOf } from './learn.ts';
import { relearn } from './relearn.ts';
import { studioRoutes } from './routes.ts';
import { openShelf } from './shelf.ts';
import { learnInThread, readInThread } from './thread.ts';
import { type Learn, openTraining } from './training.ts';

export interface StudioParts {
  storage: Storage;
  cluster: Cluster;
  clock(): Date;
  log: Log;
  /** What this release ships. */
  shipped: {
    lines: Shipped;
    intents: ReadonlyMap<string, Intent>;
    texts: Texts;
    model: Model;
    /** Where the shipped model lies, to begin a training from without copying it; absent: it is taken from memory. */
    modelFile?: string;
  };
  /** Ids of the intents that a dialog answers. */
  dialogs: { has(intent: string): boolean };
  /** The utility's own names of places, to try a message as the bot reads it. */
  gazetteer?: Gazetteer;
  /** Names the classifier's code: models of another one can't be used. */
  engine: string;
  /** A folder for what is worth keeping between trainings. */
  cache?: string;
  /** In a thread; tests may learn otherwise. */
  learn?: Learn;
  /** How often each replica asks the database for publications that nobody told (10). */
  sweepSeconds?: number;
}

export interface Studio extends Endpoints {
  /** What customers meet now: the bot reads it anew for every message. */
  readonly current: Omit<Published, 'model'> & { model: Model };
  /** Resolves when this replica learns nothing. */
  idle(): Promise<unknown>;
  close(): Promise<void>;
}

/** Where admins teach: edits over the shipped intents, training in a thread, versions, publication on every replica. */
export async function openStudio(parts: StudioParts): Promise<Studio> {
  const { storage, cluster, clock, log, shipped, engine, dialogs, gazetteer } = parts;
  const current = await openCurrent({ ...parts, ...shipped });
  const rules: Rules = {
    answerOf: ({ id, answer }) =>
      dialogs.has(id) || id === 'none' ? undefined : (answer ?? shipped.texts.find(id, 'answer') ?? ''),
  };
  const { lines } = shipped;
  const taught = async () => ('folder' in lines ? readInThread(lines.folder) : taughtOf(lines));
  const book = openBook({ storage, clock, taught, rules });
  const shelf = openShelf({ storage, cluster, book, current, engine, clock });

  /** From the published model, where it can be used. */
  const previous = () => {
    const { model } = current.now();
    const file = shipped.modelFile;
    return model === shipped.model && file ? { file } : model && modelToBytes(model);
  };
  const training = await openTraining({
    ...{ storage, clock, log, engine, learn: parts.learn ?? learnInThread },
    published: () => current.now().version,
    lesson: async () => ({
      ...{ shipped: lines, cache: parts.cache },
      ...{ publishedSeq: current.now().seq, previous: previous() },
    }),
  });
  const relearning = relearn({ book, current, shelf, training, log });

  return {
    get current() {
      return { ...current.now(), model: current.model() };
    },
    routes: studioRoutes({ db: storage.db, clock, book, current, shelf, training, rules, dialogs, gazetteer }),
    idle: () => Promise.all([relearning, training.idle()]),
    async close() {
      current.close();
      await training.close();
      await relearning;
    },
  };
}
