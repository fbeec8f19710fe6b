import { z } from 'zod';
import { conversationTopic } from '#bot';
import type { WebParts } from '../parts.ts';
import type { Notice, Viewer } from './viewer.ts';

const maxPerConversation = 8;
/** Below both databases' limit of values in one query. */
const sweepBatch = 20_000;

const NoticeShape = z.object({ activities: z.array(z.any()), firstSeq: z.number(), lastSeq: z.number() });

/** Everybody who watches on this replica, by conversation. */
export class Audience {
  readonly #parts: Pick<WebParts, 'cluster' | 'storage' | 'log'>;
  readonly #rooms = new Map<string, { viewers: Set<Viewer>; leave: () => void }>();

  constructor(parts: Pick<WebParts, 'cluster' | 'storage' | 'log'>) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#all().length;
  }

  /** Listens first and reads the history after: what is said in between comes by the one or by the other, and seq tells doubles. */
  join(viewer: Viewer): void {
    const room = this.#room(viewer.conversationId);
    room.viewers.add(viewer);
    // Microsoft's client opens more sockets than it needs after a token expired, and never closes the old ones.
    for (const oldest of [...room.viewers].slice(0, -maxPerConversation)) {
      this.leave(oldest);
      oldest.socket.close(1008, 'too many streams of one conversation');
    }
    void viewer.catchUp();
  }

  leave(viewer: Viewer): void {
    const room = this.#rooms.get(viewer.conversationId);
    room?.viewers.delete(viewer);
    if (!room || room.viewers.size > 0) return;
    room.leave();
    this.#rooms.delete(viewer.conversationId);
  }

  /** A notice that died with its replica still arrives: one query tells which watched conversations went on. */
  async sweep(): Promise<void> {
    const ids = [...this.#rooms.keys()];
    for (let at = 0; at < ids.length; at += sweepBatch) await this.#compare(ids.slice(at, at + sweepBatch));
  }

  /** Pings everybody, and lets go of those who didn't answer the last one. */
  beat(): void {
    for (const viewer of this.#all()) {
      if (!viewer.alive) viewer.socket.terminate();
      else {
        viewer.alive = false;
        viewer.socket.ping();
      }
    }
  }

  /** Clients reconnect to another replica by themselves; those who don't say goodbye in time are cut. */
  async close(): Promise<void> {
    const gone = this.#all().map((viewer) => {
      const closed = new Promise<void>((resolve) => viewer.socket.once('close', () => resolve()));
      viewer.socket.close(1001, 'the server is going away');
      setTimeout(() => viewer.socket.terminate(), 1000).unref();
      return closed;
    });
    await Promise.all(gone);
  }

  async #compare(ids: string[]): Promise<void> {
    const { db } = this.#parts.storage;
    const rows = await db.selectFrom('conversation').select(['id', 'last_seq']).where('id', 'in', ids).execute();
    for (const row of rows) {
      for (const viewer of this.#rooms.get(row.id)?.viewers ?? []) {
        if (viewer.seq < Number(row.last_seq)) void viewer.catchUp();
      }
    }
  }

  #room(conversationId: string) {
    const known = this.#rooms.get(conversationId);
    if (known) return known;
    const viewers = new Set<Viewer>();
    const hear = (message: unknown) => this.#hear(viewers, message);
    const room = { viewers, leave: this.#parts.cluster.subscribe(conversationTopic(conversationId), hear) };
    this.#rooms.set(conversationId, room);
    return room;
  }

  #hear(viewers: ReadonlySet<Viewer>, message: unknown): void {
    const notice = NoticeShape.safeParse(message);
    if (!notice.success) {
      this.#parts.log.warn({ issues: notice.error.issues }, 'a notice of new activities has a strange shape');
      return;
    }
    for (const viewer of viewers) viewer.hear(notice.data satisfies Notice);
  }

  #all(): Viewer[] {
    return [...this.#rooms.values()].flatMap((room) => [...room.viewers]);
  }
}
