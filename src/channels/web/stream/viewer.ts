import { WebSocket } from 'ws';
import type { Bot, Said } from '#bot';
import type { WebParts } from '../parts.ts';
import { present } from '../present.ts';

const page = 200;
const maxBuffered = 1024 * 1024;

/** New activities of a conversation as the cluster announces them. */
export type Notice = Said & { firstSeq: number };

export interface Watched {
  conversationId: string;
  /** seq of the last activity that this client has. */
  seq: number;
  /** Origin under which this client reached us. */
  base: string;
}

/**
 * One open socket. The database is the truth and a notice only a short cut to it: a notice that continues where this socket
 * stands is sent at once, one that doesn't (lost, doubled, out of order) makes it read on from where it stands.
 */
export class Viewer {
  readonly conversationId: string;
  readonly socket: WebSocket;
  alive = true;
  #seq: number;
  #reading = false;
  #again = false;
  readonly #base: string;
  readonly #bot: Bot;
  readonly #log: WebParts['log'];

  constructor(socket: WebSocket, watched: Watched, bot: Bot, log: WebParts['log']) {
    this.socket = socket;
    this.conversationId = watched.conversationId;
    this.#seq = watched.seq;
    this.#base = watched.base;
    this.#bot = bot;
    this.#log = log;
  }

  get seq(): number {
    return this.#seq;
  }

  hear(notice: Notice): void {
    if (notice.lastSeq <= this.#seq) return;
    const whole = notice.activities.length === notice.lastSeq - notice.firstSeq + 1;
    if (this.#reading || !whole || notice.firstSeq > this.#seq + 1) {
      void this.catchUp();
      return;
    }
    // A client that doesn't read would have us keep everything for it.
    if (this.socket.bufferedAmount > maxBuffered) {
      this.socket.terminate();
      return;
    }
    const fresh = notice.activities.slice(this.#seq - notice.firstSeq + 1);
    void this.#send({ activities: fresh, lastSeq: notice.lastSeq });
  }

  /** Reads and sends everything after the last activity sent; asked again meanwhile, it looks once more. */
  async catchUp(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again && this.#isOpen()) {
        this.#again = false;
        await this.#readOn();
      }
    } catch (err) {
      this.#log.error(
        { err, conversationId: this.conversationId },
        'a stream could not read on; the sweep tries again',
      );
    } finally {
      this.#reading = false;
    }
  }

  async #readOn(): Promise<void> {
    while (this.#isOpen()) {
      const said = await this.#bot.history(this.conversationId, this.#seq, page);
      if (!said || said.lastSeq <= this.#seq) return;
      // Each page waits for the one before: a long history is not piled up for a slow reader.
      await this.#send(said);
    }
  }

  #send(said: Said): Promise<void> {
    this.#seq = said.lastSeq;
    const frame = present(said, this.#base);
    if (frame.activities.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.socket.send(JSON.stringify(frame), () => resolve()));
  }

  #isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }
}
