import type { Cluster } from '#cluster';
import { type Model, modelFromBytes } from '#nlu';
import type { Storage } from '#storage';
import type { Publish, StudioVersion } from '#wire';
import type { Book } from './book.ts';
import { publications } from './changes.ts';
import { type Current, STUDIO_TOPIC } from './current.ts';
import { changedMeanwhile, notPublishable, publishedAlready, unknownVersion } from './faults.ts';
import { presentShipped, presentVersion, type Shelf } from './present.ts';
import { findVersion, keptModels, listVersions, modelBytes } from './versions.ts';

interface Parts {
  storage: Storage;
  cluster: Cluster;
  book: Book;
  current: Current;
  engine: string;
  clock(): Date;
}

/** The versions that were learnt: shown, tried, published. */
export function openShelf({ storage, cluster, book, current, engine, clock }: Parts) {
  const { db } = storage;
  let tried: { version: number; model: Model } | undefined;

  async function shelf(): Promise<Shelf> {
    const [kept, published] = await Promise.all([keptModels(db), publications(db)]);
    return { published: current.now(), kept, publications: published, now: clock().getTime() };
  }

  /** Newest first, the shipped one last. */
  async function list(): Promise<StudioVersion[]> {
    const on = await shelf();
    return [...(await listVersions(db)).map((version) => presentVersion(version, on)), presentShipped(on)];
  }

  /** Refuses what the author could not have meant: another version is current by now, or there is no model. */
  async function publish(author: string, number: number, { current: seen, note }: Publish): Promise<void> {
    const version = number === 0 ? undefined : await findVersion(db, number);
    if (number !== 0 && !version) throw unknownVersion(String(number));
    const usable = number === 0 || (version?.engine === engine && (await keptModels(db)).has(number));
    if (!usable) throw notPublishable(number);
    await book.write(author, ({ published: before }) => {
      if (before !== seen) throw changedMeanwhile('The published version');
      if (before === number) throw publishedAlready(number);
      return [{ kind: 'published', intent: '', data: { version: number, before, note } }];
    });
    await current.refresh();
    cluster.publish(STUDIO_TOPIC, { version: number });
  }

  /** The newest trained version's model, where it is not the published one; kept in memory while it is the newest. */
  async function newest(): Promise<{ version: number; model: Model } | undefined> {
    const found = (await listVersions(db)).find(({ status }) => status === 'trained');
    if (!found || found.number === current.now().version || found.engine !== engine) {
      tried = undefined;
      return undefined;
    }
    if (tried?.version !== found.number) {
      const bytes = await modelBytes(db, found.number);
      tried = bytes && { version: found.number, model: modelFromBytes(bytes) };
    }
    return tried;
  }

  return { list, publish, newest };
}
