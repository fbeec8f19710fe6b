import type { Cluster } from '#cluster';
import type { Intent } from '#intents';
import type { Log } from '#log';
import { type Model, modelFromBytes } from '#nlu';
import type { Storage } from '#storage';
import type { Texts } from '#texts';
import { publications } from './changes.ts';
import { type Answers, intentsOver, textsOver } from './overlay.ts';
import { findVersion, modelBytes, type Version } from './versions.ts';

/** On which replicas tell each other of a publication; the database says which. */
export const STUDIO_TOPIC = 'studio';

interface Parts {
  storage: Storage;
  cluster: Cluster;
  log: Log;
  model: Model;
  engine: string;
  intents: ReadonlyMap<string, Intent>;
  texts: Texts;
  /** How often the database is asked for what nobody told (10). */
  sweepSeconds?: number;
}

/** What customers meet now. Taken as a whole, so that names, answers and model belong together. */
export interface Published {
  version: number;
  /** The changes it has learnt. */
  seq: number;
  /** Undefined where the version's model is of another engine: the shipped one then serves. */
  model?: Model;
  intents: ReadonlyMap<string, Intent>;
  texts: Texts;
}

export interface Current {
  now(): Published;
  /** The model that serves. */
  model(): Model;
  /** Looks which version is published and takes it. Never throws: what is there goes on serving. */
  refresh(): Promise<void>;
  close(): void;
}

/** The published version, in memory on every replica: told of by the others, and looked up at the start and every few seconds. */
export async function openCurrent(parts: Parts): Promise<Current> {
  const { storage, cluster, log, sweepSeconds = 10 } = parts;
  const earlier: Answers = new Map();
  const shipped: Published = {
    ...{ version: 0, seq: 0, model: parts.model, intents: parts.intents },
    texts: textsOver(parts.texts, new Map(), earlier),
  };
  let published = shipped;
  let running: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const last = (await publications(storage.db)).at(-1);
    const version = last?.data.version ?? 0;
    if (version === published.version) return;
    const found = version === 0 ? undefined : await findVersion(storage.db, version);
    published = found ? await load(found) : shipped;
    log.info({ version }, 'intents published');
  }

  async function load(version: Version): Promise<Published> {
    const answers: Answers = new Map();
    for (const { id, answer } of version.intents) if (answer !== undefined) answers.set(id, answer);
    for (const [id, answer] of answers) earlier.set(id, answer);
    return {
      version: version.number,
      seq: version.seq,
      model: await modelOf(version),
      intents: intentsOver(parts.intents, version.intents),
      texts: textsOver(parts.texts, answers, earlier),
    };
  }

  async function modelOf({ number, engine }: Version): Promise<Model | undefined> {
    const bytes = engine === parts.engine ? await modelBytes(storage.db, number) : undefined;
    if (bytes) return modelFromBytes(bytes);
    log.warn(
      { version: number },
      'the published model is of another engine: the shipped one serves until it is learnt anew',
    );
    return undefined;
  }

  function refresh(): Promise<void> {
    running = running
      .then(look)
      .catch((error) => log.warn({ error }, 'the published intents could not be read; those in memory go on'));
    return running;
  }

  const subscription = cluster.subscribe(STUDIO_TOPIC, () => void refresh());
  await refresh();
  const timer = setInterval(refresh, sweepSeconds * 1000).unref();
  return {
    now: () => published,
    model: () => published.model ?? parts.model,
    refresh,
    close() {
      clearInterval(timer);
      subscription();
    },
  };
}
