import type { Memory, Outgoing } from './memory.ts';
import { backOff } from './pause.ts';
import type { PictureStore } from './picture-store.ts';
import { Failure, type Service, troubleOf } from './service.ts';

export type Delivery = 'sending' | 'sent' | 'waiting' | 'rejected';

export interface Teller {
  delivery(item: Outgoing, delivery: Delivery): void;
  progress(id: string, part: number): void;
  gone(): void;
}

/** A server that stumbles over one message must not keep the rest from it for ever. */
const tries = 5;

/**
 * Sends the outbox in order, one at a time, until each message is echoed; what the network swallows is sent again
 * with its old id, which the server knows.
 */
export function openSender(memory: Memory, pictures: PictureStore, service: Service, tell: Teller) {
  const accepted = new Set<string>();
  const attempts = new Map<string, number>();
  let busy = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let running = true;

  const next = () => memory.outbox().find((item) => !item.rejected && !accepted.has(item.id));

  function reject(item: Outgoing): void {
    memory.keep({ ...item, rejected: true });
    tell.delivery(item, 'rejected');
  }

  async function attempt(item: Outgoing): Promise<void> {
    const picture = item.picture ? await pictures.find(item.id) : undefined;
    if (item.picture && !picture) return reject(item);
    tell.delivery(item, 'sending');
    await service.send(item, picture, (part) => tell.progress(item.id, part));
    accepted.add(item.id);
    tell.delivery(item, 'sent');
  }

  /** @returns whether to go on with the next one. */
  function failed(item: Outgoing, fault: unknown): boolean {
    if (!running) return false;
    const trouble = troubleOf(fault);
    const count = (attempts.get(item.id) ?? 0) + 1;
    attempts.set(item.id, count);
    const stumbles = fault instanceof Failure && fault.stumbled && count >= tries;
    if (trouble === 'refused' || stumbles) {
      reject(item);
      return true;
    }
    tell.delivery(item, 'waiting');
    if (trouble === 'gone') tell.gone();
    else again = setTimeout(flush, backOff(count));
    return false;
  }

  async function flush(): Promise<void> {
    clearTimeout(again);
    if (busy || !running) return;
    busy = true;
    for (let item = next(), on = true; on && item && running; item = on ? next() : undefined) {
      const current = item;
      on = await attempt(current).then(
        () => true,
        (fault) => failed(current, fault),
      );
    }
    busy = false;
  }

  return {
    flush,
    retry(id: string) {
      const item = memory.outbox().find((each) => each.id === id);
      if (!item) return;
      attempts.delete(id);
      memory.keep({ ...item, rejected: false });
      tell.delivery(item, 'sending');
      void flush();
    },
    /** The echo is there: nothing is left to do for it. */
    confirmed(id: string) {
      memory.drop(id);
      pictures.drop(id);
    },
    stop() {
      running = false;
      clearTimeout(again);
    },
  };
}
